import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { expect } from 'vitest'
import { specsFolder } from '../spec/operations.ts'
import { checkRecordings } from '../spec/recorded.ts'
import { type IconikAnswer, IconikClient, type IconikMethod } from './iconikClient.ts'
import { type StudioProcess, type StudioProcessOptions, startStudio } from './studioProcess.ts'

/** A studio of one test file, and its API as the first of its users sees it. */
export interface IconikBench {
  /** The one that runs now. */
  studio: StudioProcess
  readonly iconik: IconikClient
  /**
   * Ends the studio. Fails when it called anything a bug, or when an answer of its API is not as the vendor's files
   * have it (where the machine has those files).
   */
  close(): Promise<void>
  /** SIGKILL, and a start on the same folder, port and keys. */
  killAndRestart(): Promise<void>
}

export async function openBench(options: StudioProcessOptions = {}): Promise<IconikBench> {
  const recording = join(tmpdir(), `rushes-exchanges-${ulid()}.jsonl`)
  const studio = await startStudio({ recordExchanges: recording, ...options })
  const bench: IconikBench = {
    studio,
    // Port and keys stay the same over restarts.
    iconik: new IconikClient(studio),
    async killAndRestart() {
      await bench.studio.kill()
      bench.studio = await bench.studio.restart()
    },
    async close() {
      const { problems } = bench.studio
      await bench.studio.dispose()
      expect(problems).toEqual([])
      const specs = specsFolder('iconik')
      if (specs !== undefined) {
        const report = await checkRecordings(specs, [recording])
        // Requests that are wrong on purpose are told of as well; those are the tests'.
        expect(report.problems.filter((problem) => problem.includes(': answer'))).toEqual([])
        expect(report.total.full).toBeGreaterThan(0)
      }
      await rm(recording, { force: true })
    },
  }
  return bench
}

/** A value inside of an answer; undefined where there is none. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  )
}

/** A text inside of an answer. Fails where there is none, with the whole answer. */
export function textAt(answer: IconikAnswer, ...path: readonly (string | number)[]): string {
  const found = at(answer.body, ...path)
  if (typeof found !== 'string') throw new Error(`no ${path.join('.')} in ${JSON.stringify(answer.body)}`)
  return found
}

export function listAt(answer: IconikAnswer, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(answer.body, ...path)
  if (!Array.isArray(found)) throw new Error(`no ${path.join('.')} in ${JSON.stringify(answer.body)}`)
  return found
}

/** Asks, and fails with the answer unless it has the status. */
export async function expectStatus(
  client: IconikClient,
  status: number,
  method: IconikMethod,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<IconikAnswer> {
  const answer = await client.ask(method, path, body, headers)
  expect({ status: answer.status, body: answer.body, path }).toMatchObject({ status, path })
  return answer
}

/** Asks again until the answer fits. Fails with the last one after the time. */
export async function untilAnswer(
  ask: () => Promise<IconikAnswer>,
  fits: (answer: IconikAnswer) => boolean,
  withinMs = 10_000,
): Promise<IconikAnswer> {
  const until = Date.now() + withinMs
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    if (Date.now() > until) throw new Error(`still ${JSON.stringify(answer)}`)
    await new Promise((resolve) => setTimeout(resolve, 15))
  }
}

export async function makeAsset(client: IconikClient, title: string, more: object = {}): Promise<string> {
  return textAt(await expectStatus(client, 201, 'POST', 'assets/v1/assets/', { title, ...more }), 'id')
}
