import type { z } from 'zod'
import type { Json } from '../../shared/json.ts'
import type { ObjectStore } from '../s3/objectStore.ts'
import type { ObjectUrl } from '../s3/presign.ts'
import type { Row } from '../sqlRows.ts'
import { ApiError } from './apiError.ts'
import type { TableName } from './ids.ts'
import { parseInclude } from './listQuery.ts'
import type { Mailbox } from './mailbox.ts'
import type { Records, Showing, Viewer } from './resource.ts'

/** What handlers work with. */
export interface Api {
  readonly records: Records
  readonly store: ObjectStore
  readonly mailbox: Mailbox
  readonly now: () => number
}

/** One request, authorised as far as its route asks for. */
export interface Call {
  readonly api: Api
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  /** The `data` of the body; empty where the route takes none. */
  readonly data: Readonly<Record<string, unknown>>
  readonly viewer: Viewer | undefined
  /** As it was asked for, with the query. */
  readonly url: string
  /** A URL that an object can be read with for a while. */
  readonly link: ObjectUrl
}

export interface CallAnswer {
  readonly status: number
  readonly body: Json
  /** What it made or was about, for the request log. */
  readonly id?: string
  readonly objectKey?: string
}

export type Handler = (call: Call) => CallAnswer | Promise<CallAnswer>

/** Records one answer may hold, embedded ones included. */
const maxRecords = 20_000

export const contextOf = ({ api, link, viewer }: Call): Omit<Showing, 'place'> => ({
  rows: api.records.rows,
  link,
  viewer,
  budget: { left: maxRecords },
})

/** A record in its wrapping, with the includes that were asked for. Without a viewer nothing is embedded. */
export function shown(call: Call, table: TableName, row: Row, status = 200): CallAnswer {
  const include = call.viewer === undefined ? new Map() : parseInclude(call.query)
  const data = call.api.records.one(table, row, include, contextOf(call))
  return { status, body: { data }, id: String(row['id']) }
}

/** The payload, or 422 with every field that is wrong. */
export function parsed<S extends z.ZodType>(call: Call, schema: S): z.output<S> {
  const result = schema.safeParse(call.data)
  if (!result.success) throw ApiError.fromIssues(result.error.issues)
  return result.data
}

export function viewerOf({ viewer }: Call): Viewer {
  if (viewer === undefined) throw new ApiError(401, 'A bearer token is needed.')
  return viewer
}
