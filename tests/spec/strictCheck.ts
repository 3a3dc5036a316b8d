import type { RemoteCall } from '../../src/main/connectors/remoteCall.ts'
import type { Field, Fields } from '../../src/main/connectors/remoteField.ts'
import type { RecordedExchange } from '../../src/studio/http/recording.ts'
import {
  type Answer,
  findOperation,
  type Operation,
  type Parameter,
  type Vendor,
  valuesOf,
} from './operations.ts'
import { isNode, type SchemaNode } from './schemaNode.ts'
import { createSchemas, type Schemas } from './schemas.ts'

export type Exchange = Omit<RecordedExchange, 'operation'> & { readonly operation?: string }

/**
 * What became of one exchange.
 * - `full`: request and answer were held against the vendor's schemas.
 * - `noSchema`: the request was; for the answer the file has no schema, or the answer was an error without a body.
 * - `newer`: the call is listed as an action but missing from the file; the table's own row was held against the request.
 */
export interface Finding {
  /** The call's name in the table; method and path for one that is not in it. */
  readonly call: string
  readonly kind: 'full' | 'noSchema' | 'newer'
  /** Fields that only the list of actions knows, and that were used. */
  readonly seedOnly: readonly string[]
  /** Those of the answer start with `answer`, the others are the request's. */
  readonly problems: readonly string[]
}

export interface StrictCheck {
  check(exchange: Exchange): Finding
}

interface Rule {
  readonly call: string
  readonly operation: Operation
  readonly isNewer: boolean
  /** By the schema in the file, the one that takes the additional fields as well. */
  readonly body: SchemaNode | undefined
  readonly answers: ReadonlyMap<string, Answer>
  readonly seedOnly: ReadonlySet<string>
}

/** Holds exchanges against the vendor's files. Unknown fields fail, in both directions, except the table's `seedOnly` ones. */
export function createStrictCheck(vendor: Vendor, calls: Readonly<Record<string, RemoteCall>>): StrictCheck {
  const schemas = createSchemas(vendor)
  const rows = Object.values(calls)
  const extra = seedOnlyFields(rows)
  const known = new Set(vendor.operations.map(keyOf))
  const newer = rows.filter((row) => !known.has(keyOf(row))).map(operationOf)
  const operations = [...vendor.operations, ...newer]
  const rules = new Map<Operation, Rule>()

  function ruleOf(operation: Operation): Rule {
    const found = rules.get(operation)
    if (found !== undefined) return found
    const row = rows.find((one) => keyOf(one) === keyOf(operation))
    const ofRequest = Object.entries(row?.body ?? {}).filter(([, field]) => field.seedOnly === true)
    const ofAnswer = (row?.seedOnlyAnswer ?? []).map((name) => [name, extra[name]] as const)
    const named = (schema: SchemaNode) => resolved(vendor, operation.service, schema)
    const json = operation.body?.types.get('application/json')
    const rule: Rule = {
      call: row?.name ?? `${operation.method} ${operation.service}${operation.path}`,
      operation,
      isNewer: newer.includes(operation),
      body: json && withFields(named(json), Object.fromEntries(ofRequest)),
      answers: new Map(
        [...operation.answers].map(([status, types]) => [
          status,
          new Map(
            [...types].map(([type, schema]) => [
              type,
              schema && status.startsWith('2') ? withRowFields(named(schema), ofAnswer, named) : schema,
            ]),
          ),
        ]),
      ),
      seedOnly: new Set([...ofRequest.map(([name]) => name), ...(row?.seedOnlyAnswer ?? [])]),
    }
    rules.set(operation, rule)
    return rule
  }

  return {
    check(exchange) {
      const [, service = '', path = ''] = /^\/API\/([^/]+)(\/.*)$/.exec(exchange.path) ?? []
      const operation = findOperation(operations, service, exchange.method, path)
      if (operation === undefined) {
        const call = `${exchange.method} ${exchange.path}`
        return { call, kind: 'full', seedOnly: [], problems: ['the file has no such call'] }
      }
      const rule = ruleOf(operation)
      const answer = answerProblems(schemas, rule, exchange)
      return {
        call: rule.call,
        kind: rule.isNewer ? 'newer' : answer === undefined ? 'noSchema' : 'full',
        seedOnly: [...rule.seedOnly].filter((name) => isUsed(name, [exchange.request, exchange.response])),
        problems: [
          ...parameterProblems(operation, valuesOf(operation, path) ?? new Map(), exchange),
          ...bodyProblems(schemas, rule, exchange),
          ...(answer ?? []),
        ],
      }
    },
  }
}

const keyOf = ({ service, method, path }: Pick<Operation, 'service' | 'method' | 'path'>) =>
  `${service} ${method} ${path}`

function operationOf(row: RemoteCall): Operation {
  const text = { type: 'string' }
  const names = [...row.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  const proof = ['App-ID', 'Auth-Token'].map((name) => ({ name, in: 'header' as const, required: true }))
  return {
    ...{ service: row.service, method: row.method, path: row.path, description: '', body: undefined },
    parameters: [
      ...names.map((name) => ({ name, in: 'path' as const, required: true, schema: text })),
      ...proof.map((header) => ({ ...header, schema: text })),
    ],
    answers: new Map([
      ['200', new Map<string, SchemaNode | undefined>()],
      ['default', new Map<string, SchemaNode | undefined>()],
    ]),
  }
}

function seedOnlyFields(rows: readonly RemoteCall[]): Fields {
  const all: Record<string, Field> = {}
  for (const row of rows)
    for (const [name, field] of Object.entries(row.body ?? {})) if (field.seedOnly === true) all[name] = field
  return all
}

const kinds: Readonly<Record<string, string>> = {
  text: 'string',
  flag: 'boolean',
  integer: 'integer',
  number: 'number',
  list: 'array',
}
const typeOf = (field: Field | undefined): SchemaNode => {
  const type = field && kinds[field.kind]
  return type === undefined ? {} : { type }
}

function resolved(vendor: Vendor, service: string, schema: SchemaNode): SchemaNode {
  const ref = schema['$ref']
  if (typeof ref !== 'string') return schema
  return vendor.schemas.get(service)?.[ref.slice(ref.lastIndexOf('/') + 1)] ?? schema
}

function withFields(schema: SchemaNode, fields: Fields): SchemaNode {
  const own = schema['properties']
  if (!isNode(own) || Object.keys(fields).length === 0) return schema
  const added = Object.entries(fields).map(([name, field]) => [name, typeOf(field)])
  return { ...schema, properties: { ...own, ...Object.fromEntries(added) } }
}

/** The fields belong to the object, or to each row of the page. */
function withRowFields(
  schema: SchemaNode,
  fields: readonly (readonly [string, Field | undefined])[],
  named: (schema: SchemaNode) => SchemaNode,
): SchemaNode {
  if (fields.length === 0) return schema
  const added = Object.fromEntries(fields.flatMap(([name, field]) => (field ? [[name, field]] : [])))
  const own = schema['properties']
  const objects = isNode(own) ? own['objects'] : undefined
  const items = isNode(objects) ? objects['items'] : undefined
  if (!isNode(own) || !isNode(objects) || !isNode(items)) return withFields(schema, added)
  return {
    ...schema,
    properties: { ...own, objects: { ...objects, items: withFields(named(items), added) } },
  }
}

const apiHeaders = ['app-id', 'auth-token', 'share-auth-token', 'share-user-email', 'temp-auth-token']

function parameterProblems(operation: Operation, values: Map<string, string>, exchange: Exchange): string[] {
  const problems: string[] = []
  const { parameters } = operation
  const at = (place: Parameter['in']) => parameters.filter((one) => one.in === place)
  for (const one of at('path')) problems.push(...valueProblems('path', one, values.get(one.name)))
  for (const one of at('query')) problems.push(...valueProblems('query', one, exchange.query[one.name]))
  for (const name of Object.keys(exchange.query))
    if (!at('query').some((one) => one.name === name)) problems.push(`query: unknown field ${name}`)
  const headers = new Map(
    Object.entries(exchange.headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const taken = new Set(at('header').map((one) => one.name.toLowerCase()))
  for (const one of at('header'))
    problems.push(...valueProblems('header', one, headers.get(one.name.toLowerCase())))
  for (const name of apiHeaders)
    if (headers.has(name) && !taken.has(name)) problems.push(`header: unknown field ${name}`)
  return problems
}

function valueProblems(place: string, { name, required, schema }: Parameter, value: string | undefined) {
  if (value === undefined || value === '') return required ? [`${place}: ${name} is missing`] : []
  const { type, minimum, maximum } = schema
  if (type === 'boolean') return /^(true|false)$/.test(value) ? [] : [`${place}: ${name} is no flag`]
  if (type !== 'integer' && type !== 'number') return []
  const number = Number(value)
  if (!Number.isFinite(number) || (type === 'integer' && !Number.isInteger(number)))
    return [`${place}: ${name} is no ${type}`]
  if (typeof minimum === 'number' && number < minimum) return [`${place}: ${name} is below ${minimum}`]
  return typeof maximum === 'number' && number > maximum ? [`${place}: ${name} is above ${maximum}`] : []
}

function bodyProblems(schemas: Schemas, { operation, body }: Rule, exchange: Exchange): string[] {
  const { request, headers } = exchange
  if (operation.body === undefined) return request === undefined ? [] : ['body: the call has none']
  if (request === undefined) {
    // A refusal for who asks comes before the body is read, and so before it is recorded.
    const isUnread = headers['content-type'] !== undefined && exchange.status >= 400
    return operation.body.isRequired && !isUnread ? ['body: is missing'] : []
  }
  const type = headers['content-type']?.split(';')[0]
  if (type === undefined || !operation.body.types.has(type))
    return [`header: content-type ${type} is not taken`]
  if (body === undefined) return []
  return schemas.problems(operation.service, 'request', body, request).map((problem) => `body${problem}`)
}

/** Undefined: the file says nothing of this answer's body. */
function answerProblems(
  schemas: Schemas,
  { operation, answers }: Rule,
  { status, response, responseType }: Exchange,
): string[] | undefined {
  const isGood = status < 400
  const own = answers.get(String(status))
  if (own === undefined && isGood) return [`answer: ${status} is not among the answers`]
  const types = own !== undefined && own.size > 0 ? own : isGood ? own : answers.get('default')
  const type = responseType.split(';')[0] ?? ''
  if (types === undefined || types.size === 0)
    return isGood && status === 204 && response !== undefined ? ['answer: 204 has a body'] : undefined
  if (response === undefined) return isGood ? ['answer: the body is missing'] : undefined
  if (!types.has(type)) return [`answer: the type ${type} is not among the answers`]
  const schema = types.get(type)
  if (schema === undefined) return undefined
  if (!type.endsWith('json')) return typeof response === 'string' ? [] : ['answer: is no text']
  return schemas.problems(operation.service, 'answer', schema, response).map((problem) => `answer${problem}`)
}

function isUsed(name: string, values: readonly unknown[]): boolean {
  return values.some((value) => {
    if (Array.isArray(value)) return isUsed(name, value)
    return isNode(value) && (name in value || isUsed(name, Object.values(value)))
  })
}
