import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { Vendor } from './operations.ts'
import { isNode, type SchemaNode } from './schemaNode.ts'

/** Fields the service writes alone are unknown in a request; those it only takes are unknown in an answer. */
export type Direction = 'request' | 'answer'

const hiddenMark = { request: 'readOnly', answer: 'writeOnly' } as const
const passed = ['enum', 'minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength', 'format']
/** Nobody can write these bounds in a JavaScript number: they say no more than the format does. */
const isOutOfReach = (name: string, value: unknown) =>
  (name === 'minimum' || name === 'maximum') && typeof value === 'number' && !Number.isSafeInteger(value)

/**
 * The same schema as strict JSON schema: an object takes the fields it names and no others. One that names none is free.
 */
export function strictSchema(node: SchemaNode, direction: Direction): SchemaNode {
  if (node['nullable'] === true)
    return { anyOf: [{ type: 'null' }, strictSchema({ ...node, nullable: false }, direction)] }
  if (typeof node['$ref'] === 'string')
    return { $ref: `#/definitions/${node['$ref'].slice(node['$ref'].lastIndexOf('/') + 1)}` }
  for (const name of ['allOf', 'oneOf', 'anyOf']) {
    const members = node[name]
    // Rows of two kinds share most fields, so that a short row is both: one of them is enough.
    if (Array.isArray(members))
      return {
        [name === 'allOf' ? 'allOf' : 'anyOf']: members
          .filter(isNode)
          .map((one) => strictSchema(one, direction)),
      }
  }
  const strict: Record<string, unknown> = {}
  if (node['type'] !== undefined) strict['type'] = node['type']
  for (const name of passed)
    if (node[name] !== undefined && !isOutOfReach(name, node[name])) strict[name] = node[name]
  if (isNode(node['items'])) strict['items'] = strictSchema(node['items'], direction)
  const { properties } = node
  if (isNode(properties)) Object.assign(strict, fieldsOf(node, properties, direction))
  else if (isNode(node['additionalProperties']))
    strict['additionalProperties'] = strictSchema(node['additionalProperties'], direction)
  return strict
}

function fieldsOf(node: SchemaNode, properties: SchemaNode, direction: Direction) {
  const known = Object.entries(properties).filter(
    (entry): entry is [string, SchemaNode] => isNode(entry[1]) && entry[1][hiddenMark[direction]] !== true,
  )
  const names = new Set(known.map(([name]) => name))
  const required = Array.isArray(node['required']) ? node['required'].filter((name) => names.has(name)) : []
  return {
    properties: Object.fromEntries(known.map(([name, field]) => [name, strictSchema(field, direction)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: node['additionalProperties'] ?? false,
  }
}

export interface Schemas {
  /** What does not fit, each with its place; empty: all does. `extra` names fields that objects at `rows` may have beside. */
  problems(service: string, direction: Direction, schema: SchemaNode, value: unknown): readonly string[]
  /** The strict schema whose references are all within itself. */
  whole(service: string, direction: Direction, schema: SchemaNode): SchemaNode
}

export function createSchemas(vendor: Vendor): Schemas {
  const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false, inlineRefs: false })
  for (const [name, test] of Object.entries(formats)) ajv.addFormat(name, test)
  const definitions = new Map<string, SchemaNode>()
  const compiled = new Map<SchemaNode, Map<Direction, ValidateFunction>>()
  const wholes = new Map<SchemaNode, Map<Direction, SchemaNode>>()

  function definitionsOf(service: string, direction: Direction): SchemaNode {
    const key = `${service} ${direction}`
    let found = definitions.get(key)
    if (found === undefined) {
      const own = Object.entries(vendor.schemas.get(service) ?? {}).map(
        ([name, node]) => [name, strictSchema(node, direction)] as const,
      )
      found = Object.fromEntries(own)
      definitions.set(key, found)
    }
    return found
  }

  function whole(service: string, direction: Direction, schema: SchemaNode): SchemaNode {
    const known = wholes.get(schema)?.get(direction)
    if (known !== undefined) return known
    const all = definitionsOf(service, direction)
    const used: Record<string, unknown> = {}
    const collect = (value: unknown): void => {
      if (Array.isArray(value)) for (const entry of value) collect(entry)
      if (!isNode(value)) return
      const ref = value['$ref']
      const name = typeof ref === 'string' ? ref.slice('#/definitions/'.length) : undefined
      if (name !== undefined && !(name in used)) {
        if (!(name in all)) throw new Error(`${service} has no schema ${name}`)
        used[name] = all[name]
        collect(all[name])
      }
      for (const entry of Object.values(value)) collect(entry)
    }
    const strict = strictSchema(schema, direction)
    collect(strict)
    const made = { ...strict, definitions: used }
    wholes.set(schema, (wholes.get(schema) ?? new Map<Direction, SchemaNode>()).set(direction, made))
    return made
  }

  return {
    whole,
    problems(service, direction, schema, value) {
      const both = compiled.get(schema) ?? new Map<Direction, ValidateFunction>()
      compiled.set(schema, both)
      const validate = both.get(direction) ?? ajv.compile(whole(service, direction, schema))
      both.set(direction, validate)
      return validate(value) ? [] : [...new Set((validate.errors ?? []).map(worded))]
    },
  }
}

const pattern = (test: RegExp) => ({ validate: (value: string) => test.test(value) })
const formats: Readonly<Record<string, { validate(value: string): boolean } | true>> = {
  uuid: pattern(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i),
  email: pattern(/^[^\s@]+@[^\s@]+\.[^\s@]+$/),
  'date-time': pattern(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/),
  url: { validate: (value) => URL.canParse(value) },
  bool: true,
  int32: true,
  int64: true,
  binary: true,
}

function worded({ instancePath, keyword, message, params }: ErrorObject): string {
  const at = instancePath.replace(/\/(\d+)(?=\/|$)/g, '[$1]').replaceAll('/', '.') || '.'
  if (keyword === 'additionalProperties') return `${at}: unknown field ${params['additionalProperty']}`
  if (keyword === 'required') return `${at}: ${params['missingProperty']} is missing`
  return `${at}: ${message ?? keyword}`
}
