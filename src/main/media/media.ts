import { stat } from 'node:fs/promises'
import type { Output } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, SourceId, VersionId } from '../../shared/ids.ts'
import type { Connector, MediaUse } from '../connectors/connector.ts'
import type { ProxyPower } from '../connectors/powers.ts'
import type { MediaLink, MediaRef } from '../connectors/remote.ts'
import type { AssetStore, MediaFacts, VersionOrigin } from '../store/assetStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'
import { readFacts } from './mediaFacts.ts'
import { bytesFound, type MediaPlace, type PlaceBytes } from './placeBytes.ts'

export interface MediaParts {
  readonly assets: AssetStore
  readonly places: PlaceStore
  readonly connector: (id: ConnectionId) => Connector
  /** The service refused a session that has ended. */
  readonly sessionEnded: (id: ConnectionId, error: AppError) => void
  /** As it was when it was sent. */
  readonly sourceFile: (
    id: SourceId,
  ) => Promise<{ path: string; mediaType: string; bytes: number; modifiedNs: string }>
  readonly fetch: typeof fetch
  readonly mediaInfoWasm: string
}

/** A proxy of the service, by its key there. */
export interface ProxyUse {
  readonly proxy: string
}
export type PlayedUse = Exclude<MediaUse, 'thumbnail'> | ProxyUse

/** Finds the bytes of versions, pictures and local files, and what the media says of itself. */
export interface Media {
  /** Where the service's own medium is. */
  open(versionId: VersionId): Promise<Omit<Output<'media.open'>, 'own'>>
  /** What was read from it before. */
  known(versionId: VersionId): MediaFacts | undefined
  /** Of what belongs to a version: `/play` and the like follow. */
  urlOf(versionId: VersionId): string
  /** `isFresh`: the last link has died. Fails with `remote.notFound` when there is nothing to play. */
  find(
    versionId: VersionId,
    use: PlayedUse | 'thumbnail',
    isFresh: boolean,
    signal: AbortSignal,
  ): Promise<MediaPlace>
  /** The service's proxies of a version, the one it plays by itself first. */
  serviceProxies(versionId: VersionId, signal: AbortSignal): ReturnType<ProxyPower['list']>
  /**
   * The bytes of the original: the file it was sent from where that lies here as it was, else the service's; where the
   * service does not give it out, of what plays. Undefined for a picture that does not move.
   */
  openOriginal(versionId: VersionId, signal: AbortSignal): Promise<Original | undefined>
  connectionOf(versionId: VersionId): ConnectionId
  sourceOf(id: AssetId): { origin: VersionOrigin; versionId: VersionId; key: string | null }
}

export interface Original {
  readonly bytes: PlaceBytes
  /** What to find it by again. `play`: this is not the original itself. */
  readonly use: 'play' | 'original'
}

/** Somebody who may look need not be allowed to have the file. */
const notGiven: ReadonlySet<string> = new Set(['remote.notFound', 'remote.refused', 'auth.forbidden'])

export function createMedia(parts: MediaParts): Media {
  const { assets, places } = parts

  const originOf = (versionId: VersionId): VersionOrigin => {
    const origin = assets.originOf(versionId)
    if (origin === undefined) throw new AppError('thing.notFound', { thing: 'version' })
    return origin
  }
  const localFile = async (origin: VersionOrigin, mustBeAsSent: boolean): Promise<MediaPlace | undefined> => {
    // Of an asset with several versions nobody knows which of them the file is.
    if (origin.sourceId === null || assets.versions(origin.assetId).length > 1) return undefined
    try {
      const source = await parts.sourceFile(origin.sourceId)
      const { size, mtimeNs } = await stat(source.path, { bigint: true })
      const stored = assets.get(origin.assetId)?.bytes ?? source.bytes
      const isAsSent =
        Number(size) === source.bytes && String(mtimeNs) === source.modifiedNs && stored === source.bytes
      if (mustBeAsSent && !isAsSent) return undefined
      return { kind: 'file', path: source.path, mediaType: source.mediaType }
    } catch {
      // Moved away since, or its transfer was cleared: the service is asked instead.
      return undefined
    }
  }

  const refOf = ({ placeId, assetRemoteId: remoteId, versionRemoteId }: VersionOrigin): MediaRef => {
    const place = places.get(placeId)
    if (place === undefined) throw new AppError('thing.notFound', { thing: 'place' })
    return { remoteId, versionRemoteId, place: place.remote.remote }
  }
  const linkOf = (
    connector: Connector,
    ref: MediaRef,
    use: PlayedUse | 'thumbnail',
    isFresh: boolean,
    signal: AbortSignal,
  ): Promise<MediaLink | undefined> | undefined =>
    typeof use === 'string'
      ? connector.media(ref, use, isFresh, signal)
      : connector.can.proxies?.link(ref, use.proxy, isFresh, signal)
  const tellEnded = ({ connectionId }: VersionOrigin, error: unknown) => {
    if (error instanceof AppError && error.code === 'auth.expired') parts.sessionEnded(connectionId, error)
  }

  const find: Media['find'] = async (versionId, use, isFresh, signal) => {
    const origin = originOf(versionId)
    const ref = refOf(origin)
    // What was sent from here need not be fetched again.
    const sent = use === 'original' ? await localFile(origin, true) : undefined
    if (sent !== undefined) return sent
    let refused: unknown
    try {
      const link = await linkOf(parts.connector(origin.connectionId), ref, use, isFresh, signal)
      if (link !== undefined) return { kind: 'link', link }
    } catch (error) {
      refused = error
      tellEnded(origin, error)
    }
    const file = use === 'play' ? await localFile(origin, false) : undefined
    if (file !== undefined) return file
    throw refused ?? new AppError('remote.notFound', { thing: typeof use === 'string' ? use : 'play' })
  }

  const bytesOf = (versionId: VersionId, use: PlayedUse, signal: AbortSignal): Promise<PlaceBytes> =>
    bytesFound((isFresh) => find(versionId, use, isFresh, signal), parts.fetch, signal)

  const urlOf = (versionId: VersionId) =>
    `media://${originOf(versionId).connectionId.toLowerCase()}/version/${versionId}`

  return {
    find,
    urlOf,
    async serviceProxies(versionId, signal) {
      const origin = originOf(versionId)
      try {
        return (await parts.connector(origin.connectionId).can.proxies?.list(refOf(origin), signal)) ?? []
      } catch (error) {
        tellEnded(origin, error)
        throw error
      }
    },
    known: (versionId) => assets.mediaFacts(versionId),
    async open(versionId) {
      const url = `${urlOf(versionId)}/play`
      const known = assets.mediaFacts(versionId)
      if (known !== undefined) return { url, ...known }
      const signal = AbortSignal.timeout(60_000)
      const bytes = await bytesOf(versionId, 'play', signal)
      try {
        const facts = await readFacts(bytes, parts.mediaInfoWasm)
        assets.setMediaFacts(versionId, facts)
        return { url, ...facts }
      } finally {
        await bytes.close()
      }
    },
    async openOriginal(versionId, signal) {
      if (assets.get(originOf(versionId).assetId)?.kind === 'image') return undefined
      try {
        return { bytes: await bytesOf(versionId, 'original', signal), use: 'original' }
      } catch (error) {
        if (!(error instanceof AppError) || !notGiven.has(error.code)) throw error
        return { bytes: await bytesOf(versionId, 'play', signal), use: 'play' }
      }
    },
    connectionOf: (versionId) => originOf(versionId).connectionId,
    sourceOf(id) {
      const asset = assets.get(id)
      if (asset === undefined) throw new AppError('thing.notFound', { thing: 'asset' })
      return {
        origin: originOf(asset.latestVersionId),
        versionId: asset.latestVersionId,
        key: asset.thumbnailKey,
      }
    },
  }
}
