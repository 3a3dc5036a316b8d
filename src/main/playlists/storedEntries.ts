import { AppError } from '../../shared/errors.ts'
import type { AssetId, EntryId, VersionId } from '../../shared/ids.ts'
import type { EntryDraft } from '../../shared/playlist.ts'
import { type PlayedSpan, spanOfRange } from '../../shared/playlistSpan.ts'
import type { PlaylistPower } from '../connectors/powers.ts'
import type { RemoteEntryDraft } from '../connectors/remote.ts'
import type { Refs } from '../library/refs.ts'
import type { AssetStore } from '../store/assetStore.ts'
import type { StoredEntry } from '../store/playlistStore.ts'

/** What an entry is changed to; what is left out stays. */
export interface EntryChange {
  readonly versionId?: VersionId | null | undefined
  readonly range?: StoredEntry['range'] | undefined
}

/** Entries between what the page says, what is kept, and what a service is told. `thing.notFound` for what is not known here. */
export interface StoredEntries {
  of(draft: EntryDraft, id: EntryId): StoredEntry
  changed(entry: StoredEntry, change: EntryChange): StoredEntry
  /** `request.invalid` with the reason `notMeasured` for a range whose frames cannot be told as times yet. */
  toService(entry: StoredEntry, holds: PlaylistPower['holds']): RemoteEntryDraft
}

export function createStoredEntries(assets: AssetStore, refs: Pick<Refs, 'asset'>): StoredEntries {
  const versionRemoteId = (versionId: VersionId, assetId: AssetId): string => {
    const origin = assets.originOf(versionId)
    if (origin === undefined || origin.assetId !== assetId)
      throw new AppError('thing.notFound', { thing: 'version' })
    return origin.versionRemoteId
  }
  const assetOf = ({ connectionId, assetRemoteId }: StoredEntry): AssetId => {
    const id = assets.ofRemote(connectionId, assetRemoteId)
    if (id === undefined) throw new AppError('thing.notFound', { thing: 'asset' })
    return id
  }
  const played = (entry: StoredEntry, assetId: AssetId): VersionId | undefined =>
    entry.versionRemoteId === null
      ? assets.get(assetId)?.latestVersionId
      : assets.versionOfRemote(assetId, entry.versionRemoteId)
  const spanOf = (entry: StoredEntry, assetId: AssetId): PlayedSpan | null => {
    if (entry.range === null) return entry.span
    const versionId = played(entry, assetId)
    const facts = versionId === undefined ? undefined : assets.mediaFacts(versionId)
    if (facts === undefined || facts.info.rate === null)
      throw new AppError('request.invalid', { reason: 'notMeasured', name: entry.name })
    return spanOfRange(entry.range, { rate: facts.info.rate, times: facts.times })
  }

  return {
    of({ assetId, versionId, range }, id) {
      const origin = assets.assetOrigin(assetId)
      const asset = assets.get(assetId)
      if (origin === undefined || asset === undefined)
        throw new AppError('thing.notFound', { thing: 'asset' })
      return {
        id,
        connectionId: origin.connectionId,
        assetRemoteId: origin.assetRemoteId,
        versionRemoteId: versionId === null ? null : versionRemoteId(versionId, assetId),
        name: asset.name,
        range,
        span: null,
        remoteId: null,
        problem: null,
      }
    },
    changed: (entry, { versionId, range }) => ({
      ...entry,
      ...(range === undefined ? {} : { range, span: null }),
      ...(versionId === undefined
        ? {}
        : { versionRemoteId: versionId === null ? null : versionRemoteId(versionId, assetOf(entry)) }),
    }),
    toService(entry, holds) {
      const assetId = assetOf(entry)
      const newest = assets.get(assetId)?.latestVersionId
      return {
        asset: refs.asset(assetId).ref,
        versionRemoteId:
          entry.versionRemoteId ??
          (holds.newest || newest === undefined ? null : versionRemoteId(newest, assetId)),
        span: holds.ranges ? spanOf(entry, assetId) : null,
      }
    },
  }
}
