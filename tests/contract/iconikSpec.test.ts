/** The strict check itself: what it takes, and that each kind of mistake turns it red, for every call of the table. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { calls } from '../../src/main/connectors/iconik/calls/index.ts'
import type { RemoteCall } from '../../src/main/connectors/remoteCall.ts'
import { seeded } from '../fakes/seeded.ts'
import { exchangeOf } from '../spec/exchanges.ts'
import { findOperation, type Operation, readVendor, specsFolder, type Vendor } from '../spec/operations.ts'
import { checkRecordings } from '../spec/recorded.ts'
import { isNode } from '../spec/schemaNode.ts'
import { createSchemas } from '../spec/schemas.ts'
import { createStrictCheck, type Exchange } from '../spec/strictCheck.ts'

const folder = specsFolder('iconik')
const rows: readonly RemoteCall[] = Object.values(calls)

describe.skipIf(folder === undefined)('the strict check', () => {
  const specs = folder ?? ''
  const vendor: Vendor = folder === undefined ? { operations: [], schemas: new Map() } : readVendor(specs)
  const schemas = createSchemas(vendor)
  const strict = createStrictCheck(vendor, calls)
  const random = seeded(17)
  const scratch = mkdtempSync(join(tmpdir(), 'rushes-spec-'))
  afterAll(() => rmSync(scratch, { recursive: true }))

  const operationOf = (name: keyof typeof calls): Operation => {
    const row: RemoteCall = calls[name]
    const found = vendor.operations.find(
      (one) => one.service === row.service && one.method === row.method && one.path === row.path,
    )
    if (!found) throw new Error(`${name} is not published`)
    return found
  }
  const made = (name: keyof typeof calls, fullness: 'all' | 'required' = 'all') =>
    exchangeOf(schemas, operationOf(name), random, fullness)
  const problems = (exchange: Exchange) => strict.check(exchange).problems

  const published = rows.flatMap((row) => {
    const operation = vendor.operations.find(
      (one) => one.service === row.service && one.method === row.method && one.path === row.path,
    )
    return operation ? [{ row, operation }] : []
  })

  test('takes what breaks no rule, and turns red for every single mistake', () => {
    const counts = { taken: 0, red: 0, calls: 0 }
    const green: string[] = []
    for (const { row, operation } of published) {
      counts.calls += 1
      for (const fullness of ['all', 'required'] as const) {
        const exchange = exchangeOf(schemas, operation, random, fullness)
        expect(strict.check(exchange)).toMatchObject({ call: row.name, problems: [] })
        counts.taken += 1
        for (const [mistake, broken] of mistakes(vendor, operation, exchange)) {
          if (problems(broken).length === 0) green.push(`${row.name}: ${mistake}`)
          counts.red += 1
        }
      }
    }
    process.stdout.write(`strict check: ${JSON.stringify(counts)}\n`)
    expect(green).toEqual([])
    expect(counts.red).toBeGreaterThan(counts.calls * 6)
  })

  test('finds the call of a path that two calls share', () => {
    const id = '0b0c9d5e-3a6a-11ee-9f00-0242ac120002'
    const at = (last: string) =>
      findOperation(vendor.operations, 'assets', 'GET', `/v1/assets/${id}/segments/${last}/`)?.path
    expect(at('COMMENT')).toBe('/v1/assets/{asset_id}/segments/{segment_type}/')
    expect(at(id)).toBe('/v1/assets/{asset_id}/segments/{segment_id}/')
    expect(at('csv')).toBe('/v1/assets/{asset_id}/segments/csv/')
  })

  test('takes the fields that only the list of actions knows, where they belong and of their kind', () => {
    const create = made('assets.createSegment')
    const withField = (value: unknown): Exchange => ({
      ...create,
      request: { ...Object(create.request), is_internal: value },
      response: { ...Object(create.response), is_internal: value },
    })
    expect(strict.check(withField(true))).toMatchObject({ problems: [], seedOnly: ['is_internal'] })
    expect(problems(withField('yes'))).toHaveLength(2)
    const many = made('assets.createSegments')
    const { objects } = many.request as { objects: object[] }
    const first = { ...objects[0], is_internal: true }
    expect(problems({ ...many, request: { objects: [first] } })).toEqual([
      'body.objects[0]: unknown field is_internal',
    ])
    const list = made('assets.listSegments')
    const page = list.response as { objects: object[] }
    const shown = { ...page, objects: page.objects.map((row) => ({ ...row, is_internal: false })) }
    expect(strict.check({ ...list, response: shown })).toMatchObject({
      problems: [],
      seedOnly: ['is_internal'],
    })
  })

  test('takes no field that the service writes alone, and none in an answer that it only takes', () => {
    const create = made('assets.createAsset')
    expect(problems({ ...create, request: { title: 'A', id: Object(create.response).id } })).toEqual([
      'body.: unknown field id',
    ])
    const share = made('assets.createShare')
    expect(problems({ ...share, response: { ...Object(share.response), message: 'Hello' } })).toEqual([
      'answer.: unknown field message',
    ])
  })

  test('reads refusals: their words have a shape, their status need not be listed', () => {
    const read = made('assets.readAsset')
    const refused = (status: number, response: unknown, responseType = 'application/json') =>
      strict.check({ ...read, status, response, responseType })
    expect(refused(429, { errors: ['Slow down'] })).toMatchObject({ kind: 'full', problems: [] })
    expect(refused(404, { errors: { id: 'no such asset' } }).problems).toEqual([])
    expect(refused(404, { error: 'no' }).problems).not.toEqual([])
    expect(refused(404, undefined, '')).toMatchObject({ kind: 'noSchema', problems: [] })
    expect(strict.check({ ...read, status: 204 }).problems).toEqual(['answer: 204 is not among the answers'])
  })

  test('counts calls apart whose answer has no schema, and those that are newer than the file', () => {
    expect(strict.check(made('assets.deleteAsset'))).toMatchObject({ kind: 'noSchema', problems: [] })
    const { query, headers } = made('assets.readAsset', 'required')
    const newer: Exchange = {
      ...{ query, headers, method: 'GET', status: 200, responseType: 'application/json' },
      path: '/API/assets/v1/assets/0b0c9d5e-3a6a-11ee-9f00-0242ac120002/shares/all/',
      response: { objects: [] },
    }
    expect(strict.check(newer)).toMatchObject({ call: 'assets.listAssetShares', kind: 'newer', problems: [] })
    expect(problems({ ...newer, query: { page: '1' } })).toEqual(['query: unknown field page'])
    expect(problems({ ...newer, path: '/API/assets/v1/nothing/' })).toEqual(['the file has no such call'])
  })

  test('counts a recording by call, names each problem once, and stumbles over no half line', async () => {
    const file = join(scratch, 'exchanges.jsonl')
    const wrong = { ...made('assets.readAsset'), query: { page: '1' } }
    const lines = [made('assets.readAsset'), made('assets.deleteAsset'), wrong, wrong, made('jobs.readJob')]
    writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"method":"GE`)
    const report = await checkRecordings(specs, [file])
    expect(report.total).toEqual({ full: 2, noSchema: 1, newer: 0, failed: 3 })
    expect(report.calls.get('assets.readAsset')).toEqual({ full: 1, noSchema: 0, newer: 0, failed: 2 })
    expect(report.problems).toEqual([
      `assets.readAsset: query: unknown field page (${file}, line 3)`,
      `${file}, line 6 is no exchange`,
    ])
  })
})

/** Every way to break this exchange by one mistake, with a name. */
function mistakes(vendor: Vendor, operation: Operation, exchange: Exchange): [string, Exchange][] {
  const found: [string, Exchange][] = []
  const { headers, query, request, response } = exchange
  for (const { name, required, in: place } of operation.parameters) {
    if (place === 'path') {
      const at = operation.path.split('/').indexOf(`{${name}}`)
      // The service and its prefix stand before the path.
      const parts = exchange.path.split('/')
      const emptied = parts.with(at + 2, '').join('/')
      found.push([`path ${name} is empty`, { ...exchange, path: emptied }])
    } else if (required && place === 'query')
      found.push([`query ${name} is missing`, { ...exchange, query: without(query, name) }])
    else if (required)
      found.push([
        `header ${name} is missing`,
        { ...exchange, headers: without(headers, name.toLowerCase()) },
      ])
  }
  found.push(['an unknown query field', { ...exchange, query: { ...query, an_unknown: '1' } }])
  if (
    !('share-user-email' in headers) &&
    !operation.parameters.some((one) => one.name === 'Share-User-Email')
  )
    found.push(['an unknown header', { ...exchange, headers: { ...headers, 'share-user-email': 'present' } }])
  for (const [name, value] of Object.entries(query)) {
    const type = operation.parameters.find((one) => one.name === name)?.schema['type']
    if (type !== 'string')
      found.push([
        `query ${name}=${value} of another kind`,
        { ...exchange, query: { ...query, [name]: 'x' } },
      ])
  }
  if (request === undefined && operation.body === undefined)
    found.push(['a body that is not taken', { ...exchange, request: {} }])
  if (operation.body?.isRequired) {
    const { request: _gone, ...bare } = exchange
    found.push(['no body', bare])
  }
  for (const [mistake, broken] of spoiled(request))
    found.push([`request ${mistake}`, { ...exchange, request: broken }])
  for (const [mistake, broken] of spoiled(response).filter(([mistake]) => !mistake.startsWith('without')))
    found.push([`answer ${mistake}`, { ...exchange, response: broken }])
  const required = requiredNames(vendor, operation)
  if (isNode(request))
    for (const name of required)
      found.push([`request without ${name}`, { ...exchange, request: without(request, name) }])
  found.push(['another status', { ...exchange, status: 299 }])
  return found
}

function requiredNames(vendor: Vendor, operation: Operation): string[] {
  const ref = operation.body?.types.get('application/json')?.['$ref']
  if (typeof ref !== 'string') return []
  const named = vendor.schemas.get(operation.service)?.[ref.slice(ref.lastIndexOf('/') + 1)]
  const properties = isNode(named?.['properties']) ? named['properties'] : {}
  const required = Array.isArray(named?.['required']) ? named['required'] : []
  return required.filter((name) => isNode(properties[name]) && properties[name]['readOnly'] !== true)
}

/** An unknown field, and a value of another kind, at the top and one level further in. */
function spoiled(value: unknown): [string, unknown][] {
  if (!isNode(value))
    return value === undefined ? [] : [['of another kind', Array.isArray(value) ? {} : [value]]]
  const found: [string, unknown][] = [['with an unknown field', { ...value, an_unknown: 1 }]]
  for (const [name, field] of Object.entries(value)) {
    const other = Array.isArray(field) ? 'x y' : [['x y']]
    if (!isFree(field)) found.push([`with ${name} of another kind`, { ...value, [name]: other }])
    if (Array.isArray(field) && isNode(field[0]) && !isFree(field[0]))
      found.push([`with an unknown field in ${name}`, { ...value, [name]: [{ ...field[0], an_unknown: 1 }] }])
  }
  return found
}

/** The file does not say what is in it. */
const isFree = (value: unknown) => isNode(value) && Object.keys(value).length === 0

const without = <T>(fields: Readonly<Record<string, T>>, name: string) =>
  Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name))
