import { join } from 'node:path'
import process from 'node:process'
import type { EventName, Payload } from '../shared/contract.ts'
import type { ConnectionId } from '../shared/ids.ts'
import { isLocalPicture, madePictureOf } from '../shared/place.ts'
import type { AskService } from './connections/askService.ts'
import { storedSettings } from './ipc/appCalls.ts'
import type { MediaCallParts } from './ipc/mediaCalls.ts'
import type { Refs } from './library/refs.ts'
import { createCaptionStore } from './media/captionStore.ts'
import { createFfmpegFinder } from './media/ffmpegTool.ts'
import { createFileCaptionStore } from './media/fileCaptionStore.ts'
import { createFileCaptions } from './media/fileCaptions.ts'
import type { Media } from './media/media.ts'
import { mediaAnswer, playAnswer } from './media/mediaAnswer.ts'
import { readFacts } from './media/mediaFacts.ts'
import { createOwnProxies } from './media/ownProxies.ts'
import { createPosters } from './media/posters.ts'
import { createProxyCache } from './media/proxyCache.ts'
import { createRenditions } from './media/renditions.ts'
import type { ThumbnailCache } from './media/thumbnailCache.ts'
import { createVersionCaptions } from './media/versionCaptions.ts'
import type { AssetStore } from './store/assetStore.ts'
import type { SettingStore } from './store/settingStore.ts'

export interface ComposeMediaParts {
  readonly profile: string
  readonly settings: SettingStore
  readonly assets: AssetStore
  readonly media: Media
  readonly mediaInfoWasm: string
  readonly thumbnails: ThumbnailCache
  readonly refs: Refs
  readonly service: AskService
  readonly path: string
  readonly home: string
  readonly tell: <E extends EventName>(name: E, payload: Payload<E>) => void
  readonly report: (error: unknown, where?: string) => void
  readonly now: () => number
}

/** What this computer makes and keeps of media: pictures, review proxies and captions. */
export interface MediaSide
  extends Pick<
    MediaCallParts,
    'posters' | 'proxies' | 'renditions' | 'ffmpeg' | 'captions' | 'fileCaptions'
  > {
  settingsChanged(): void
  removeConnection(id: ConnectionId): void
  start(): Promise<void>
}

/** Progress of a proxy reaches the window at most this often, in milliseconds. */
const shareInterval = 250

export function composeMedia(parts: ComposeMediaParts): MediaSide {
  const { profile, settings, assets, media, thumbnails, tell, report, now } = parts
  const failed = (error: unknown) => report(error, 'proxies')
  const limit = () => storedSettings(settings).proxyLimit
  const ffmpeg = createFfmpegFinder({
    settings,
    path: parts.path,
    platform: process.platform,
    home: parts.home,
  })
  const captionFolder = join(profile, 'captions')
  const kept = createCaptionStore(captionFolder, media.connectionOf)
  const captions = createVersionCaptions({ kept, refs: parts.refs, service: parts.service })
  const fileCaptions = createFileCaptions({
    kept: createFileCaptionStore(captionFolder, media.connectionOf),
    media,
    answer: (versionId, use) => mediaAnswer({ media, fetch: globalThis.fetch }, versionId, use),
    tool: () => ffmpeg.tool(),
    report: (error) => report(error, 'captions'),
  })
  let toldAt = 0
  const proxies = createOwnProxies({
    cache: createProxyCache(join(profile, 'proxies')),
    tool: () => ffmpeg.tool(),
    connectionOf: media.connectionOf,
    infoOf: async (versionId) => (await media.open(versionId)).info,
    answer: (versionId, request) => playAnswer({ media, fetch: globalThis.fetch }, versionId, request),
    async pictureMade(versionId, jpeg) {
      const origin = assets.originOf(versionId)
      const asset = origin === undefined ? undefined : assets.get(origin.assetId)
      // A picture of the service's own goes before ours.
      if (asset?.latestVersionId !== versionId || asset.thumbnailKey === null) return
      if (madePictureOf(asset.thumbnailKey) !== undefined) await posters.keep(versionId, jpeg)
      else if (isLocalPicture(asset.thumbnailKey))
        await thumbnails.put(asset.connectionId, asset.id, asset.thumbnailKey, jpeg)
      else return
      tell('assets.changed', { placeId: asset.placeId })
    },
    changed(versionId, proxy) {
      const isStep = proxy.state === 'making' && proxy.share !== null
      if (isStep && now() - toldAt < shareInterval) return
      toldAt = isStep ? now() : 0
      tell('proxies.changed', { versionId, proxy })
    },
    limit,
    report: failed,
    now,
  })
  const posters = createPosters({
    cache: thumbnails,
    originOf: (versionId) => assets.originOf(versionId),
    ofOwnProxy: (versionId) => proxies.file(versionId, 'poster'),
    known: media.known,
    answer: (versionId) => mediaAnswer({ media, fetch: globalThis.fetch }, versionId, 'play'),
    tool: () => ffmpeg.tool(),
    report: (error) => report(error, 'pictures'),
  })
  const renditions = createRenditions({
    media,
    proxies,
    fetch: globalThis.fetch,
    readFacts: (bytes) => readFacts(bytes, parts.mediaInfoWasm),
    report: (error) => report(error, 'media'),
    now,
  })
  let known = limit()
  return {
    posters,
    proxies,
    renditions,
    ffmpeg,
    captions,
    fileCaptions,
    settingsChanged() {
      const before = known
      known = limit()
      if (known < before) proxies.shrink().catch(failed)
    },
    removeConnection(id) {
      proxies.removeConnection(id).catch(failed)
      kept.removeConnection(id).catch(failed)
    },
    start: () => proxies.start().catch(failed),
  }
}
