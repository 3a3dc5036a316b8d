import { z } from 'zod'
import type { HistoryEntry } from '../../../shared/assetLife.ts'
import type { FavouritePower, HistoryPower, VersionPower } from '../powers.ts'
import type { RemoteRef } from '../remote.ts'
import { calls } from './calls/index.ts'
import { deletedVersionsOf } from './mapping.ts'
import { nameOf, timeOf } from './mappingShared.ts'
import { allRows, isGone } from './paging.ts'
import type { Names } from './people.ts'
import type { Session } from './session.ts'
import type { HistoryEntry as IconikEntry } from './wireAssets.ts'
import { assetSchema, historySchema, versionSchema } from './wireAssets.ts'

const perPage = 200
const mostEntries = 500
const perCall = 500

/** The service's operations in words; one that it learnt since is shown in its own. */
const operations: Readonly<Record<string, string>> = {
  EXPORT: 'Exported',
  TRANSCODE: 'Proxies made',
  ANALYZE: 'Analysed',
  ADD_FORMAT: 'Format added',
  DELETE_FORMAT: 'Format removed',
  RESTORE_FORMAT: 'Format restored',
  DELETE_FILESET: 'Files removed',
  DELETE_FILE: 'File removed',
  RESTORE_FILESET: 'Files restored',
  MODIFY_FILESET: 'Files changed',
  APPROVE: 'Approved',
  REJECT: 'Changes asked for',
  DOWNLOAD: 'Downloaded',
  METADATA: 'Metadata changed',
  CUSTOM: 'Noted',
  TRANSCRIPTION: 'Transcribed',
  VERSION_CREATE: 'Version added',
  VERSION_DELETE: 'Version removed',
  VERSION_UPDATE: 'Version changed',
  VERSION_PROMOTE: 'Version made current',
  RESTORE: 'Restored',
  RESTORE_FROM_GLACIER: 'Restored from cold storage',
  ARCHIVE: 'Archived',
  RESTORE_ARCHIVE: 'Restored from the archive',
  DELETE: 'Moved to deleted items',
  TRANSFER: 'Transferred',
  UNLINK_SUBCLIP: 'Subclip unlinked',
  FACE_RECOGNITION: 'Faces looked for',
}

export function createHistory({ call }: Session, names: Names): HistoryPower {
  return {
    async entries({ remoteId }, signal) {
      const entries = await allRows(
        (page) =>
          call(
            calls['assets.listHistory'],
            {
              path: { asset_id: remoteId },
              query: { page, per_page: perPage, sort: 'date_created,desc' },
              answer: historySchema,
            },
            signal,
          ),
        mostEntries,
      )
      const people = await names.people(
        entries.map(({ user_id }) => user_id),
        signal,
      )
      return entries.map((entry) => entryOf(entry, people.get(entry.user_id ?? '')?.name ?? null))
    },
  }
}

function entryOf(entry: IconikEntry, name: string | null): HistoryEntry {
  const { operation_type } = entry
  return {
    key: entry.id,
    at: timeOf(entry.date_created, 0),
    by: name ?? (entry.share_user_id === null ? null : 'A guest'),
    what: operations[operation_type] ?? operation_type,
    detail: entry.operation_description ?? '',
  }
}

export function createVersions({ call }: Session): VersionPower {
  const remove = async (
    { remoteId }: RemoteRef,
    versionRemoteId: string,
    query: { readonly hard_delete?: true },
    signal: AbortSignal,
  ): Promise<void> => {
    const path = { asset_id: remoteId, version_id: versionRemoteId }
    try {
      await call(calls['assets.deleteVersion'], { path, query }, signal)
    } catch (error) {
      if (!isGone(error)) throw error
    }
  }
  return {
    async promote({ remoteId }, versionRemoteId, signal) {
      const path = { asset_id: remoteId, version_id: versionRemoteId }
      await call(calls['assets.promoteVersion'], { path }, signal)
    },
    remove: (asset, versionRemoteId, signal) => remove(asset, versionRemoteId, {}, signal),
    async deleted({ remoteId }, signal) {
      const path = { asset_id: remoteId }
      const { versions } = await call(calls['assets.readAsset'], { path, answer: assetSchema }, signal)
      return deletedVersionsOf(versions).map((version) => ({
        remoteId: version.id,
        number: Math.max(1, version.version_number ?? 1),
        createdAt: timeOf(version.date_created, null),
        author: nameOf(version.created_by_user_info) ?? null,
      }))
    },
    async restore({ remoteId }, versionRemoteId, signal) {
      const path = { asset_id: remoteId, version_id: versionRemoteId }
      const body = { status: 'ACTIVE' } as const
      await call(calls['assets.patchVersion'], { path, body, answer: versionSchema }, signal)
    },
    purge: (asset, versionRemoteId, signal) => remove(asset, versionRemoteId, { hard_delete: true }, signal),
  }
}

const changedSchema = z.unknown()

export function createFavourites({ call }: Session): FavouritePower {
  return {
    async set(remoteIds, isFavourite, signal) {
      const row = isFavourite ? calls['assets.addFavorites'] : calls['assets.removeFavorites']
      for (let at = 0; at < remoteIds.length; at += perCall) {
        const body = { object_ids: remoteIds.slice(at, at + perCall), object_type: 'assets' as const }
        await call(row, { body, answer: changedSchema }, signal)
      }
    },
  }
}
