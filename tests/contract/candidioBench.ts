/** A studio whose Candidio API is asked by tests, with a workspace and a production of ours. */
import { afterAll, beforeAll, expect } from 'vitest'
import { type Answer, CandidioClient } from '../fakes/candidioClient.ts'
import { benchOfFile } from '../fakes/ofFile.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'
import { errorSchema, one, productionSchema, workspaceSchema } from './candidioSchemas.ts'

export interface CandidioBench {
  readonly studio: StudioProcess
  readonly api: CandidioClient
  /** Ids. */
  readonly workspace: string
  readonly production: string
  /** Path of the workspace's productions. */
  readonly productions: string
}

async function open(): Promise<CandidioBench> {
  const studio = await startStudio()
  const api = new CandidioClient(studio)
  const made = { is_business: true, organization: 'Northlight', name: 'Ours', phone: '555' }
  const workspace = (await api.expect(one(workspaceSchema), 'POST', '/workspaces', made)).data.id
  const productions = `/workspaces/${workspace}/productions`
  const production = await api.expect(one(productionSchema), 'POST', productions, { title: 'Autumn' })
  return { studio, api, workspace, production: production.data.id, productions }
}

/** For all tests of the file that calls this at its top; at the end nothing may have gone wrong in the studio. */
export const candidioOfFile = (): CandidioBench =>
  benchOfFile({ beforeAll, afterAll }, open, async ({ studio }) => {
    expect(studio.problems).toEqual([])
    await studio.dispose()
  })

/** The answer is an error as the documents have it, for exactly these fields where any are named. */
export function expectRefusal(answer: Answer, status: number, ...fields: string[]): void {
  expect(answer.status, JSON.stringify(answer.body)).toBe(status)
  const { error } = errorSchema.parse(answer.body)
  if (fields.length > 0) expect(Object.keys(error.errors ?? {}).toSorted()).toEqual(fields.toSorted())
}
