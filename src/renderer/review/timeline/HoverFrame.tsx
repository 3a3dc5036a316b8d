import { useEffect, useRef } from 'react'
import { type ClipTiming, formatClipFrame, seekSeconds } from '../../../shared/clipTiming.ts'
import { classesOf } from '../../ui/classes.ts'
import css from './Timeline.module.css'

const c = classesOf(css)

interface HoverFrameProps {
  readonly url: string | null
  readonly timing: ClipTiming
  readonly frame: number
  /** From the left edge of the strip, 0..1. */
  readonly share: number
}

/** The picture under the pointer, before anything is sought on the stage. */
export function HoverFrame({ url, timing, frame, share }: HoverFrameProps) {
  const video = useRef<HTMLVideoElement>(null)
  const wanted = useRef<number | null>(null)
  useEffect(() => {
    const element = video.current
    if (element === null) return
    const at = seekSeconds(frame, timing)
    // One seek at a time: the next starts from the newest wish when this one has landed.
    if (element.seeking || element.readyState === 0) wanted.current = at
    else element.currentTime = at
  }, [frame, timing])
  const landed = () => {
    const element = video.current
    if (element === null || wanted.current === null) return
    element.currentTime = wanted.current
    wanted.current = null
  }
  return (
    <div
      className={c('hover')}
      style={{ left: `clamp(80px, ${share * 100}%, calc(100% - 80px))` }}
      aria-hidden="true"
    >
      {url === null ? null : (
        <video
          ref={video}
          src={url}
          muted
          playsInline
          preload="auto"
          crossOrigin="anonymous"
          onSeeked={landed}
          onLoadedData={landed}
        />
      )}
      <span>{formatClipFrame(frame, timing)}</span>
    </div>
  )
}
