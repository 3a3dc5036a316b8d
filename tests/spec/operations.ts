import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { corrections } from './corrections.ts'
import type { SchemaNode } from './schemaNode.ts'

/** A field of the path, the query or the headers, as the vendor's file has it. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: SchemaNode
}

/** One answer: by type, what its body is; no types where the file says nothing of a body. */
export type Answer = ReadonlyMap<string, SchemaNode | undefined>

/** One call as the vendor publishes it. */
export interface Operation {
  readonly service: string
  readonly method: string
  /** Below the service, with its placeholders: `/v1/assets/{asset_id}/`. */
  readonly path: string
  readonly description: string
  readonly parameters: readonly Parameter[]
  readonly body: { readonly isRequired: boolean; readonly types: Answer } | undefined
  /** By status; `default` stands for every other. */
  readonly answers: ReadonlyMap<string, Answer>
}

export interface Vendor {
  readonly operations: readonly Operation[]
  /** The named schemas of each service. */
  readonly schemas: ReadonlyMap<string, Readonly<Record<string, SchemaNode>>>
}

const node = z.record(z.string(), z.unknown())
const content = z.record(z.string(), z.object({ schema: node.optional() }))
const operationSchema = z.object({
  description: z.string().default(''),
  parameters: z
    .array(
      z.object({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().default(false),
        schema: node,
      }),
    )
    .default([]),
  requestBody: z.object({ required: z.boolean().default(false), content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.optional() })),
})
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({ schemas: z.record(z.string(), node) }),
})

/** Where the vendor's files lie; undefined: nobody said, and what needs them is skipped. */
export function specsFolder(provider: string): string | undefined {
  const folder = process.env['RUSHES_SPECS']
  return folder ? join(folder, provider) : undefined
}

/** Reads every file of a folder: `assets.json` is the service `assets`. Contradictions are put right (corrections.ts). */
export function readVendor(folder: string): Vendor {
  const operations: Operation[] = []
  const schemas = new Map<string, Readonly<Record<string, SchemaNode>>>()
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const service = name.slice(0, -'.json'.length)
    const document = documentSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')))
    const named = Object.entries(document.components.schemas).map(
      ([title, schema]) => [title, corrections[title]?.(schema) ?? schema] as const,
    )
    schemas.set(service, Object.fromEntries(named))
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, raw] of Object.entries(methods)) operations.push(read(service, method, path, raw))
  }
  return { operations, schemas }
}

function read(service: string, method: string, path: string, raw: unknown): Operation {
  const { description, parameters, requestBody, responses } = operationSchema.parse(raw)
  return {
    service,
    method: method.toUpperCase(),
    path,
    description,
    parameters,
    body: requestBody && { isRequired: requestBody.required, types: typesOf(requestBody.content) },
    // HTTP gives 204 no body, whatever the file says of one.
    answers: new Map(
      Object.entries(responses).map(([status, answer]) => [
        status,
        typesOf(status === '204' ? undefined : answer.content),
      ]),
    ),
  }
}

function typesOf(types: z.infer<typeof content> = {}): Answer {
  return new Map(Object.entries(types).map(([type, { schema }]) => [type, schema]))
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The path's values where it is one of the operation's, else undefined. No value is empty. */
export function valuesOf(operation: Pick<Operation, 'path'>, path: string): Map<string, string> | undefined {
  const names = operation.path.split('/')
  const parts = path.split('/')
  if (names.length !== parts.length) return undefined
  const values = new Map<string, string>()
  for (const [at, name] of names.entries()) {
    const part = parts[at] ?? ''
    if (!name.startsWith('{')) {
      if (name !== part) return undefined
    } else if (part === '') return undefined
    else values.set(name.slice(1, -1), decodeURIComponent(part))
  }
  return values
}

const likeness = (service: string, method: string, path: string) =>
  `${service} ${method} ${path.split('/').length}`
const known = new WeakMap<readonly Operation[], Map<string, Operation[]>>()

/** The operations by what can be told without reading their paths. */
function alike(operations: readonly Operation[]): Map<string, Operation[]> {
  let groups = known.get(operations)
  if (groups === undefined) {
    groups = new Map<string, Operation[]>()
    for (const operation of operations) {
      const key = likeness(operation.service, operation.method, operation.path)
      groups.set(key, [...(groups.get(key) ?? []), operation])
    }
    known.set(operations, groups)
  }
  return groups
}

/**
 * Which operation a request is. Fixed parts of a path count before placeholders; of two placeholders at the same place
 * (`{segment_id}` and `{segment_type}`) a UUID is the one that is called an id.
 */
export function findOperation(
  operations: readonly Operation[],
  service: string,
  method: string,
  path: string,
): Operation | undefined {
  let best: Operation | undefined
  let bestScore = -1
  for (const operation of alike(operations).get(likeness(service, method, path)) ?? []) {
    const values = valuesOf(operation, path)
    if (values === undefined) continue
    const fixed = operation.path.split('/').filter((part) => !part.startsWith('{')).length
    const fitting = [...values].filter(([name, value]) => name.endsWith('_id') === uuid.test(value)).length
    const score = fixed * 100 + fitting
    if (score > bestScore) {
      best = operation
      bestScore = score
    }
  }
  return best
}
