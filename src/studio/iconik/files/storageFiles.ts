import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { done, ok } from '../call.ts'
import { body, flagOr, pageQuery, scrollQuery, sortQuery } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { files } from '../media/mediaRows.ts'
import { storages } from '../media/storageRows.ts'
import { pageOf } from '../page.ts'
import { rangeOf } from '../range.ts'
import { type Route, route } from '../route.ts'

const word = z.string().max(2000)
const inStorage = (call: Call) =>
  where('storage_id = ?', storages.get(call.rows, call.param('storage_id')).id)

/** Whether a folder of the storage has a file of this name that is there. */
function hasFile(call: Call, folder: string, name: string): boolean {
  const sql = `SELECT 1 FROM iconik_file WHERE storage_id = ? AND status = 'CLOSED'
    AND document ->> 'directory_path' = ? AND document ->> 'original_name' = ?`
  return call.rows.get(sql, storages.get(call.rows, call.param('storage_id')).id, folder, name) !== undefined
}

const notFound = () => IconikError.notFound('File')

/** What lies on a storage. */
export const storageFileRoutes: readonly Route[] = [
  route('files.listStorageFiles', 'GET', '/v1/storages/{storage_id}/files/', {
    roles: ['can_list_storage_files'],
    query: {
      ...pageQuery,
      ...scrollQuery,
      ...sortQuery,
      path: word.optional(),
      path_separator: word.optional(),
      directory_path: word.optional(),
      checksum: word.optional(),
      id: word.optional(),
      name: word.optional(),
      type: word.optional(),
      status: word.optional(),
      date_created: word.optional(),
      date_modified: word.optional(),
    },
    handle(call) {
      const { query } = call
      const conditions: Condition[] = [inStorage(call)]
      for (const name of ['checksum', 'id', 'status'] as const) {
        if (query[name] !== undefined) conditions.push(where(`${name} = ?`, query[name]))
      }
      for (const name of ['directory_path', 'name', 'type'] as const) {
        if (query[name] !== undefined) conditions.push(where(`document ->> '${name}' = ?`, query[name]))
      }
      if (query.path !== undefined) {
        conditions.push(where("document ->> 'directory_path' = ?", query.path.replace(/^\/|\/$/g, '')))
      }
      for (const name of ['date_created', 'date_modified'] as const) {
        conditions.push(
          ...rangeOf(name, query[name]).map(({ sql, values }) => ({
            sql: sql.replace(name, `document ->> '${name}'`),
            values,
          })),
        )
      }
      const page = pageOf(call, { table: files.table, conditions }, (rows) =>
        rows.map((row) => {
          const { system_domain_id: _domain, ...file } = files.parse(row)
          return file
        }),
      )
      return ok(page)
    },
  }),
  route('files.checkStorageFile', 'POST', '/v1/files/storages/{storage_id}/', {
    roles: ['can_read_files'],
    query: { get_file_size: flagOr(false) },
    body: body({ directory_path: word, file_name: word }),
    handle(call) {
      if (!hasFile(call, call.body.directory_path, call.body.file_name)) throw notFound()
      return done(200)
    },
  }),
  route('files.findShareUpload', 'GET', '/v1/shares/storages/{storage_id}/files/', {
    roles: ['can_write_files'],
    access: 'guest',
    query: { directory_path: word, name: word },
    handle(call) {
      if (!hasFile(call, call.query.directory_path, call.query.name)) throw notFound()
      return done(204)
    },
  }),
]
