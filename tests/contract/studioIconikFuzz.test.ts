import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/studio/iconik/routes.ts'
import { at, type IconikBench, listAt, openBench } from '../fakes/iconikBench.ts'
import type { IconikClient, IconikMethod } from '../fakes/iconikClient.ts'
import { seeded } from '../fakes/seeded.ts'
import { exchangeOf } from '../spec/exchanges.ts'
import { type Operation, readVendor, specsFolder, type Vendor } from '../spec/operations.ts'
import { createSchemas } from '../spec/schemas.ts'

const rounds = process.env['RUSHES_SOAK'] ? 200 : 12
const random = seeded(23)
let bench: IconikBench
let ids: string[]

beforeAll(async () => {
  const samplesFolder = fileURLToPath(new URL('../../resources/samples', import.meta.url))
  bench = await openBench({ samplesFolder })
  const paths = [
    ...['assets/v1/assets/?per_page=100', 'assets/v1/collections/?per_page=100', 'assets/v1/projects/'],
    ...['assets/v1/playlists/', 'assets/v1/sequences/', 'assets/v1/custom_actions/', 'metadata/v1/views/'],
    ...['users/v1/groups/', 'files/v1/storages/', 'jobs/v1/jobs/'],
  ]
  const answers = await Promise.all(paths.map((path) => bench.iconik.ask('GET', path)))
  const rows = answers.flatMap((answer) => listAt(answer, 'objects'))
  const versions = rows.flatMap((row) => (at(row, 'versions') as unknown[] | undefined) ?? [])
  ids = [...rows, ...versions].map((row) => String(at(row, 'id')))
}, 60_000)
afterAll(() => bench.close(), 60_000)

/** Calls that would sign the test out, or change who it is. */
const sparing = [
  ...['auth.revokeToken', 'auth.renewToken', 'auth.revokeTokenById', 'users.replaceCurrentUser'],
  ...['users.patchCurrentUser', 'users.replaceUser', 'users.patchUser', 'users.deleteUser'],
  // A list that the vendor's file describes as one of its rows.
  'users-notifications.listSubscriptions',
]

const oddValues: readonly unknown[] = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    'null',
    '%00',
    '../..',
    "' OR 1=1 --",
    '<script>',
    '\u202e',
    '💥',
    'x'.repeat(5000),
  ],
  ...['__proto__', '[]', '{}', ',', ';', 'a,b;c', '*', '2026-02-30', 'title,asc', '\ud800', '\u0000'],
  ...[null, true, false, 0, -1, 1.5, 2 ** 53, [], {}, [[]], [null], { a: { b: {} } }],
]

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
/** Ids that were made up, mostly replaced by some that are there. */
const withIds = (text: string) =>
  text.replace(uuid, (made) => (random.next() < 0.8 ? random.pick(ids) : made))

/** One value somewhere in it becomes an odd one, or a field is added or lost. */
function spoiled(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || random.next() < 0.2) return random.pick(oddValues)
  const keys = Object.keys(value)
  const key = keys.length === 0 ? 'new' : random.pick(keys)
  const copy: Record<string, unknown> = { ...value }
  const way = random.next()
  if (way < 0.1) delete copy[key]
  else if (way < 0.2) copy[`${key}_`] = random.pick(oddValues)
  else copy[key] = spoiled(copy[key])
  return Array.isArray(value) ? Object.values(copy) : copy
}

function queryText(query: unknown): string {
  if (typeof query !== 'object' || query === null || Array.isArray(query)) return ''
  return new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)])).toString()
}

/** What is wrong with the answer; undefined: nothing. A refusal says what is wrong with the request. */
async function objection(
  client: IconikClient,
  method: string,
  path: string,
  body: unknown,
): Promise<string | undefined> {
  const answer = await client.ask(method as IconikMethod, path, body)
  const isRefusal = answer.status >= 400 && answer.status < 500 && answer.status !== 401
  if (answer.status < 400 || (isRefusal && at(answer.body, 'errors') !== undefined)) return undefined
  return `${method} ${path} ${JSON.stringify(body)?.slice(0, 500)} → ${answer.status}`
}

const folder = specsFolder('iconik')
describe.skipIf(folder === undefined)('requests made out of the vendor’s schemas', () => {
  const vendor: Vendor = folder === undefined ? { operations: [], schemas: new Map() } : readVendor(folder)
  const schemas = createSchemas(vendor)
  const served = routes.flatMap((route): Operation[] => {
    const found = vendor.operations.find(
      (one) => one.service === route.service && one.method === route.method && one.path === route.path,
    )
    return found === undefined || sparing.includes(route.name) || route.access === 'public' ? [] : [found]
  })

  test('are answered as the schemas have it, right or spoiled, and never with a crash', async () => {
    let sent = 0
    const wrong = new Map<string, string>()
    for (let round = 0; round < rounds; round++) {
      for (const operation of served.toSorted(() => random.next() - 0.5)) {
        const { method, path, query, request } = exchangeOf(
          schemas,
          operation,
          random,
          random.next() < 0.5 ? 'required' : 'all',
        )
        const isSpoiled = random.next() < 0.4
        const body = request === undefined ? undefined : JSON.parse(withIds(JSON.stringify(request)))
        const text = queryText(isSpoiled ? spoiled(query) : query)
        const client = random.next() < 0.1 ? bench.iconik.limited() : bench.iconik
        const target = `${withIds(path).replace('/API/', '')}${text === '' ? '' : `?${text}`}`
        const said = await objection(
          client,
          method,
          target,
          isSpoiled && body !== undefined ? spoiled(body) : body,
        )
        if (said !== undefined) wrong.set(`${method} ${operation.path}`, said)
        sent += 1
        // The budget of a token is a test of its own.
        if (sent % 900 === 0) await bench.killAndRestart()
      }
    }
    process.stdout.write(`${sent} requests\n`)
    expect([...wrong.values()]).toEqual([])
    expect((await bench.iconik.ask('GET', 'users/v1/users/current/')).status).toBe(200)
  }, 600_000)
})
