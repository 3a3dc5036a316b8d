import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { type Call, created, done, ok } from '../call.ts'
import { body, pageQuery, sortQuery, text, uuid } from '../fields.ts'
import { conditionsOf } from '../filter.ts'
import { IconikError } from '../iconikError.ts'
import { reindexed } from '../indexing.ts'
import { pageOf } from '../page.ts'
import { type Route, route } from '../route.ts'
import { assets } from './assetRows.ts'
import { type HistoryEntry, history, noteHistory, operationTypes } from './history.ts'

const one = '/v1/assets/{asset_id}/history/{history_entity_id}/'

/** Fails with 404, also for an entry of another asset. */
function entryOf(call: Call): HistoryEntry {
  const entry = history.get(call.rows, call.param('history_entity_id'))
  if (entry.asset_id !== call.param('asset_id')) throw IconikError.notFound('Asset history entity')
  return entry
}

export const historyRoutes: readonly Route[] = [
  route('assets.listHistory', 'GET', '/v1/assets/{asset_id}/history/', {
    roles: ['can_read_assets_history'],
    query: { ...pageQuery, ...sortQuery, filter: z.string().optional() },
    handle: (call) => {
      const assetId = assets.get(call.rows, call.param('asset_id')).id
      const filter = conditionsOf(call.query.filter, {
        ...{ operation_type: 'operation_type', user_id: 'user_id', version_id: 'version_id' },
        ...{ date_created: 'date_created', date_modified: 'date_modified' },
      })
      const listing = {
        table: history.table,
        conditions: [where('asset_id = ?', assetId), ...filter],
        orders: {
          date_created: 'date_created',
          date_modified: 'date_modified',
          operation_type: 'operation_type',
        },
        byDefault: 'date_created DESC',
      }
      return ok(pageOf(call, listing, (rows) => rows.map((row) => history.parse(row))))
    },
  }),
  route('assets.createHistoryEntry', 'POST', '/v1/assets/{asset_id}/history/', {
    roles: ['can_write_assets_history'],
    body: body({
      operation_type: z.enum(operationTypes),
      operation_description: text.nullish(),
      job_id: uuid.nullish(),
      share_id: uuid.nullish(),
      share_user_id: uuid.nullish(),
    }),
    handle: (call) => {
      const assetId = assets.get(call.rows, call.param('asset_id')).id
      const { operation_type, operation_description, ...named } = call.body
      const noted = noteHistory(call, {
        assetId,
        operation: operation_type,
        description: operation_description,
      })
      const entry = history.save(call.rows, { ...noted, ...named })
      return created(entry, entry.id)
    },
  }),
  route('assets.readHistoryEntry', 'GET', one, {
    roles: ['can_read_assets_history'],
    handle: (call) => created(entryOf(call)),
  }),
  route('assets.deleteHistoryEntry', 'DELETE', one, {
    roles: ['can_delete_assets_history'],
    handle: (call) => {
      const entry = entryOf(call)
      history.remove(call.rows, entry.id)
      return created(entry, entry.id)
    },
  }),
  route('assets.reindexHistoryEntry', 'POST', `${one}reindex/`, {
    roles: ['can_reindex_assets_history'],
    handle: (call) => {
      reindexed(call, 'assets', [entryOf(call).asset_id])
      return done(201)
    },
  }),
]
