import { create } from 'zustand'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'
import type { AssetKind } from '../../shared/place.ts'
import { isLocalPicture } from '../../shared/place.ts'
import { ask, subscribe } from '../bridge.ts'
import { useTransfers } from '../queue/transferStore.ts'
import { useApp } from '../shell/appStore.ts'
import { stillUrl } from './mediaUrl.ts'
import { PictureLine } from './pictureLine.ts'
import { followPlaying, isPlaying } from './playing.ts'
import { takePicture } from './takePicture.ts'

/** A clip whose service has no picture of it. */
export interface Unpictured {
  readonly versionId: VersionId
  readonly connectionId: ConnectionId
  readonly kind: AssetKind
  /** See `Asset.thumbnailKey`. */
  readonly key: string | null
  readonly isReady: boolean
  readonly createdAt: number | null
}

/** A turn of the wheel follows the one before within this; a look at a card lasts longer. */
const restMs = 200
/** A service that has shown nothing by then will not. */
const makingMs = 10 * 60_000
/** What could not be made is not tried again before. */
const againMs = 10 * 60_000
const mostFailures = 5000

const usePosters = create<Readonly<Record<VersionId, number>>>(() => ({}))
/** How often a picture of it was made since the page was opened: whoever shows it asks again. */
export const usePosterCount = (id: VersionId): number => usePosters((made) => made[id] ?? 0)
const posterMade = (id: VersionId) => usePosters.setState((made) => ({ [id]: (made[id] ?? 0) + 1 }))

const failures = new Map<VersionId, number>()
/** Another with every page that is opened. */
let attempts = Date.now()

const isSending = () => (useTransfers.getState().summary?.moving ?? 0) > 0

/** Nothing while something plays or nobody can see it; files on their way keep most of the computer. */
function atOnce(): number {
  if (isPlaying() || document.visibilityState === 'hidden') return 0
  return isSending() ? 1 : 2
}

const line = new PictureLine({
  atOnce,
  restMs,
  later(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
})

const onlineOnes = ({ connections }: ReturnType<typeof useApp.getState>) =>
  connections.filter(({ state }) => state === 'online').length

/** A service still at work will have a better one soon, and so will this computer of a file it has just sent. */
function mayHaveOneSoon({ isReady, createdAt, key }: Unpictured): boolean {
  if (isReady && !isLocalPicture(key)) return false
  return createdAt !== null && Date.now() - createdAt < makingMs
}

/** Makes a picture of it in turn, unless that failed lately. Whoever calls it looks at it until they call what it returns. */
export function wantPoster(clip: Unpictured): () => void {
  const failedAt = failures.get(clip.versionId) ?? 0
  const isTriedLately = Date.now() - failedAt < againMs
  if (isTriedLately || mayHaveOneSoon(clip)) return () => undefined
  return line.want(clip.versionId, (signal) => make(clip, signal))
}

async function make({ versionId, connectionId, kind }: Unpictured, signal: AbortSignal): Promise<void> {
  let isMade = false
  try {
    const picture = await draw(versionId, connectionId, kind, signal)
    if (picture !== undefined) {
      await ask('posters.store', { versionId, jpeg: new Uint8Array(await picture.arrayBuffer()) })
      isMade = true
    } else if (kind === 'video' && !signal.aborted) isMade = await fromFfmpeg(versionId, signal)
  } catch {
    // The service does not give it out, or not now: a picture is not worth a message.
    isMade = false
  }
  if (isMade) posterMade(versionId)
  else if (!signal.aborted) {
    if (failures.size >= mostFailures) failures.clear()
    failures.set(versionId, Date.now())
  }
}

/** Undefined: it was stopped, or the browser cannot show it. */
async function draw(
  versionId: VersionId,
  connectionId: ConnectionId,
  kind: AssetKind,
  signal: AbortSignal,
): Promise<Blob | undefined> {
  attempts += 1
  const url = stillUrl(connectionId, versionId, attempts)
  try {
    return await takePicture(url, { kind: kind === 'image' ? 'image' : 'video', preload: 'metadata', signal })
  } catch {
    // Decoder, patience or link: nobody can tell them apart here, and all leave it to ffmpeg.
    return undefined
  }
}

async function fromFfmpeg(versionId: VersionId, signal: AbortSignal): Promise<boolean> {
  // One that cannot be stopped any more ends by itself, and nobody looks at it.
  const stop = () => void ask('posters.stop', { versionId }).catch(() => undefined)
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await ask('posters.make', { versionId })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

/** Keeps the line in step with what else goes on, until the returned function is called. */
export function followPosters(): () => void {
  const look = () => line.look()
  const ends = [
    followPlaying(look),
    useTransfers.subscribe((now, before) => {
      if (now.summary?.moving !== before.summary?.moving) look()
    }),
    useApp.subscribe((now, before) => {
      // What failed may have failed because nobody could be asked.
      if (onlineOnes(now) > onlineOnes(before)) failures.clear()
    }),
    // A proxy of this computer brings its picture.
    subscribe('proxies.changed', ({ versionId, proxy }) => {
      if (proxy.state === 'ready') posterMade(versionId)
    }),
  ]
  // Taking a picture costs the page a frame or two: not while a list is scrolled. Scroll events do not bubble.
  const moved = () => line.moved()
  document.addEventListener('scroll', moved, { capture: true, passive: true })
  document.addEventListener('visibilitychange', look)
  return () => {
    document.removeEventListener('scroll', moved, { capture: true })
    document.removeEventListener('visibilitychange', look)
    for (const end of ends) end()
  }
}
