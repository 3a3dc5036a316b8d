import { type PointerEvent, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { type ClipTiming, formatClipFrame } from '../../../shared/clipTiming.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import type { Thread } from '../comments/threads.ts'
import type { FrameClock } from '../frameClock.ts'
import { player } from '../playerControl.ts'
import type { PlayRange } from '../playRange.ts'
import { useClockElement } from '../useClock.ts'
import { EarlierMarkers } from '../words/EarlierMarkers.tsx'
import { FilmStrip } from './FilmStrip.tsx'
import { HoverFrame } from './HoverFrame.tsx'
import { MarkerLane, type PinUnder } from './MarkerLane.tsx'
import { Markers } from './Markers.tsx'
import { RangeBand } from './RangeBand.tsx'
import { Ruler } from './Ruler.tsx'
import css from './Timeline.module.css'
import { Waveform } from './Waveform.tsx'
import type { Sound } from './waveform.ts'

const c = classesOf(css)
/** Above it markers are drawn instead of built. */
const mostPins = 300
/** A press on a marker that moved less than this, in CSS pixels, is no drag. */
const still = 4

interface TimelineProps {
  readonly timing: ClipTiming
  readonly clock: FrameClock
  readonly threads: readonly Thread[]
  readonly range: PlayRange
  /** Where the pictures of the strip come from; null for sound. */
  readonly film: string | null
  /** Where the sound comes from; null without any. */
  readonly sound: Sound | null
}

/** The clip from end to end: ruler, comment markers, strip of pictures, playhead. Press or drag to look through it. */
export function Timeline({ timing, clock, range, threads, film, sound }: TimelineProps) {
  const inside = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    const node = inside.current
    if (node === null) return
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)))
    observer.observe(node)
    return () => observer.disconnect()
  }, [])
  const shareAt = useCallback((event: PointerEvent<HTMLElement>) => {
    const box = inside.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return 0
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width))
  }, [])
  const frameAt = useCallback(
    (event: PointerEvent<HTMLElement>) =>
      Math.min(timing.frameCount - 1, Math.floor(shareAt(event) * timing.frameCount)),
    [shareAt, timing],
  )
  const [hover, setHover] = useState<{ readonly share: number; readonly frame: number } | null>(null)
  const isCrowded = threads.length > mostPins
  const pins = useRef<PinUnder>(null)
  /** Where a press on a marker began, until it has become a drag. */
  const pinPressed = useRef<number | null>(null)
  return (
    <div className={c('timeline')} data-part="timeline">
      <Slider timing={timing} clock={clock}>
        <div
          ref={inside}
          className={c('inside')}
          data-timeline=""
          onPointerDown={(event) => {
            if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button')))
              return
            event.currentTarget.setPointerCapture(event.pointerId)
            setHover(null)
            const pin = pins.current?.(event)
            pinPressed.current = pin === undefined ? null : event.clientX
            player()?.seek(pin ?? frameAt(event))
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) {
              if (Math.abs(event.clientX - (pinPressed.current ?? Number.POSITIVE_INFINITY)) < still) return
              pinPressed.current = null
              player()?.seek(frameAt(event))
            } else setHover({ share: shareAt(event), frame: frameAt(event) })
          }}
          onPointerLeave={() => setHover(null)}
        >
          <Ruler timing={timing} clock={clock} width={width} />
          {isCrowded ? (
            <MarkerLane timing={timing} threads={threads} width={width} pins={pins} />
          ) : (
            <Markers timing={timing} clock={clock} threads={threads} width={width} />
          )}
          <EarlierMarkers timing={timing} />
          <div className={c('strip')}>
            {film === null ? null : (
              <FilmStrip url={film} width={width} timing={timing} isTall={sound === null} />
            )}
            {sound === null ? null : (
              <Waveform sound={sound} timing={timing} width={width} isTall={film === null} />
            )}
            {film === null && sound === null ? <div className={c('track')} /> : null}
            <RangeBand timing={timing} range={range} frameAt={frameAt} />
          </div>
          {hover === null ? null : <HoverFrame url={film} timing={timing} {...hover} />}
          <Playhead timing={timing} clock={clock} />
        </div>
      </Slider>
    </div>
  )
}

/** Near the ends of the clip the flag leans inwards, so that it is never cut off. */
function flagLean(share: number): number {
  const near = 0.03
  if (share < near) return -50 + 34 * (1 - share / near)
  return share > 1 - near ? -50 - 34 * (1 - (1 - share) / near) : -50
}

interface PlayheadProps {
  readonly timing: ClipTiming
  readonly clock: FrameClock
}

function Playhead({ timing, clock }: PlayheadProps) {
  const flag = useRef<HTMLElement>(null)
  const line = useClockElement<HTMLDivElement>(clock, (element, frame) => {
    // Its own width is the clip's, so a share of it is a place on the clip; no layout is needed to move it.
    element.style.transform = `translateX(${((frame + 0.5) / timing.frameCount) * 100}%)`
    if (flag.current === null) return
    flag.current.textContent = formatClipFrame(frame, timing).slice(-5)
    flag.current.style.setProperty('--lean', `${flagLean(frame / timing.frameCount)}%`)
  })
  return (
    <div ref={line} className={c('playhead')} aria-hidden="true">
      <b ref={flag} className={c('flag')} />
    </div>
  )
}

interface SliderProps extends PlayheadProps {
  readonly children: React.ReactNode
}

/** What a screen reader hears of the timeline; the keys are the player's own, wherever the focus is. */
function Slider({ timing, clock, children }: SliderProps) {
  const slider = useClockElement<HTMLDivElement>(clock, (element, frame) => {
    element.setAttribute('aria-valuenow', String(frame))
    element.setAttribute('aria-valuetext', formatClipFrame(frame, timing))
  })
  return (
    <>
      <div
        ref={slider}
        role="slider"
        tabIndex={0}
        aria-label={text.room.timeline}
        aria-valuemin={0}
        aria-valuemax={timing.frameCount - 1}
        aria-valuenow={0}
        className={c('reader')}
        onKeyDown={(event) => {
          const steps: Readonly<Record<string, number>> = {
            ArrowLeft: -1,
            ArrowRight: 1,
            PageDown: -24,
            PageUp: 24,
          }
          const step = steps[event.key]
          if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return
          event.preventDefault()
          player()?.step(event.shiftKey ? step * 24 : step)
        }}
      />
      {children}
    </>
  )
}
