import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import { toJson } from '../../../shared/json.ts'
import type { Clock } from '../../transfers/clock.ts'
import { createHttp, type Fetch } from '../http.ts'
import { type AnyCallInput, type CallInput, filledPath, type RemoteCall } from '../remoteCall.ts'
import type { Field, Fields } from '../remoteField.ts'
import type { IconikAccess } from './wireAccess.ts'

/** What a call is given: its own fields and, where the answer is data, the schema that reads it. */
export type IconikInput<Row extends RemoteCall, T> = CallInput<Row> & {
  readonly answer: Row['answer'] extends 'json' ? z.ZodType<T> : never
}
type BareInput<Row extends RemoteCall> = Row['answer'] extends 'json' ? never : CallInput<Row>

/**
 * Sends any row of the calls table. Fails with the codes of `Http` (a 429 holds the whole connection), and with
 * `request.invalid` naming the `field` when a path value is empty or would leave its place.
 * Never repeats a request by itself.
 */
export interface IconikClient {
  /** Data, read by `input.answer`; it sees undefined where the service answers without a body. */
  call<Row extends RemoteCall, T>(row: Row, input: IconikInput<Row, T>, signal: AbortSignal): Promise<T>
  /** A document for a row whose answer is text; undefined for one whose answer is empty. */
  call<Row extends RemoteCall>(
    row: Row,
    input: BareInput<Row>,
    signal: AbortSignal,
  ): Promise<Row['answer'] extends 'text' ? string : undefined>
}

export interface IconikClientOptions {
  /** Read anew for every request, so that a renewed token is used at once. */
  readonly access: IconikAccess
  readonly fetch: Fetch
  readonly clock: Clock
}

/** The service allows 50 a second, or 1000 in any 20 seconds. */
const perSecond = 45
const answers = { text: z.string(), empty: z.undefined() }

export function createIconikClient({ access, fetch, clock }: IconikClientOptions): IconikClient {
  const http = createHttp({
    address: `${access.address.replace(/\/+$/, '')}/API`,
    authorise: () => ({}),
    fetch,
    clock,
    perSecond,
  })

  async function call(
    row: RemoteCall,
    input: AnyCallInput & { readonly answer?: z.ZodType },
    signal: AbortSignal,
  ): Promise<unknown> {
    const path = filledPath(row.path, input.path)
    if (path === undefined) throw new AppError('request.invalid', { field: 'path', call: row.name })
    const answer = row.answer === 'json' ? input.answer : answers[row.answer]
    if (answer === undefined)
      throw new TypeError(`${row.name} answers data, and nothing was given to read it`)
    return http.ask(
      {
        method: row.method,
        path: `/${row.service}${path}`,
        headers: { ...proofOf(row, access), ...headerValues(input.headers) },
        secrets: secretValues(row, input),
        read: row.answer === 'empty' ? 'nothing' : row.answer,
        answer,
        ...(input.query === undefined ? {} : { query: queryValues(input.query) }),
        ...(input.body === undefined ? {} : { body: toJson(input.body) }),
      },
      signal,
    )
  }
  return { call: call as IconikClient['call'] }
}

function proofOf(row: RemoteCall, { appId, token }: IconikAccess): Record<string, string> {
  if (row.proof === 'none') return {}
  if (row.proof === 'application') return { 'App-ID': appId }
  if (row.proof === 'visitor') return { 'App-ID': appId, 'Share-Auth-Token': token }
  return { 'App-ID': appId, 'Auth-Token': token }
}

function headerValues(values: AnyCallInput['headers'] = {}): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined)
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

function queryValues(values: Readonly<Record<string, unknown>>): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]))
}

/** What the user or the service must not read again in a refusal's words. */
function secretValues(row: RemoteCall, input: AnyCallInput): string[] {
  return [
    ...secretsIn(row.query, input.query),
    ...secretsIn(row.headers, input.headers),
    ...secretsIn(row.body, input.body),
  ]
}

function secretsIn(fields: Fields = {}, values: Readonly<Record<string, unknown>> = {}): string[] {
  return Object.entries(fields).flatMap(([name, field]) => secretsOf(field, values[name]))
}

function secretsOf(field: Field, value: unknown): string[] {
  if (typeof value === 'string') return field.secret === true ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  if (field.kind === 'list') return Object.values(value).flatMap((entry) => secretsOf(field.of, entry))
  return field.kind === 'group' ? secretsIn(field.fields, value as Record<string, unknown>) : []
}
