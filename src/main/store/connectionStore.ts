import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { ProviderId } from '../../shared/connection.ts'
import { providerIdSchema } from '../../shared/connection.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { connectionIdSchema } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'

const rowSchema = z
  .object({
    id: connectionIdSchema,
    provider: providerIdSchema,
    name: z.string(),
    host: z.string(),
    is_studio: z.number(),
    settings: z.string(),
    synced_at: z.number().nullable(),
    is_share: z.number(),
    holds_comments: z.number(),
  })
  .transform((row) => ({
    id: row.id,
    provider: row.provider,
    name: row.name,
    host: row.host,
    isStudio: row.is_studio === 1,
    settings: JSON.parse(row.settings) as Json,
    syncedAt: row.synced_at,
    isShare: row.is_share === 1,
    holdsComments: row.holds_comments === 1,
  }))

/** An account as stored: no secrets. `settings` is read by the provider's code alone. */
export type StoredConnection = z.output<typeof rowSchema>

export interface ConnectionStore {
  all(): StoredConnection[]
  get(id: ConnectionId): StoredConnection | undefined
  /** The studio's connections: at most one for each service it stands in for. */
  studios(): StoredConnection[]
  add(
    connection: {
      id: ConnectionId
      provider: ProviderId
      name: string
      host: string
      isStudio: boolean
      settings: Json
    },
    at: number,
  ): void
  /** New address or settings of a connection that is there. */
  update(id: ConnectionId, change: { host: string; settings: Json }): void
  /** What is known once its service was asked: whether it is a guest's, and whether comments belong there. */
  markAccount(id: ConnectionId, account: { isShare: boolean; holdsComments: boolean }): void
  markSynced(id: ConnectionId, at: number): void
  /** Takes everything cached of it along. */
  remove(id: ConnectionId): void
}

export function createConnectionStore(database: Database): ConnectionStore {
  const columns = 'id, provider, name, host, is_studio, settings, synced_at, is_share, holds_comments'
  const selectAll = database.prepare(`SELECT ${columns} FROM connection ORDER BY is_studio, created_at, id`)
  const selectOne = database.prepare(`SELECT ${columns} FROM connection WHERE id = ?`)
  const selectStudios = database.prepare(
    `SELECT ${columns} FROM connection WHERE is_studio = 1 ORDER BY created_at, id`,
  )
  const insert = database.prepare(
    'INSERT INTO connection(id, provider, name, host, is_studio, settings, created_at) VALUES(?, ?, ?, ?, ?, ?, ?)',
  )
  const update = database.prepare('UPDATE connection SET host = ?, settings = ? WHERE id = ?')
  const markAccount = database.prepare('UPDATE connection SET is_share = ?, holds_comments = ? WHERE id = ?')
  const mark = database.prepare('UPDATE connection SET synced_at = ? WHERE id = ?')
  const remove = database.prepare('DELETE FROM connection WHERE id = ?')
  const one = (row: unknown) => (row === undefined ? undefined : rowSchema.parse(row))
  return {
    all: () => selectAll.all().map((row) => rowSchema.parse(row)),
    get: (id) => one(selectOne.get(id)),
    studios: () => selectStudios.all().map((row) => rowSchema.parse(row)),
    add(connection, at) {
      const { id, provider, name, host, isStudio, settings } = connection
      insert.run(id, provider, name, host, isStudio ? 1 : 0, JSON.stringify(settings), at)
    },
    update(id, change) {
      update.run(change.host, JSON.stringify(change.settings), id)
    },
    markAccount(id, { isShare, holdsComments }) {
      markAccount.run(isShare ? 1 : 0, holdsComments ? 1 : 0, id)
    },
    markSynced(id, at) {
      mark.run(at, id)
    },
    remove(id) {
      remove.run(id)
    },
  }
}
