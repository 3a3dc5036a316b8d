import type { FrameRate } from '../../../shared/frameRate.ts'
import { frameRates, parseFrameRate } from '../../../shared/frameRate.ts'
import type { MediaUse } from '../connector.ts'
import { createLinkMemory } from '../linkMemory.ts'
import type { ProxyPower } from '../powers.ts'
import type { ConnectorParts } from '../provider.ts'
import type { MediaLink, MediaRef } from '../remote.ts'
import { calls } from './calls/index.ts'
import { pictureOf } from './mapping.ts'
import { allAfter, orElse } from './paging.ts'
import type { Session } from './session.ts'
import type { AssetRow } from './wireAssets.ts'
import type { Keyframe, RemoteFile, RemoteProxy } from './wireFiles.ts'
import { downloadUrlSchema, filesSchema, keyframesSchema, proxiesSchema } from './wireFiles.ts'

const perPage = 100
const mostRates = 20_000
/** Sound without a picture has no frames of its own; comments on it count in these. */
const soundRate = frameRates['25']

/** Where the bytes of versions and pictures can be read, and how fast the frames of a version go. */
export interface Media {
  link(ref: MediaRef, use: MediaUse, fresh: boolean, signal: AbortSignal): Promise<MediaLink | undefined>
  /** By its proxy, which is what people comment on. 25 where nothing has a rate. */
  rateOf(assetId: string, versionId: string, signal: AbortSignal): Promise<FrameRate>
  readonly ofService: ProxyPower
  /** Keeps the links of pictures that came with a list. */
  remember(rows: readonly AssetRow[]): void
  proxies(assetId: string, signal: AbortSignal): Promise<RemoteProxy[]>
  keyframes(assetId: string, signal: AbortSignal): Promise<Keyframe[]>
  files(assetId: string, signal: AbortSignal): Promise<RemoteFile[]>
}

export function createMedia({ call }: Session, { clock }: ConnectorParts): Media {
  const pictures = createLinkMemory<MediaLink>(() => clock.now())
  const rates = new Map<string, FrameRate>()

  const listProxies = (assetId: string, withUrls: boolean, fresh: boolean, signal: AbortSignal) =>
    allAfter(
      (last_id) =>
        call(
          calls['files.listProxies'],
          {
            path: { asset_id: assetId },
            query: {
              per_page: perPage,
              include_all_versions: true,
              generate_signed_url: withUrls,
              ...(withUrls ? { content_disposition: 'inline' } : {}),
              ...(fresh ? { bypass_url_cache: true } : {}),
              last_id,
            },
            answer: proxiesSchema,
          },
          signal,
        ),
      perPage,
    )
  const listKeyframes = (assetId: string, withUrls: boolean, signal: AbortSignal) =>
    allAfter(
      (last_id) =>
        call(
          calls['files.listKeyframes'],
          {
            path: { asset_id: assetId },
            query: { per_page: perPage, include_all_versions: true, generate_signed_url: withUrls, last_id },
            answer: keyframesSchema,
          },
          signal,
        ),
      perPage,
    )
  const listFiles = (assetId: string, signal: AbortSignal) =>
    allAfter(
      (last_id) =>
        call(
          calls['files.listFiles'],
          {
            path: { asset_id: assetId },
            query: { per_page: perPage, generate_signed_url: false, last_id },
            answer: filesSchema,
          },
          signal,
        ),
      perPage,
    )
  const filesOfVersion = (assetId: string, versionId: string, signal: AbortSignal) =>
    allAfter(
      (last_id) =>
        call(
          calls['files.listVersionFiles'],
          {
            path: { asset_id: assetId, version_id: versionId },
            query: { per_page: perPage, generate_signed_url: false, last_id },
            answer: filesSchema,
          },
          signal,
        ),
      perPage,
    )

  /** A proxy that names no version speaks for its asset. */
  const noteRates = (assetId: string, proxies: readonly RemoteProxy[]) => {
    if (rates.size > mostRates) rates.clear()
    for (const { version_id, frame_rate, status } of proxies) {
      const rate = frame_rate === null || status === 'DELETED' ? undefined : parseFrameRate(frame_rate)
      if (rate !== undefined) rates.set(version_id ?? assetId, rate)
    }
  }

  const watchable = async (ref: MediaRef, fresh: boolean, signal: AbortSignal): Promise<RemoteProxy[]> => {
    const proxies = await orElse(() => listProxies(ref.remoteId, true, fresh, signal), [])
    noteRates(ref.remoteId, proxies)
    return sharpestFirst(proxies, versionOf(ref))
  }

  /** A proxy plays everywhere; before there is one the file itself is offered. */
  const play = async (ref: MediaRef, fresh: boolean, signal: AbortSignal): Promise<MediaLink | undefined> =>
    proxyLink((await watchable(ref, fresh, signal))[0]) ?? original(ref.remoteId, versionOf(ref), signal)

  const original = async (
    remoteId: string,
    version: string | undefined,
    signal: AbortSignal,
  ): Promise<MediaLink | undefined> => {
    const files = await orElse(
      () => (version === undefined ? listFiles(remoteId, signal) : filesOfVersion(remoteId, version, signal)),
      [],
    )
    const file = files
      .filter(({ status, type }) => status === 'CLOSED' && type !== 'DIRECTORY')
      .sort((a, b) => (b.size ?? 0) - (a.size ?? 0))[0]
    if (file === undefined) return undefined
    const path = { asset_id: remoteId, file_id: file.id }
    const answer = await orElse(
      () => call(calls['files.readFileDownloadUrl'], { path, answer: downloadUrlSchema }, signal),
      undefined,
    )
    return answer && { url: answer.url, mediaType: null }
  }

  const thumbnail = async ({ remoteId }: MediaRef, signal: AbortSignal): Promise<MediaLink | undefined> => {
    const keyframes = await orElse(() => listKeyframes(remoteId, true, signal), [])
    const picture = pictureOf({ keyframes: newestFirst(keyframes), ...unchosen })
    return linkOf(picture)
  }

  return {
    async link(ref, use, fresh, signal) {
      if (use === 'play') return play(ref, fresh, signal)
      if (use === 'original') return original(ref.remoteId, versionOf(ref), signal)
      const known = fresh ? undefined : pictures.recall(ref.remoteId)
      const link = known ?? (await thumbnail(ref, signal))
      if (link !== undefined) pictures.remember(ref.remoteId, link)
      return link
    },
    async rateOf(assetId, versionId, signal) {
      const known = rates.get(versionId)
      if (known !== undefined) return known
      noteRates(assetId, await orElse(() => listProxies(assetId, false, false, signal), []))
      return rates.get(versionId) ?? rates.get(assetId) ?? soundRate
    },
    remember(rows) {
      for (const row of rows) {
        const link = linkOf(pictureOf(row))
        if (link !== undefined) pictures.remember(row.id, link)
      }
    },
    ofService: {
      list: async (ref, signal) =>
        (await watchable(ref, false, signal)).flatMap((proxy) => {
          const link = proxyLink(proxy)
          return link === undefined ? [] : [{ key: proxy.id, link }]
        }),
      link: async (ref, key, fresh, signal) =>
        proxyLink((await watchable(ref, fresh, signal)).find(({ id }) => id === key)),
    },
    proxies: (assetId, signal) => listProxies(assetId, false, false, signal),
    keyframes: (assetId, signal) => listKeyframes(assetId, false, signal),
    files: listFiles,
  }
}

/** An asset that is shown without a version has its own id in the version's place. */
const versionOf = ({ remoteId, versionRemoteId }: MediaRef) =>
  versionRemoteId === remoteId ? undefined : versionRemoteId

const unchosen = { custom_poster: null, custom_keyframe: null, versions: [] }

/** Lists of `files` stand in the order their rows were made. */
const newestFirst = (keyframes: readonly Keyframe[]): AssetRow['keyframes'] =>
  keyframes
    .map(({ id, type, status, url, name, version_id }) => ({
      ...{ id, type, status, url, name, version_id },
      size: null,
    }))
    .reverse()

function linkOf(picture: { readonly url: string | null } | undefined): MediaLink | undefined {
  return picture?.url ? { url: picture.url, mediaType: 'image/jpeg' } : undefined
}

/** Those of the version, else of the newest version that has any. */
function sharpestFirst(proxies: readonly RemoteProxy[], version: string | undefined): RemoteProxy[] {
  const there = proxies.filter(({ status, url }) => (status === null || status === 'CLOSED') && url)
  const newest = version ?? there.at(-1)?.version_id
  return there
    .filter(({ version_id }) => version_id === null || newest === null || version_id === newest)
    .sort((a, b) => (b.resolution?.height ?? 0) - (a.resolution?.height ?? 0))
}

const proxyLink = (proxy: RemoteProxy | undefined): MediaLink | undefined =>
  proxy?.url ? { url: proxy.url, mediaType: proxyType(proxy) } : undefined

const proxyTypes: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  mov: 'video/mp4',
  webm: 'video/webm',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
}

function proxyType({ filename, format }: RemoteProxy): string | null {
  const ending = filename?.split('.').at(-1)?.toLowerCase() ?? ''
  return proxyTypes[ending] ?? proxyTypes[format?.toLowerCase() ?? ''] ?? null
}
