/** Answers that are wrong in some way, against the client and its schemas: a value or a clear refusal, never a crash. */
import { expect, test } from 'vitest'
import { calls } from '../../src/main/connectors/iconik/calls/index.ts'
import { createIconikClient } from '../../src/main/connectors/iconik/client.ts'
import type { RemoteCall } from '../../src/main/connectors/remoteCall.ts'
import { seeded } from '../fakes/seeded.ts'
import { answers } from '../spec/answers.ts'
import { exchangeOf } from '../spec/exchanges.ts'
import { responseOf } from '../spec/liar.ts'
import { readVendor, specsFolder, type Vendor } from '../spec/operations.ts'
import {
  hurriedClock,
  isFine,
  malformed,
  malformedMs,
  outcomeOf,
  sayOutcomes,
  soundSchema,
} from '../spec/outcome.ts'
import { uuidOf } from '../spec/sample.ts'
import { createSchemas } from '../spec/schemas.ts'
import { spoiledAnswer, wireAnswer } from '../spec/spoil.ts'

const folder = specsFolder('iconik')
const { signal } = new AbortController()
const access = { address: 'http://127.0.0.1:1', appId: 'app', token: 'token' }

test.skipIf(folder === undefined)(
  `${malformed} malformed answers`,
  async () => {
    const vendor: Vendor = readVendor(folder ?? '')
    const schemas = createSchemas(vendor)
    const random = seeded(31)
    const outcomes = new Map<string, number>()
    const bad: string[] = []
    const readers = Object.entries(answers).map(([name, answer]) => {
      const row: RemoteCall = calls[name as keyof typeof calls]
      const operation = vendor.operations.find(
        (one) => one.service === row.service && one.method === row.method && one.path === row.path,
      )
      if (!operation) throw new Error(`${name} is not published`)
      return { row, answer, operation }
    })
    for (let round = 0; round < malformed; round += 1) {
      const { row, answer, operation } = random.pick(readers)
      const fullness = random.pick(['all', 'some', 'required'] as const)
      const { status, response } = exchangeOf(schemas, operation, random, fullness)
      const spoiled = spoiledAnswer(wireAnswer(status, response), random)
      const client = createIconikClient({
        ...{ access, clock: hurriedClock() },
        fetch: () => Promise.resolve(responseOf(spoiled)),
      })
      const names = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
      const path = Object.fromEntries(names.map((name) => [name, uuidOf(random)]))
      const ask = client.call as (row: RemoteCall, input: object, signal: AbortSignal) => Promise<unknown>
      const outcome = await outcomeOf(() => ask(row, { path, body: { a: 1 }, answer }, signal), soundSchema)
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      if (!isFine(outcome)) bad.push(`${row.name}: ${outcome} for ${String(spoiled.body).slice(0, 300)}`)
    }
    sayOutcomes('client', outcomes)
    expect(bad.slice(0, 5)).toEqual([])
    expect(Object.prototype).not.toHaveProperty('polluted')
    expect(outcomes.get('remote.badReply')).toBeGreaterThan(malformed / 10)
    expect(outcomes.get('value')).toBeGreaterThan(malformed / 10)
  },
  malformedMs,
)
