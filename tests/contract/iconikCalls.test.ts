/** The table of iconik's calls against the vendor's files: nothing missing, nothing invented. */
import { describe, expect, test } from 'vitest'
import { calls } from '../../src/main/connectors/iconik/calls/index.ts'
import type { RemoteCall } from '../../src/main/connectors/remoteCall.ts'
import type { Field, Fields } from '../../src/main/connectors/remoteField.ts'
import { type Operation, readVendor, specsFolder } from '../spec/operations.ts'
import { isNode, type SchemaNode } from '../spec/schemaNode.ts'
import { createSchemas } from '../spec/schemas.ts'

const rows: readonly RemoteCall[] = Object.values(calls)
const files = import.meta.glob<Record<string, Record<string, RemoteCall>>>(
  '../../src/main/connectors/iconik/calls/*.ts',
  { eager: true },
)

describe('the table', () => {
  test('has every call once, under a name of its own', () => {
    const areas = Object.entries(files)
      .filter(([path]) => !/(index|fields)\.ts$/.test(path))
      .flatMap(([, area]) => Object.values(area))
    const names = areas.flatMap((area) => Object.keys(area))
    expect(names.toSorted()).toEqual(Object.keys(calls).toSorted())
    expect(new Set(rows.map(({ service, method, path }) => `${service} ${method} ${path}`)).size).toBe(
      rows.length,
    )
    expect(rows.filter(({ name, service }) => !name.startsWith(`${service}.`))).toEqual([])
    const words = rows.map((row) => row.words)
    expect(words.filter((text, at) => words.indexOf(text) !== at)).toEqual([])
  })

  test('covers the 196 public actions, each once', () => {
    const numbers = rows.flatMap(({ action }) => action ?? []).toSorted((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 196 }, (_, at) => at + 1))
    expect(rows.filter(({ service, action }) => (service === 'assets') !== (action !== undefined))).toEqual(
      [],
    )
  })

  test('says what is harmless, what is lost and what others see', () => {
    const odd = (effect: RemoteCall['effect'], isExpected: (row: RemoteCall) => boolean) =>
      rows.filter((row) => (row.effect === effect) !== isExpected(row)).map(({ name }) => name)
    // Reading a session that is not there opens it.
    expect(
      rows.filter((row) => row.method === 'GET' && row.effect !== 'read').map(({ name }) => name),
    ).toEqual(['assets.readSyncSession'])
    const readers = new Set([
      ...['auth.startSaml', 'auth.startSamlOfDomain', 'files.createPartUrls', 'files.readComposeUrl'],
      ...['search.search', 'search.suggest', 'acls.checkAccess', 'acls.checkAccessOfType'],
    ])
    expect(
      rows.filter((row) => row.effect === 'read' && row.method !== 'GET').map(({ name }) => name),
    ).toEqual(rows.filter(({ name }) => readers.has(name)).map(({ name }) => name))
    const undoable = /\.(untrash|removeFavorites$|deleteSyncSession$)/
    const losing = /\.(purge|trash|clear|clean|cancel)/
    const undone = new Set(['assets.deleteSyncSession'])
    expect(
      odd(
        'destroy',
        ({ name, method }) =>
          undone.has(name) || (method === 'DELETE' && !undoable.test(name)) || losing.test(name),
      ),
    ).toEqual([])
    const sending = new Set([
      ...['assets.addShareUser', 'assets.createShare', 'assets.createShareOfMany', 'assets.setApprovals'],
      ...['assets.requestApproval', 'assets.patchApprovalRequest', 'assets.replaceApprovalRequest'],
      ...[
        'assets.fireCustomAction',
        'assets.fireSharedCustomAction',
        'auth.requestCode',
        'auth.requestMyCode',
      ],
      ...['users-notifications.createNotification', 'users-notifications.createSystemNotification'],
      ...['notifications.createWebhook', 'notifications.replaceWebhook'],
    ])
    expect(odd('send', ({ name }) => sending.has(name))).toEqual([])
  })

  test('marks every secret of a request', () => {
    const telling = /password|token|secret|^otp$|^hash$|credential/i
    const unmarked = rows.flatMap((row) =>
      [row.body, row.query, row.headers, row.placeholders].flatMap((fields = {}) =>
        secretless(fields)
          .filter((name) => telling.test(name) && !/_(id|changed)$/.test(name))
          .map((name) => `${row.name} ${name}`),
      ),
    )
    expect(unmarked).toEqual([])
    expect(
      rows.filter((row) => (row.body ? JSON.stringify(row.body).includes('"secret":true') : false)).length,
    ).toBeGreaterThan(8)
  })
})

/** Names of the fields, further in as well, that are not marked as secrets. */
function secretless(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, field]) =>
    field.secret === true ? [] : [name, ...inside(field)],
  )
}
function inside(field: Field): string[] {
  if (field.kind === 'list' || field.kind === 'map') return inside(field.of)
  return field.kind === 'group' ? secretless(field.fields) : []
}

const folder = specsFolder('iconik')
describe.skipIf(folder === undefined)('the vendor’s files', () => {
  const vendor = folder === undefined ? { operations: [], schemas: new Map() } : readVendor(folder)
  const schemas = createSchemas(vendor)
  const operationOf = ({ service, method, path }: RemoteCall) =>
    vendor.operations.find((one) => one.service === service && one.method === method && one.path === path)
  const newer = ['assets.listAssetShares', 'assets.listCollectionShares']
  const published = rows.flatMap((row) => {
    const operation = operationOf(row)
    return operation ? [{ row, operation }] : []
  })

  test('know every call but the two newer ones, and the whole assets service is here', () => {
    expect(
      rows
        .filter((row) => !operationOf(row))
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(newer)
    const here = new Set(published.map(({ operation }) => operation))
    expect(vendor.operations.filter((one) => one.service === 'assets' && !here.has(one))).toEqual([])
  })

  test.each(published.map(({ row, operation }) => [row.name, row, operation] as const))(
    '%s is as published',
    (_name, row, operation) => {
      const { parameters } = operation
      const placeholders = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(Object.keys(row.placeholders ?? {}).filter((name) => !placeholders.includes(name))).toEqual([])
      const fieldsOf = (place: string) =>
        Object.fromEntries(
          parameters
            .filter((one) => one.in === place)
            .map((one) => [one.name, { ...one.schema, ...(one.required ? { needed: true } : {}) }]),
        )
      expect(compared(row.query ?? {}, fieldsOf('query'))).toEqual([])
      const { headers, proof } = proofOf(fieldsOf('header'))
      expect({ proof: row.proof ?? 'user' }).toEqual({ proof })
      expect(Object.keys(row.headers ?? {}).toSorted()).toEqual(Object.keys(headers).toSorted())
      expect(row.roles.toSorted()).toEqual((operation.description.match(/can_\w+/g) ?? []).toSorted())

      const body = operation.body?.types.get('application/json')
      expect({ hasBody: row.body !== undefined }).toEqual({ hasBody: body !== undefined })
      if (body !== undefined && row.body !== undefined) {
        const whole = schemas.whole(row.service, 'request', body)
        expect(comparedGroup(row.body, settled(whole, whole), whole, '')).toEqual([])
        expect({ bodyOptional: row.bodyOptional ?? false }).toEqual({
          bodyOptional: operation.body?.isRequired === false,
        })
      }
      expect({ answer: row.answer }).toEqual({ answer: answerOf(operation) })
    },
  )

  test('name no secret in an answer that the table does not name', () => {
    const telling =
      /^(.*token|upload_url|multipart_upload_url|upload_credentials|(down|dis)load_url|complete_url|abort_url|list_parts_url|delete_url)$/
    const unnamed = published.flatMap(({ row, operation }) =>
      [...answerNames(operation, row.service)]
        .filter((name) => telling.test(name) && !(row.secretAnswer ?? []).includes(name))
        .map((name) => `${row.name} ${name}`),
    )
    expect(unnamed).toEqual([])
  })

  function answerNames(operation: Operation, service: string): Set<string> {
    const names = new Set<string>()
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) for (const entry of value) collect(entry)
      if (!isNode(value)) return
      if (isNode(value['properties'])) for (const name of Object.keys(value['properties'])) names.add(name)
      for (const entry of Object.values(value)) collect(entry)
    }
    for (const [status, types] of operation.answers)
      for (const schema of status.startsWith('2') ? types.values() : [])
        if (schema !== undefined) collect(schemas.whole(service, 'answer', schema))
    return names
  }
})

function proofOf(headers: Readonly<Record<string, unknown>>) {
  const { 'App-ID': app, 'Auth-Token': user, 'Share-Auth-Token': visitor, ...others } = headers
  const proof = visitor ? 'visitor' : user ? 'user' : app ? 'application' : 'none'
  return { headers: others, proof }
}

function answerOf({ answers }: Operation): RemoteCall['answer'] {
  const good = [...answers].filter(([status]) => status.startsWith('2')).flatMap(([, types]) => [...types])
  if (good.some(([type]) => type.startsWith('text/'))) return 'text'
  return good.some(([, schema]) => schema !== undefined) ? 'json' : 'empty'
}

/** Differences between a row's fields and the vendor's plain ones: query fields know no groups. */
function compared(fields: Fields, published: Readonly<Record<string, SchemaNode>>): string[] {
  const schema = {
    type: 'object',
    properties: published,
    required: Object.keys(published).filter((name) => published[name]?.['needed'] === true),
  }
  return comparedGroup(fields, schema, schema, '')
}

function comparedGroup(fields: Fields, node: SchemaNode, whole: SchemaNode, at: string): string[] {
  const properties = isNode(node['properties']) ? node['properties'] : {}
  const needed = Array.isArray(node['required']) ? node['required'] : []
  const own = Object.entries(fields).filter(([, field]) => field.seedOnly !== true)
  const differences: string[] = []
  for (const [name, theirs] of Object.entries(properties))
    if (!own.some(([mine]) => mine === name) && !isReadOnly(theirs, whole))
      differences.push(`${at}.${name} is missing`)
  for (const [name, field] of own) {
    const theirs = properties[name]
    if (!isNode(theirs)) differences.push(`${at}.${name} is not published`)
    else {
      if ((field.required === true) !== needed.includes(name)) differences.push(`${at}.${name}: required`)
      differences.push(...comparedField(field, theirs, whole, `${at}.${name}`))
    }
  }
  for (const [name, field] of Object.entries(fields))
    if (field.seedOnly === true && name in properties) differences.push(`${at}.${name} is published`)
  return differences
}

/** An object none of whose fields may be written. */
function isReadOnly(node: unknown, whole: SchemaNode): boolean {
  const { properties } = isNode(node) ? settled(node, whole) : {}
  return isNode(properties) && Object.keys(properties).length === 0
}

const kinds: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'flag',
  array: 'list',
}
const formats: Readonly<Record<string, string>> = {
  uuid: 'id',
  email: 'email',
  'date-time': 'time',
  url: 'url',
}

function comparedField(field: Field, published: SchemaNode, whole: SchemaNode, at: string): string[] {
  const members = Array.isArray(published['anyOf']) ? published['anyOf'].filter(isNode) : undefined
  const isNullable = members?.some((one) => one['type'] === 'null') === true
  if ((field.nullable === true) !== isNullable) return [`${at}: null`]
  const node = settled(members?.find((one) => one['type'] !== 'null') ?? published, whole)
  // A filter holds filters: the table stops at the first level.
  if (field.kind === 'json')
    return node['type'] === undefined || isNode(node['properties']) ? [] : [`${at}: json`]
  if (node['type'] === 'object') {
    if (field.kind === 'group') return comparedGroup(field.fields, node, whole, at)
    if (field.kind !== 'map' || isNode(node['properties'])) return [`${at}: is an object`]
    const of = node['additionalProperties']
    return isNode(of) ? comparedField(field.of, of, whole, `${at}.*`) : []
  }
  if (field.kind !== kinds[String(node['type'])]) return [`${at}: ${field.kind} for ${node['type']}`]
  const differences: string[] = []
  if (field.kind === 'list') {
    differences.push(...boundsOf(at, field, node['minItems'], node['maxItems']))
    if (isNode(node['items'])) differences.push(...comparedField(field.of, node['items'], whole, `${at}[]`))
  }
  if (field.kind === 'integer' || field.kind === 'number')
    differences.push(...boundsOf(at, field, wide(node['minimum']), wide(node['maximum'])))
  if (field.kind === 'text') {
    const choices = Array.isArray(node['enum']) ? node['enum'] : undefined
    if (JSON.stringify(field.choices) !== JSON.stringify(choices)) differences.push(`${at}: choices`)
    const format = formats[String(node['format'])]
    if (field.format !== format && at !== '.Share-User-Email') differences.push(`${at}: format`)
    differences.push(...boundsOf(at, field, node['minLength'], node['maxLength']))
  }
  return differences
}

/** The whole range of a 32-bit number is no bound. */
const wide = (bound: unknown) => (Math.abs(Number(bound)) >= 2 ** 31 - 1 ? undefined : bound)

function boundsOf(at: string, field: { least?: number; most?: number }, least: unknown, most: unknown) {
  return field.least === least && field.most === most ? [] : [`${at}: bounds`]
}

function settled(node: SchemaNode, whole: SchemaNode): SchemaNode {
  const ref = node['$ref']
  if (typeof ref === 'string') {
    const target = (whole['definitions'] as SchemaNode)[ref.slice('#/definitions/'.length)]
    return settled(target as SchemaNode, whole)
  }
  const all = Array.isArray(node['allOf']) ? node['allOf'].filter(isNode) : []
  const [only] = all
  return only !== undefined && all.length === 1 ? settled(only, whole) : node
}
