import { memo, type PointerEvent, type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import { colourNameOf } from '../../../shared/commentColour.ts'
import { useApp } from '../../shell/appStore.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { hueOf } from '../../ui/person.ts'
import type { Thread } from '../comments/threads.ts'
import { player } from '../playerControl.ts'
import { crowdsOf, framesAt, nextOf } from './crowds.ts'
import css from './Timeline.module.css'

const c = classesOf(css)
const height = 28
const pinWidth = 6

interface MarkerLaneProps {
  readonly timing: ClipTiming
  readonly threads: readonly Thread[]
  readonly width: number
  /** Takes the function that tells where a press leads. */
  readonly pins: Ref<PinUnder>
}

/** The frame of the marker under the pointer; undefined beside all of them. */
export type PinUnder = (event: PointerEvent<HTMLElement>) => number | undefined

/**
 * Markers when there are too many for an element each: drawn once, found again by where they are pressed. The comment
 * list is the way to them by keyboard and for a screen reader.
 */
export const MarkerLane = memo(function MarkerLane({ timing, threads, width, pins }: MarkerLaneProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const theme = useApp((app) => app.settings.theme)
  const starts = useMemo(
    () => threads.flatMap(({ comment: { span } }) => (span === null ? [] : [span.startFrame])),
    [threads],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const node = canvas.current
    const context = node?.getContext('2d')
    if (node === null || context == null || width === 0) return
    const scale = window.devicePixelRatio
    node.width = Math.round(width * scale)
    node.height = Math.round(height * scale)
    context.scale(scale, scale)
    const style = getComputedStyle(node)
    const colours = new Map<string, string>()
    const crowds = crowdsOf(threads, timing.frameCount, width)
    const drawn = crowds.flatMap((crowd) =>
      crowd.map(({ comment }) => ({ comment, rise: riseOf(crowd.length) })),
    )
    for (const { comment, rise } of drawn) {
      const { span } = comment
      if (span === null) continue
      const name = hueOf(comment.author.name)
      const colour = colours.get(name) ?? colourOf(style, name)
      colours.set(name, colour)
      const x = ((span.startFrame + 0.5) / timing.frameCount) * width
      const to = ((span.endFrame + 0.5) / timing.frameCount) * width
      context.fillStyle = colour
      context.globalAlpha = comment.isResolved ? 0.35 : 0.42
      if (to - x > 1) context.fillRect(x, 10, to - x, 8)
      context.globalAlpha = comment.isResolved ? 0.5 : 1
      context.fillRect(x - pinWidth / 2, 7 - rise, pinWidth, 14 + rise)
      if (colourNameOf(comment.colour) === null) continue
      context.fillStyle = comment.colour ?? ''
      context.fillRect(x - pinWidth / 2, 23, pinWidth, 4)
    }
  }, [threads, timing, width, theme])
  useImperativeHandle(
    pins,
    (): PinUnder => (event) => {
      if (event.target !== canvas.current) return undefined
      const box = canvas.current.getBoundingClientRect()
      const perPixel = timing.frameCount / box.width
      const wanted = (event.clientX - box.left) * perPixel - 0.5
      // A press on the same place goes on to the next that is drawn there.
      return nextOf(framesAt(starts, wanted, (pinWidth / 2) * perPixel), player()?.frame() ?? -1)
    },
    [starts, timing],
  )
  return (
    <div className={c('lane')}>
      <canvas
        ref={canvas}
        className={c('many')}
        role="img"
        aria-label={text.room.manyMarkers(starts.length)}
      />
    </div>
  )
})

/** By how much pins stand higher where several hide each other: the more, the higher. */
const riseOf = (count: number) => Math.min(7, Math.round(2 * Math.log2(count)))

/** `var(--p3)` and the like, as a colour a canvas takes. */
const colourOf = (style: CSSStyleDeclaration, name: string) =>
  style.getPropertyValue(name.replace(/^var\((.*)\)$/, '$1')).trim() || name
