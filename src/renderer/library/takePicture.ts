import { mostSeeks, shownFrame } from './shownFrame.ts'

const width = 480
const quality = 0.8
/** A file that has given no frame by then gives none. */
const patience = 20_000

export interface TakeOptions {
  readonly kind: 'video' | 'image'
  /** `metadata`: no more of it is read than one picture needs. */
  readonly preload: 'auto' | 'metadata'
  readonly signal?: AbortSignal
}

/** One picture of the media at `url` as JPEG, small. Rejects where there is no decoder for it, and when it is stopped. */
export const takePicture = (url: string, options: TakeOptions): Promise<Blob> =>
  options.kind === 'video' ? videoPicture(url, options) : imagePicture(url, options.signal)

/** Waits for one of two events. Rejects on the second, when the patience is over, or when it is stopped. */
function happens(
  target: HTMLVideoElement | HTMLImageElement,
  good: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      target.removeEventListener(good, done)
      target.removeEventListener('error', failed)
      signal?.removeEventListener('abort', failed)
      settle()
    }
    const done = () => end(resolve)
    const failed = () => end(() => reject(new Error('not decodable')))
    const timer = setTimeout(failed, patience)
    target.addEventListener(good, done)
    target.addEventListener('error', failed)
    signal?.addEventListener('abort', failed)
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

async function videoPicture(url: string, { preload, signal }: TakeOptions): Promise<Blob> {
  signal?.throwIfAborted()
  const video = document.createElement('video')
  video.muted = true
  video.preload = preload
  video.crossOrigin = 'anonymous'
  try {
    // The frames at the head are not wanted: it goes on as soon as it knows how long the clip is.
    const ready = happens(video, 'loadedmetadata', signal)
    video.src = url
    await ready
    // A tenth in: past the slate and the black at the head.
    const at = Number.isFinite(video.duration) ? video.duration * 0.1 : 0
    for (let seeks = 0; seeks < mostSeeks; seeks += 1) {
      const shown = happens(video, 'seeked', signal)
      video.currentTime = at
      await shown
      const frame = shownFrame(video)
      if (frame === null) continue
      frame.close()
      return await draw(video, video.videoWidth, video.videoHeight)
    }
    throw new Error('no picture')
  } finally {
    video.removeAttribute('src')
    // Lets go of the decoder and the open file at once, not when the memory is swept.
    video.load()
  }
}

async function imagePicture(url: string, signal: AbortSignal | undefined): Promise<Blob> {
  signal?.throwIfAborted()
  const image = new Image()
  image.crossOrigin = 'anonymous'
  try {
    const ready = happens(image, 'load', signal)
    image.src = url
    await ready
    return await draw(image, image.naturalWidth, image.naturalHeight)
  } finally {
    image.removeAttribute('src')
  }
}
