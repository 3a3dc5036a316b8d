import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { type Call, ok } from '../call.ts'
import { idList, pageQuery, sortQuery } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import {
  defaultStorage,
  isRemote,
  purposes,
  type Storage,
  type StoragePurpose,
  storages,
} from '../media/storageRows.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { guestShare } from '../shares/guest.ts'

/** The endpoint is the studio's own and changes with its port, so no row holds it. */
const shown = (call: Call, storage: Storage) =>
  isRemote(storage) ? { ...storage, settings: { ...storage.settings, endpoint: call.origin } } : storage

function purposeOf(call: Call): StoragePurpose {
  const found = purposes.find((purpose) => purpose === call.param('purpose'))
  if (found === undefined) throw IconikError.badRequest({ purpose: 'There is no such purpose' })
  return found
}

/** An active storage that takes bytes for a purpose; the named one if it does. Fails with 404. */
function matching(call: Call, storageId: string | undefined, method: string | undefined): Storage {
  const found = storages
    .all(call.rows, [where('purpose = ?', purposeOf(call)), where("status = 'ACTIVE'")])
    .filter((storage) => isRemote(storage) && (method === undefined || storage.method === method))
  const storage =
    found.find(({ id }) => id === storageId) ?? found.find((candidate) => candidate.default) ?? found[0]
  if (storage === undefined) throw IconikError.notFound('A matching storage')
  return storage
}

const filters = {
  id: z.string().optional(),
  name: z.string().optional(),
  method: z.string().optional(),
  status: z.string().optional(),
  purpose: z.string().optional(),
  last_scanned: z.string().optional(),
  scanner_status: z.string().optional(),
}
const orders = {
  name: 'name',
  method: 'method',
  status: 'status',
  purpose: 'purpose',
  last_scanned: 'last_scanned',
}
const roles = ['can_read_storages']

export const storageRoutes: readonly Route[] = [
  route('files.listStorages', 'GET', '/v1/storages/', {
    roles,
    query: {
      ...pageQuery,
      per_page: pageQuery.per_page.pipe(z.number().min(1).max(100)),
      ...sortQuery,
      ...filters,
      query: z.string().optional(),
      ids: idList.optional(),
    },
    handle(call) {
      const { ids, query } = call.query
      const conditions: Condition[] = []
      for (const name of Object.keys(filters) as (keyof typeof filters)[]) {
        const value = call.query[name]
        if (value !== undefined) conditions.push(where(`${name} = ?`, value))
      }
      if (ids !== undefined) {
        conditions.push(where('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids)))
      }
      if (query !== undefined) conditions.push(where('name LIKE ?', `%${query.replaceAll('*', '%')}%`))
      const listing = { table: storages.table, conditions, orders }
      return ok(pageOf(call, listing, (rows) => rows.map((row) => shown(call, storages.parse(row)))))
    },
  }),
  route('files.readStorage', 'GET', '/v1/storages/{storage_id}/', {
    roles,
    access: 'guest',
    handle(call) {
      const storage = storages.get(call.rows, call.param('storage_id'))
      // A guest hears of the one that uploads go to.
      const share = guestShare(call)
      if (share !== undefined && share.upload_storage_id !== storage.id) throw IconikError.forbidden()
      return ok(shown(call, storage))
    },
  }),
  route('files.matchStorage', 'GET', '/v1/storages/matching/{purpose}/', {
    roles,
    query: { storage_id: z.string().optional() },
    handle: (call) => ok(shown(call, matching(call, call.query.storage_id, undefined))),
  }),
  route('files.matchStorageOfMethod', 'GET', '/v1/storages/matching/{purpose}/method/{method}/', {
    roles,
    handle: (call) => ok(shown(call, matching(call, undefined, call.param('method')))),
  }),
  route('files.readDefaultStorage', 'GET', '/v1/storages/{purpose}/default/', {
    roles,
    handle(call) {
      const found = defaultStorage(call.rows, purposeOf(call))
      if (found === undefined) throw IconikError.notFound('Storage')
      return ok(shown(call, found))
    },
  }),
]
