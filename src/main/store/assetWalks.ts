import type { Database } from 'better-sqlite3'
import { monotonicFactory } from 'ulid'
import { z } from 'zod'
import { voteSchema } from '../../shared/approval.ts'
import type { AssetId, ConnectionId, PlaceId } from '../../shared/ids.ts'
import { assetIdSchema } from '../../shared/ids.ts'
import { reviewStatusSchema } from '../../shared/place.ts'
import type { RemoteAsset } from '../connectors/remote.ts'
import { transferKey } from './assetRow.ts'
import { draftsSetting } from './settingStore.ts'

/** Writes what a server lists. */
export interface AssetWalks {
  /**
   * Writes one page of the server's list in one transaction; returns how many rows were new or different.
   * `from`: where its first row stands in the server's order; null where that order is not kept.
   */
  putPage(
    connectionId: ConnectionId,
    placeId: PlaceId,
    assets: readonly RemoteAsset[],
    run: number,
    from?: number | null,
  ): number
  nextRun(placeId: PlaceId): number
  /** Takes out of the place what the finished run did not see. */
  prune(placeId: PlaceId, run: number): number
  /** Writes what the server says of one asset, in every place it is known to lie. One that is not known stays so: undefined. */
  putOne(connectionId: ConnectionId, asset: RemoteAsset): AssetId | undefined
  /** Forgets assets that lie nowhere. */
  sweep(): void
}

export function createAssetWalks(database: Database): AssetWalks {
  // Draws random numbers once a millisecond, not for each of the 500 rows of a page.
  const newId = monotonicFactory()
  const selectKnown = database.prepare(
    'SELECT id, name, kind, media_type, bytes, created_at, is_ready, thumbnail_key, review, extra, is_favourite FROM asset WHERE connection_id = ? AND remote_id = ?',
  )
  const insertAsset = database.prepare(
    `INSERT INTO asset(id, connection_id, remote_id, name, kind, media_type, bytes, created_at, is_ready, thumbnail_key, review, extra, is_favourite)
     VALUES(@id, @connectionId, @remoteId, @name, @kind, @media_type, @bytes, @created_at, @is_ready, @thumbnail_key, @review, @extra, @is_favourite)
     ON CONFLICT(connection_id, remote_id) DO UPDATE SET name = excluded.name, kind = excluded.kind, media_type = excluded.media_type,
       bytes = excluded.bytes, created_at = excluded.created_at, is_ready = excluded.is_ready, thumbnail_key = excluded.thumbnail_key,
       review = excluded.review, extra = excluded.extra, is_favourite = excluded.is_favourite`,
  )
  const insertVersion = database.prepare(
    `INSERT INTO version(id, asset_id, remote_id, number, created_at, author, review, is_current) VALUES(?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(asset_id, remote_id) DO UPDATE SET number = excluded.number, created_at = excluded.created_at,
       author = excluded.author, review = excluded.review, is_current = excluded.is_current
       WHERE number <> excluded.number OR created_at IS NOT excluded.created_at OR author IS NOT excluded.author
         OR review <> excluded.review OR is_current <> excluded.is_current`,
  )
  const countVersions = database.prepare('SELECT count(*) FROM version WHERE asset_id = ?').pluck()
  // What was written here alone outlasts the version the server no longer lists.
  const pruneVersions = database.prepare(
    `DELETE FROM version WHERE asset_id = ? AND remote_id NOT IN (SELECT value FROM json_each(?))
       AND NOT ${hasOwnWords}`,
  )
  const insertPlacement = database.prepare(
    `INSERT INTO placement(place_id, asset_id, created_at, name, bytes, kind, review, run, position) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT(place_id, asset_id) DO UPDATE SET created_at = excluded.created_at, name = excluded.name, bytes = excluded.bytes,
       kind = excluded.kind, review = excluded.review, run = excluded.run, position = excluded.position`,
  )
  const updatePlacements = database.prepare(
    'UPDATE placement SET created_at = ?, name = ?, bytes = ?, kind = ?, review = ? WHERE asset_id = ?',
  )
  // Naming a sort key in an update rewrites its index, changed or not; most rows of most pages are as they were.
  const markSeen = database.prepare(
    'UPDATE placement SET run = ? WHERE place_id = ? AND asset_id = ? AND position = ?',
  )
  const selectRun = database
    .prepare('SELECT coalesce(max(run), 0) + 1 FROM placement WHERE place_id = ?')
    .pluck()
  const pruneRun = database.prepare('DELETE FROM placement WHERE place_id = ? AND run <> ?')
  const sweep = database.prepare(
    // A list that moved while it was walked leaves one out; what was written here alone waits for it to be listed again.
    `DELETE FROM asset WHERE NOT EXISTS (SELECT 1 FROM placement WHERE asset_id = asset.id)
       AND NOT EXISTS (SELECT 1 FROM version WHERE version.asset_id = asset.id AND ${hasOwnWords})`,
  )
  const knownSchema = z.object({ id: assetIdSchema, is_favourite: z.number() })

  const selectVote = database
    .prepare(
      'SELECT vote FROM local_vote WHERE connection_id = ? AND asset_remote_id = ? AND version_remote_id = ?',
    )
    .pluck()
  const selectReview = database
    .prepare(
      `SELECT version.review FROM version JOIN asset ON asset.id = version.asset_id
       WHERE asset.connection_id = ? AND asset.remote_id = ? AND version.remote_id = ?`,
    )
    .pluck()
  /** A list that does not tell where a version stands says nothing against what was read of it. */
  const asStored = (
    connectionId: ConnectionId,
    assetRemoteId: string,
    version: RemoteAsset['versions'][0],
  ) => {
    if (version.review !== 'unknown') return version
    const stored = selectReview.get(connectionId, assetRemoteId, version.remoteId)
    return stored === undefined ? version : { ...version, review: reviewStatusSchema.parse(stored) }
  }
  /** Where votes are kept on this computer they stand for what the service does not say. */
  const asVoted = (connectionId: ConnectionId, remote: RemoteAsset): RemoteAsset => {
    const voted = (given: RemoteAsset['versions'][0]) => {
      const version = asStored(connectionId, remote.remoteId, given)
      const vote = selectVote.get(connectionId, remote.remoteId, version.remoteId)
      return vote === undefined ? version : { ...version, review: voteSchema.parse(vote) }
    }
    const [first, ...others] = remote.versions
    return { ...remote, versions: [voted(first), ...others.map(voted)] }
  }

  /** The asset and its versions, wherever it lies. */
  const write = (connectionId: ConnectionId, remote: RemoteAsset): { id: AssetId; isSame: boolean } => {
    const row = selectKnown.get(connectionId, remote.remoteId)
    const known = row === undefined ? undefined : knownSchema.parse(row)
    const wanted = {
      name: remote.name,
      kind: remote.kind,
      media_type: remote.mediaType,
      bytes: remote.bytes,
      created_at: remote.createdAt,
      is_ready: remote.isReady ? 1 : 0,
      thumbnail_key: remote.thumbnailKey,
      review: remote.versions[0].review,
      extra: JSON.stringify(
        remote.transferId === undefined
          ? remote.extra
          : { ...remote.extra, [transferKey]: remote.transferId },
      ),
      is_favourite:
        remote.isFavourite === undefined ? (known?.is_favourite ?? 0) : remote.isFavourite ? 1 : 0,
    }
    const id = known?.id ?? assetIdSchema.parse(newId())
    // Both in the order of the statement's columns.
    let isSame = known !== undefined && JSON.stringify({ id, ...wanted }) === JSON.stringify(row)
    if (!isSame) insertAsset.run({ id, connectionId, remoteId: remote.remoteId, ...wanted })
    remote.versions.forEach((version, index) => {
      const { remoteId, number, createdAt, author, review } = version
      const isCurrent = index === 0 ? 1 : 0
      const { changes } = insertVersion.run(
        newId(),
        id,
        remoteId,
        number,
        createdAt,
        author,
        review,
        isCurrent,
      )
      if (changes > 0) isSame = false
    })
    if (countVersions.get(id) !== remote.versions.length) {
      const listed = JSON.stringify(remote.versions.map(({ remoteId }) => remoteId))
      if (pruneVersions.run(id, listed).changes > 0) isSame = false
    }
    return { id, isSame }
  }

  const putPage = database.transaction(
    (
      connectionId: ConnectionId,
      placeId: PlaceId,
      assets: readonly RemoteAsset[],
      run: number,
      from: number | null,
    ): number => {
      let changed = 0
      assets.forEach((given, index) => {
        const remote = asVoted(connectionId, given)
        const position = from === null ? 0 : from + index
        const { id, isSame } = write(connectionId, remote)
        if (isSame && markSeen.run(run, placeId, id, position).changes === 1) return
        changed += 1
        insertPlacement.run(placeId, id, ...keysOf(remote), run, position)
      })
      return changed
    },
  )
  const prune = database.transaction((placeId: PlaceId, run: number): number => {
    const gone = pruneRun.run(placeId, run).changes
    if (gone > 0) sweep.run()
    return gone
  })
  const putOne = database.transaction(
    (connectionId: ConnectionId, given: RemoteAsset): AssetId | undefined => {
      const remote = asVoted(connectionId, given)
      if (selectKnown.get(connectionId, remote.remoteId) === undefined) return undefined
      const { id } = write(connectionId, remote)
      updatePlacements.run(...keysOf(remote), id)
      return id
    },
  )

  return {
    putPage: (connectionId, placeId, assets, run, from = null) =>
      putPage.immediate(connectionId, placeId, assets, run, from),
    nextRun: (placeId) => z.number().parse(selectRun.get(placeId)),
    prune: (placeId, run) => prune.immediate(placeId, run),
    putOne: (connectionId, asset) => putOne.immediate(connectionId, asset),
    sweep() {
      sweep.run()
    },
  }
}

/** Of a version: a comment that no service has, kept here by design or not sent yet, or one that was only begun. */
const hasOwnWords = `(EXISTS (SELECT 1 FROM comment WHERE version_id = version.id
     AND (comment.is_local_only = 1 OR EXISTS (SELECT 1 FROM outbox WHERE comment_id = comment.id)))
   OR version.id IN (SELECT draft.atom FROM setting, json_tree(iif(json_valid(setting.value), setting.value, '{}')) AS draft
     WHERE setting.name = '${draftsSetting}' AND draft.key = 'versionId'))`

/** The sort keys of a placement, in the order of its columns. */
function keysOf(remote: RemoteAsset): [number, string, number, string, string] {
  return [remote.createdAt ?? 0, remote.name, remote.bytes ?? 0, remote.kind, remote.versions[0].review]
}
