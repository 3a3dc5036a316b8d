import { type PointerEvent, useSyncExternalStore } from 'react'
import { type ClipTiming, formatClipFrame, formatClipRange } from '../../../shared/clipTiming.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import type { PlayRange } from '../playRange.ts'
import css from './Timeline.module.css'

const c = classesOf(css)

interface RangeBandProps {
  readonly timing: ClipTiming
  readonly range: PlayRange
  /** The frame under a pointer. */
  readonly frameAt: (event: PointerEvent<HTMLElement>) => number
}

/** From in to out over the strip; its ends are dragged, or moved by arrow key. */
export function RangeBand({ timing, range, frameAt }: RangeBandProps) {
  const start = useSyncExternalStore(range.subscribe, () => range.start)
  const end = useSyncExternalStore(range.subscribe, () => range.end)
  if (start === null && end === null) return null
  const { first, last } = range.within(timing.frameCount)
  const share = (frame: number) => (frame / timing.frameCount) * 100
  const words = text.room.range(formatClipRange({ startFrame: first, endFrame: last }, timing))
  return (
    <>
      <div
        className={c('band')}
        style={{ left: `${share(first)}%`, width: `${share(last + 1 - first)}%` }}
        title={words}
      />
      <Handle
        label={text.room.rangeStart}
        left={share(first)}
        frame={first}
        timing={timing}
        onMove={(frame) => range.set(Math.min(frame, last), last)}
        frameAt={frameAt}
      />
      <Handle
        label={text.room.rangeEnd}
        left={share(last + 1)}
        frame={last}
        timing={timing}
        onMove={(frame) => range.set(first, Math.max(frame, first))}
        frameAt={frameAt}
      />
    </>
  )
}

interface HandleProps {
  readonly label: string
  readonly left: number
  readonly frame: number
  readonly timing: ClipTiming
  readonly frameAt: (event: PointerEvent<HTMLElement>) => number
  readonly onMove: (frame: number) => void
}

function Handle({ label, left, frame, timing, frameAt, onMove }: HandleProps) {
  const last = timing.frameCount - 1
  const keys: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageDown: -24, PageUp: 24 }
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={frame}
      aria-valuetext={formatClipFrame(frame, timing)}
      className={c('handle')}
      style={{ left: `${left}%` }}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.stopPropagation()
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onMove(frameAt(event))
      }}
      onKeyDown={(event) => {
        const step = keys[event.key]
        if (step === undefined) return
        event.preventDefault()
        event.stopPropagation()
        onMove(Math.max(0, Math.min(last, frame + step)))
      }}
    />
  )
}
