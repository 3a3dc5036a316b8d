import { open, stat } from 'node:fs/promises'
import type { Output } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, SourceId, VersionId } from '../../shared/ids.ts'
import type { Connector, MediaLink, MediaUse } from '../connectors/connector.ts'
import type { AssetStore, MediaFacts, VersionOrigin } from '../store/assetStore.ts'
import type { PlaceStore } from '../store/placeStore.ts'
import { readAtMost } from './boundedBody.ts'
import type { MediaBytes } from './mediaInfo.ts'
import { readMediaInfo } from './mediaInfo.ts'
import { fileBudget, linkBudget } from './times/byteWindow.ts'
import { readClipTimes } from './times/clipTimes.ts'

/** Where bytes lie: at a link that was just given out, or in a file of this computer. */
export type MediaPlace =
  | { readonly kind: 'link'; readonly link: MediaLink }
  | { readonly kind: 'file'; readonly path: string; readonly mediaType: string }

export interface MediaParts {
  readonly assets: AssetStore
  readonly places: PlaceStore
  readonly connector: (id: ConnectionId) => Connector
  readonly sourceFile: (id: SourceId) => Promise<{ path: string; mediaType: string; bytes: number }>
  readonly fetch: typeof fetch
  readonly mediaInfoWasm: string
}

/** Finds the bytes of versions, pictures and local files, and what the media says of itself. */
export interface Media {
  /** Where the service's own medium is. */
  open(versionId: VersionId): Promise<Omit<Output<'media.open'>, 'own'>>
  /** What was read from it before. */
  known(versionId: VersionId): MediaFacts | undefined
  /** Of what belongs to a version: `/play` and the like follow. */
  urlOf(versionId: VersionId): string
  /** `isFresh`: the last link has died. Fails with `remote.notFound` when there is nothing to play. */
  find(versionId: VersionId, use: MediaUse, isFresh: boolean, signal: AbortSignal): Promise<MediaPlace>
  connectionOf(versionId: VersionId): ConnectionId
  sourceOf(id: AssetId): { origin: VersionOrigin; versionId: VersionId; key: string | null }
}

export function createMedia(parts: MediaParts): Media {
  const { assets, places } = parts

  const originOf = (versionId: VersionId): VersionOrigin => {
    const origin = assets.originOf(versionId)
    if (origin === undefined) throw new AppError('thing.notFound', { thing: 'version' })
    return origin
  }
  const localFile = async (origin: VersionOrigin): Promise<MediaPlace | undefined> => {
    // Of an asset with several versions nobody knows which of them the file is.
    if (origin.sourceId === null || assets.versions(origin.assetId).length > 1) return undefined
    try {
      const source = await parts.sourceFile(origin.sourceId)
      await stat(source.path)
      return { kind: 'file', path: source.path, mediaType: source.mediaType }
    } catch {
      // Moved away since, or its transfer was cleared: the service is asked instead.
      return undefined
    }
  }

  const find: Media['find'] = async (versionId, use, isFresh, signal) => {
    const origin = originOf(versionId)
    const place = places.get(origin.placeId)
    if (place === undefined) throw new AppError('thing.notFound', { thing: 'place' })
    const ref = {
      remoteId: origin.assetRemoteId,
      versionRemoteId: origin.versionRemoteId,
      place: place.remote.remote,
    }
    let refused: unknown
    try {
      const link = await parts.connector(origin.connectionId).media(ref, use, isFresh, signal)
      if (link !== undefined) return { kind: 'link', link }
    } catch (error) {
      refused = error
    }
    const file = use === 'play' ? await localFile(origin) : undefined
    if (file !== undefined) return file
    throw refused ?? new AppError('remote.notFound', { thing: use })
  }

  const bytesAt = async (
    place: MediaPlace,
    signal: AbortSignal,
  ): Promise<MediaBytes & { readonly isLink: boolean; close(): Promise<void> }> => {
    if (place.kind === 'file') {
      const handle = await open(place.path, 'r')
      const { size } = await handle.stat()
      return {
        size,
        isLink: false,
        async read(offset, length) {
          const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(length), position: offset })
          return buffer.subarray(0, bytesRead)
        },
        close: () => handle.close(),
      }
    }
    const ask = async (from: number, to: number) => {
      const response = await parts.fetch(place.link.url, {
        headers: { range: `bytes=${from}-${to}` },
        redirect: 'error',
        signal,
      })
      if (response.status !== 206) throw new AppError('remote.refused', { status: response.status })
      return response
    }
    const first = await ask(0, 0)
    const size = Number(/\/(\d+)$/.exec(first.headers.get('content-range') ?? '')?.[1])
    await first.body?.cancel()
    if (!Number.isSafeInteger(size)) throw new AppError('remote.badReply', { field: 'content-range' })
    return {
      size,
      isLink: true,
      async read(offset, length) {
        if (offset >= size) return new Uint8Array(0)
        const last = Math.min(size, offset + length) - 1
        const bytes = await readAtMost((await ask(offset, last)).body, last - offset + 1)
        if (bytes === undefined) throw new AppError('remote.badReply', { field: 'body', reason: 'tooLong' })
        return bytes
      },
      close: () => Promise.resolve(),
    }
  }

  /** A remembered link may have died: one fresh one, then the refusal is the truth. */
  const bytesOf = async (versionId: VersionId, signal: AbortSignal) => {
    const place = await find(versionId, 'play', false, signal)
    try {
      return await bytesAt(place, signal)
    } catch (error) {
      if (place.kind === 'file' || !(error instanceof AppError) || error.code !== 'remote.refused')
        throw error
      return bytesAt(await find(versionId, 'play', true, signal), signal)
    }
  }

  const urlOf = (versionId: VersionId) =>
    `media://${originOf(versionId).connectionId.toLowerCase()}/version/${versionId}`

  return {
    find,
    urlOf,
    known: (versionId) => assets.mediaFacts(versionId),
    async open(versionId) {
      const url = `${urlOf(versionId)}/play`
      const known = assets.mediaFacts(versionId)
      if (known !== undefined) return { url, ...known }
      const signal = AbortSignal.timeout(60_000)
      const bytes = await bytesOf(versionId, signal)
      try {
        const info = await readMediaInfo(bytes, parts.mediaInfoWasm)
        const facts = await readClipTimes(bytes, info, bytes.isLink ? linkBudget : fileBudget)
        assets.setMediaFacts(versionId, facts)
        return { url, ...facts }
      } finally {
        await bytes.close()
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
