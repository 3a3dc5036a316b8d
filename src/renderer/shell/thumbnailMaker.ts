import type { Payload } from '../../shared/contract.ts'
import { toFailure } from '../../shared/errors.ts'
import { ask, subscribe } from '../bridge.ts'
import { pictureTaken } from '../library/SourcePicture.tsx'
import { say } from './sayStore.ts'

type Wanted = Payload<'thumbnails.wanted'>

const width = 480
const quality = 0.8
/** A file that has given no frame by then gives none. */
const patience = 20_000

/** Waits for one of two events. Rejects on the second, or when the patience is over. */
function happens(target: HTMLVideoElement | HTMLImageElement, good: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      target.removeEventListener(good, done)
      target.removeEventListener('error', failed)
      settle()
    }
    const done = () => end(resolve)
    const failed = () => end(() => reject(new Error('not decodable')))
    const timer = setTimeout(failed, patience)
    target.addEventListener(good, done)
    target.addEventListener('error', failed)
  })
}

async function draw(source: CanvasImageSource, sourceWidth: number, sourceHeight: number): Promise<Blob> {
  if (sourceWidth === 0 || sourceHeight === 0) throw new Error('no picture')
  const scale = Math.min(1, width / sourceWidth)
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(sourceWidth * scale)),
    Math.max(1, Math.round(sourceHeight * scale)),
  )
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.drawImage(source, 0, 0, canvas.width, canvas.height)
  return canvas.convertToBlob({ type: 'image/jpeg', quality })
}

async function videoPicture(url: string): Promise<Blob> {
  const video = document.createElement('video')
  video.muted = true
  video.preload = 'auto'
  video.crossOrigin = 'anonymous'
  try {
    const ready = happens(video, 'loadeddata')
    video.src = url
    await ready
    // A tenth in: past the slate and the black at the head.
    const at = Number.isFinite(video.duration) ? video.duration * 0.1 : 0
    const shown = happens(video, 'seeked')
    video.currentTime = at
    await shown
    return await draw(video, video.videoWidth, video.videoHeight)
  } finally {
    video.removeAttribute('src')
    // Lets go of the decoder and the open file at once, not when the memory is swept.
    video.load()
  }
}

async function imagePicture(url: string): Promise<Blob> {
  const image = new Image()
  image.crossOrigin = 'anonymous'
  const ready = happens(image, 'load')
  image.src = url
  await ready
  return draw(image, image.naturalWidth, image.naturalHeight)
}

async function make({ sourceId, url, kind }: Wanted): Promise<void> {
  let picture: Blob
  try {
    picture = await (kind === 'video' ? videoPicture(url) : imagePicture(url))
  } catch {
    // No decoder for it, or no picture in it: said once, so that nobody asks again.
    await ask('thumbnails.skip', { sourceId })
    return
  }
  const jpeg = new Uint8Array(await picture.arrayBuffer())
  await ask('thumbnails.store', { sourceId, jpeg })
  pictureTaken(sourceId)
}

/** Takes pictures of files on their way, one at a time, until the returned function is called. */
export function followThumbnails(): () => void {
  const line: Wanted[] = []
  let isWorking = false
  const work = async () => {
    if (isWorking) return
    isWorking = true
    for (let next = line.shift(); next !== undefined; next = line.shift()) {
      try {
        await make(next)
      } catch (error) {
        say(toFailure(error))
      }
    }
    isWorking = false
  }
  return subscribe('thumbnails.wanted', (wanted) => {
    if (line.some((each) => each.sourceId === wanted.sourceId)) return
    line.push(wanted)
    void work()
  })
}
