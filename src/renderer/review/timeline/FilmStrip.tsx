import { useEffect, useRef } from 'react'
import { type ClipTiming, seekSeconds } from '../../../shared/clipTiming.ts'
import { mostSeeks, shownFrame } from '../../library/shownFrame.ts'
import { classesOf } from '../../ui/classes.ts'
import type { LargePicture, SmallPicture } from './smallPicture.ts'
import css from './Timeline.module.css'

const c = classesOf(css)
/** As high as the style sheet makes them; the tall one also takes the place of the sound. */
const height = 48
const tall = 78

interface FilmStripProps {
  readonly url: string
  readonly width: number
  readonly timing: ClipTiming
  /** There is no sound below it. */
  readonly isTall: boolean
}

/** Once this many pixels wider or narrower, the pictures are taken anew. */
const step = 160

/** Pictures along the clip, taken by a second element so that the one on the stage is never moved. */
export function FilmStrip({ url, width, timing, isTall }: FilmStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const rounded = Math.round(width / step) * step
  useEffect(() => {
    const node = canvas.current
    if (node === null || rounded === 0) return
    return takePictures(node, url, { width: rounded, height: isTall ? tall : height }, timing)
  }, [url, rounded, timing, isTall])
  return (
    <div className={c('film', isTall && 'alone')} aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  )
}

/**
 * Fills the strip from left to right; returns the function that stops. The next frame is sought while a worker makes the
 * last one small: on the page's own thread that would hold up what is played above it.
 */
function takePictures(
  canvas: HTMLCanvasElement,
  url: string,
  { width, height }: { readonly width: number; readonly height: number },
  timing: ClipTiming,
): () => void {
  const video = document.createElement('video')
  video.muted = true
  video.preload = 'auto'
  video.crossOrigin = 'anonymous'
  const worker = new Worker(new URL('./smallPictureWorker.ts', import.meta.url), { type: 'module' })
  const scale = window.devicePixelRatio
  let index = 0
  /** Of the picture at `index`. */
  let seeks = 0
  let drawn = 0
  let count = 0
  let cell = 0
  /** Frames that are with the worker. */
  let away = 0
  let isOver = false
  const context = canvas.getContext('2d')
  const seek = () => {
    seeks += 1
    const frame = Math.min(timing.frameCount - 1, Math.floor(((index + 0.5) / count) * timing.frameCount))
    video.currentTime = seekSeconds(frame, timing)
  }
  const loaded = () => {
    // Sound whose picture cannot be decoded.
    if (video.videoWidth === 0) {
      end()
      return
    }
    cell = Math.max(24, (height * video.videoWidth) / video.videoHeight)
    count = Math.max(1, Math.ceil(width / cell))
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    seek()
  }
  const leftOf = (number: number) => Math.round(number * cell * scale)
  const next = () => {
    index += 1
    seeks = 0
    if (index < count) seek()
    else letGo()
  }
  const isDrawn = () => {
    drawn += 1
    if (drawn === count) end()
  }
  const shown = () => {
    const frame = shownFrame(video)
    if (frame === null) {
      if (seeks < mostSeeks) {
        seek()
        return
      }
      // The cell stays empty.
      next()
      isDrawn()
      return
    }
    const large: LargePicture = {
      number: index,
      frame,
      // A line between two pictures.
      width: leftOf(index + 1) - leftOf(index) - Math.round(scale),
      height: canvas.height,
    }
    away += 1
    worker.postMessage(large, [frame])
    next()
  }
  const made = ({ data: { number, bitmap } }: MessageEvent<SmallPicture>) => {
    away -= 1
    // Another filling may have the canvas by now.
    if (bitmap !== null && !isOver) context?.drawImage(bitmap, leftOf(number), 0)
    bitmap?.close()
    if (!isOver) isDrawn()
    else if (away === 0) worker.terminate()
  }
  const letGo = () => {
    video.removeEventListener('loadeddata', loaded)
    video.removeEventListener('seeked', shown)
    video.removeAttribute('src')
    // Lets go of the decoder at once.
    video.load()
  }
  const end = () => {
    isOver = true
    letGo()
    // It closes the frames that are with it; ended before, they would be left open.
    if (away === 0) worker.terminate()
    delete canvas.dataset['filling']
  }
  canvas.dataset['filling'] = ''
  worker.addEventListener('message', made)
  video.addEventListener('loadeddata', loaded)
  video.addEventListener('seeked', shown)
  // What cannot be read has no pictures.
  video.addEventListener('error', end, { once: true })
  video.src = url
  return end
}
