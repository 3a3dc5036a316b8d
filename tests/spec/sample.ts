import type { Seeded } from '../fakes/seeded.ts'
import { isNode, type SchemaNode } from './schemaNode.ts'

/** How much of an object is made: `all` its fields, the `required` ones, or `some` by chance. */
export type Fullness = 'all' | 'required' | 'some'

/** A value that fits a strict schema (`whole` of schemas.ts). */
export function sampleOf(schema: SchemaNode, random: Seeded, fullness: Fullness): unknown {
  const named = isNode(schema['definitions']) ? schema['definitions'] : {}
  const visits = new Map<string, number>()

  function make(node: SchemaNode, depth: number): unknown {
    const ref = node['$ref']
    if (typeof ref === 'string') {
      const name = ref.slice('#/definitions/'.length)
      const at = visits.get(name) ?? 0
      const target = named[name]
      if (!isNode(target)) throw new Error(`no definition ${name}`)
      visits.set(name, at + 1)
      const made = make(target, at > 1 ? 99 : depth)
      visits.set(name, at)
      return made
    }
    const members = node['anyOf'] ?? node['allOf']
    if (Array.isArray(members)) {
      const nodes = members.filter(isNode)
      const real = nodes.filter((one) => one['type'] !== 'null')
      if (fullness === 'some' && nodes.length > real.length && random.below(4) === 0) return null
      return make(random.pick(real), depth)
    }
    if (Array.isArray(node['enum'])) return random.pick(node['enum'])
    switch (node['type']) {
      case 'object':
        return objectOf(node, depth)
      case 'array':
        return listOf(node, depth)
      case 'string':
        return textOf(node, random)
      case 'integer':
        return between(node, random)
      case 'number':
        return Math.max(between(node, random) - random.below(4) / 4, Number(node['minimum'] ?? 0))
      case 'boolean':
        return random.below(2) === 0
      default:
        return {}
    }
  }

  function objectOf(node: SchemaNode, depth: number): unknown {
    const properties = isNode(node['properties']) ? node['properties'] : {}
    const needed = new Set(Array.isArray(node['required']) ? node['required'] : [])
    const made: Record<string, unknown> = {}
    for (const [name, field] of Object.entries(properties)) {
      if (!isNode(field)) continue
      const isWanted =
        needed.has(name) ||
        (depth < 90 && (fullness === 'all' || (fullness === 'some' && random.below(2) === 0)))
      if (isWanted) made[name] = telling[name]?.(random, field) ?? make(field, depth + 1)
    }
    const others = node['additionalProperties']
    if (isNode(others) && depth < 90) made['a_field'] = make(others, depth + 1)
    return made
  }

  function listOf(node: SchemaNode, depth: number): unknown {
    const items = isNode(node['items']) ? node['items'] : {}
    const least = typeof node['minItems'] === 'number' ? node['minItems'] : 0
    const most = typeof node['maxItems'] === 'number' ? node['maxItems'] : least + 3
    const wanted = depth > 90 || fullness === 'required' ? least : Math.max(least, 1 + random.below(2))
    return Array.from({ length: Math.min(wanted, most) }, () => make(items, depth + 1))
  }

  return make(schema, 0)
}

/** Fields whose name says more of them than their schema. Lists are short, so that reading one to its end is no life's work. */
const telling: Readonly<Record<string, (random: Seeded, field: SchemaNode) => string | number | undefined>> =
  {
    pages: (random, { type }) => (type === 'integer' ? 1 + random.below(2) : undefined),
    object_type: (random, { type, enum: choices }) =>
      type === 'string' && choices === undefined ? random.pick(['assets', 'collections']) : undefined,
    url: (random, { type }) => (type === 'string' ? `http://127.0.0.1/${hex(random, 6)}` : undefined),
  }

const hex = (random: Seeded, length: number) =>
  Array.from({ length }, () => random.below(16).toString(16)).join('')

export const uuidOf = (random: Seeded) =>
  `${hex(random, 8)}-${hex(random, 4)}-11ee-9${hex(random, 3)}-${hex(random, 12)}`

function textOf(node: SchemaNode, random: Seeded): string {
  switch (node['format']) {
    case 'uuid':
      return uuidOf(random)
    case 'email':
      return `${hex(random, 6)}@example.org`
    case 'date-time':
      return new Date(1.6e12 + random.below(2 ** 31) * 100).toISOString().replace('Z', '000+00:00')
    case 'url':
      return `http://127.0.0.1/${hex(random, 6)}`
    default: {
      const least = typeof node['minLength'] === 'number' ? node['minLength'] : 1
      return hex(random, Math.max(least, 1 + random.below(8)))
    }
  }
}

function between(node: SchemaNode, random: Seeded): number {
  const least = typeof node['minimum'] === 'number' ? Math.max(0, node['minimum']) : 0
  const most =
    typeof node['maximum'] === 'number' ? Math.min(node['maximum'], least + 10_000) : least + 10_000
  return least + random.below(most - least + 1)
}
