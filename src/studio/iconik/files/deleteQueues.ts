import { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import { type Call, done, type IconikAnswer, ok } from '../call.ts'
import { body, pageQuery, sortQuery, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type FileSet, type Format, fileSets, formats } from '../media/mediaRows.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { purgeFileSet, restoreFileSet } from './fileSets.ts'
import { purgeFormat, restoreFormat } from './formats.ts'

const idsBody = body({ ids: z.array(uuid).min(1).max(500) })
const deleted = where("status = 'DELETED'")
const listQuery = {
  ...pageQuery,
  ...sortQuery,
  query: z.string().max(500).optional(),
  field_name: z.string().max(500).optional(),
}

/** What the two queues have in common. */
interface Queue<T extends { id: string; status: string }> {
  readonly path: 'file_sets' | 'formats'
  readonly noun: 'FileSets' | 'Formats'
  readonly table: string
  readonly readRole: string
  readonly writeRole: string
  readonly purgeRole: string
  get(rows: SqlRows, id: string): T
  all(rows: SqlRows): T[]
  parse(row: Parameters<typeof formats.parse>[0]): T
  restore(call: Call, one: T): void
  purge(call: Call, one: T): void
}

/** All of those named are in the queue, or nothing is done. */
const each = <T extends { id: string; status: string }>(
  call: Call<z.output<typeof idsBody>>,
  queue: Queue<T>,
  act: (call: Call, one: T) => void,
): IconikAnswer =>
  call.rows.transaction(() => {
    for (const id of new Set(call.body.ids)) {
      const one = queue.get(call.rows, id)
      if (one.status !== 'DELETED') throw IconikError.badRequest(`${id} is not deleted`)
      act(call, one)
    }
    return done(204)
  })

function queueRoutes<T extends { id: string; status: string }>(queue: Queue<T>): Route[] {
  const { path, noun, table, readRole, writeRole, purgeRole } = queue
  return [
    route(`files.listTrashed${noun}`, 'GET', `/v1/delete_queue/${path}/`, {
      roles: [readRole],
      query: listQuery,
      handle(call) {
        const { query } = call.query
        const named = query === undefined ? [] : [where('name LIKE ?', `%${query.replaceAll('*', '%')}%`)]
        const orders = { name: 'name', date_deleted: 'date_deleted' }
        const listing = { table, conditions: [deleted, ...named], orders, byDefault: 'date_deleted DESC' }
        return ok(pageOf(call, listing, (rows) => rows.map((row) => queue.parse(row))))
      },
    }),
    route(`files.untrash${noun}`, 'DELETE', `/v1/delete_queue/${path}/`, {
      roles: [writeRole],
      body: idsBody,
      handle: (call) => each(call, queue, (within, one) => queue.restore(within, one)),
    }),
    route(`files.purge${noun}`, 'POST', `/v1/delete_queue/${path}/purge/`, {
      roles: [purgeRole],
      body: idsBody,
      handle: (call) => each(call, queue, (within, one) => queue.purge(within, one)),
    }),
    route(`files.purgeAll${noun}`, 'POST', `/v1/delete_queue/${path}/purge/all/`, {
      roles: [purgeRole],
      handle: (call) =>
        call.rows.transaction(() => {
          for (const one of queue.all(call.rows)) queue.purge(call, one)
          return done(204)
        }),
    }),
  ]
}

const fileSetQueue: Queue<FileSet> = {
  ...{ path: 'file_sets', noun: 'FileSets', table: fileSets.table },
  ...{ readRole: 'can_read_files', writeRole: 'can_write_files', purgeRole: 'can_purge_files' },
  get: (rows, id) => fileSets.get(rows, id),
  all: (rows) => fileSets.all(rows, [deleted]),
  parse: (row) => fileSets.parse(row),
  restore: restoreFileSet,
  purge: purgeFileSet,
}
const formatQueue: Queue<Format> = {
  ...{ path: 'formats', noun: 'Formats', table: formats.table },
  ...{ readRole: 'can_read_formats', writeRole: 'can_write_formats', purgeRole: 'can_purge_formats' },
  get: (rows, id) => formats.get(rows, id),
  all: (rows) => formats.all(rows, [deleted]),
  parse: (row) => formats.parse(row),
  restore: restoreFormat,
  purge: purgeFormat,
}

/** File sets and formats that were deleted and can be had back. */
export const mediaTrashRoutes: readonly Route[] = [...queueRoutes(fileSetQueue), ...queueRoutes(formatQueue)]
