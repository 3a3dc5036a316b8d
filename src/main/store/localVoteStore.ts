import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { voteSchema } from '../../shared/approval.ts'
import type { VersionOrigin } from './assetStore.ts'

const voteRowSchema = z
  .object({ vote: voteSchema, note: z.string(), author: z.string(), voted_at: z.number() })
  .transform(({ voted_at: votedAt, ...row }) => ({ ...row, votedAt }))

/** One vote on a version of a service that takes none. */
export type LocalVote = z.output<typeof voteRowSchema>

type Of = Pick<VersionOrigin, 'connectionId' | 'assetRemoteId' | 'versionRemoteId'>

/** By the service's own ids: a vote outlives what is cached of its asset. */
export interface LocalVoteStore {
  get(version: Of): LocalVote | undefined
  put(version: Of, vote: LocalVote): void
  remove(version: Of): void
}

export function createLocalVoteStore(database: Database): LocalVoteStore {
  const which = 'connection_id = ? AND asset_remote_id = ? AND version_remote_id = ?'
  const select = database.prepare(`SELECT vote, note, author, voted_at FROM local_vote WHERE ${which}`)
  const upsert = database.prepare(
    `INSERT INTO local_vote(connection_id, asset_remote_id, version_remote_id, vote, note, author, voted_at)
     VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     vote = excluded.vote, note = excluded.note, author = excluded.author, voted_at = excluded.voted_at`,
  )
  const remove = database.prepare(`DELETE FROM local_vote WHERE ${which}`)
  const keyOf = ({ connectionId, assetRemoteId, versionRemoteId }: Of) =>
    [connectionId, assetRemoteId, versionRemoteId] as const
  return {
    get(version) {
      const row = select.get(...keyOf(version))
      return row === undefined ? undefined : voteRowSchema.parse(row)
    },
    put: (version, { vote, note, author, votedAt }) =>
      void upsert.run(...keyOf(version), vote, note, author, votedAt),
    remove: (version) => void remove.run(...keyOf(version)),
  }
}
