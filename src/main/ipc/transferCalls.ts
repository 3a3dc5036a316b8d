import type { calls } from '../../shared/contract.ts'
import { AppError, toFailure } from '../../shared/errors.ts'
import type { GrantId, SourceId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { Transfer } from '../../shared/transfer.ts'
import type { AskService } from '../connections/askService.ts'
import type { Grants } from '../drops/grants.ts'
import type { OpenDrops } from '../drops/openDrops.ts'
import type { Metadata } from '../library/metadata.ts'
import type { Refs } from '../library/refs.ts'
import type { Notices } from '../notices.ts'
import type { ConnectionStore } from '../store/connectionStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'
import type { TransferHostProcess } from '../transferHostProcess.ts'
import type { WantedPictures } from '../wantedPictures.ts'

type Names = Extract<
  keyof typeof calls,
  `drops.${string}` | `transfers.${string}` | `thumbnails.${string}` | `notices.${string}`
>

export interface TransferCallParts {
  readonly host: TransferHostProcess
  readonly grants: Grants
  readonly drops: OpenDrops
  readonly notices: Pick<Notices, 'list' | 'putAway'>
  /** Fills in the asset a finished transfer became, which only the library knows. */
  readonly withAsset: (transfer: Transfer) => Transfer
  readonly places: PlaceStore
  readonly connections: ConnectionStore
  readonly refs: Refs
  readonly service: AskService
  readonly metadata: Metadata
  readonly pictures: Pick<WantedPictures, 'settled'>
  /** The system's own dialog; paths the user chose. */
  readonly choose: (kind: 'files' | 'folders') => Promise<string[]>
}

export function transferCalls(parts: TransferCallParts): Pick<Handlers<typeof calls>, Names> {
  const { host, grants, drops, places, connections, pictures } = parts
  const settle = async (sourceId: SourceId, jpeg: Uint8Array<ArrayBuffer> | null) => {
    await host.call.thumbnail({ sourceId, jpeg })
    pictures.settled(sourceId)
  }
  return {
    'drops.choose': async ({ kind }) => {
      const ids: GrantId[] = []
      for (const path of await parts.choose(kind)) ids.push(await grants.add(path))
      return ids
    },
    'drops.scan': ({ grants: ids, placeId, versionOf }) =>
      drops.scan(grants.pathsOf(ids), versionOf === null ? placeId : null),
    'drops.setPlace': ({ scanId, placeId }) => drops.setPlace(scanId, placeId),
    'drops.send': async ({ scanId, placeId, versionOf, metadata }) => {
      const found = places.get(placeId)
      if (found === undefined) throw new AppError('thing.notFound', { thing: 'place' })
      const { place, remote } = found
      const asset = versionOf === null ? undefined : parts.refs.asset(versionOf)
      if (!place.takesUploads && asset === undefined)
        throw new AppError('request.invalid', { call: 'drops.send', reason: 'takesNoUploads' })
      if (asset !== undefined) {
        parts.service.mustHave(asset.connectionId, 'versionUpload')
        if (asset.connectionId !== place.connectionId)
          throw new AppError('request.invalid', { call: 'drops.send', reason: 'severalConnections' })
      }
      if (metadata !== null) await parts.metadata.check(placeId, metadata)
      const path = places.path(placeId).map((step) => step.name)
      const owner = connections.get(place.connectionId)?.name
      const destination = {
        connectionId: place.connectionId,
        placeId,
        path: owner === undefined ? path : [owner, ...path],
        versionOf,
      }
      const sent = await host.call.send({
        scanId,
        destination,
        remote: remote.remote,
        ...(asset === undefined ? {} : { versionOf: asset.ref.remoteId }),
        ...(metadata === null ? {} : { metadata }),
      })
      drops.ended(scanId)
      return sent
    },
    'drops.discard': async ({ scanId }) => {
      drops.ended(scanId)
      try {
        await host.call.discard({ scanId })
      } catch (error) {
        // What had looked is gone, and what it had seen with it.
        if (toFailure(error).code !== 'transfer.hostStopped') throw error
      }
    },
    'transfers.list': async (input) => {
      const { rows, total } = await host.call.list(input)
      return { rows: rows.map(parts.withAsset), total }
    },
    'transfers.summary': () => host.call.summary(),
    'transfers.get': async (input) => {
      const detail = await host.call.get(input)
      return { ...detail, transfer: parts.withAsset(detail.transfer) }
    },
    'transfers.pause': (input) => host.call.pause(input),
    'transfers.resume': (input) => host.call.resume(input),
    'transfers.cancel': (input) => host.call.cancel(input),
    'transfers.retry': (input) => host.call.retry(input),
    'transfers.sendFirst': (input) => host.call.sendFirst(input),
    'transfers.clear': () => host.call.clear(),
    'transfers.open': () => host.call.open(),
    'notices.list': async () => parts.notices.list(),
    'notices.putAway': async ({ of }) => parts.notices.putAway(of),
    'thumbnails.store': ({ sourceId, jpeg }) => settle(sourceId, jpeg),
    'thumbnails.skip': ({ sourceId }) => settle(sourceId, null),
  }
}
