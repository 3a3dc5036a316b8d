import { type PointerEvent, type RefObject, useMemo, useRef, useState } from 'react'
import type { DrawingShape } from '../../../shared/review.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import type { FrameClock } from '../frameClock.ts'
import { player } from '../playerControl.ts'
import { SpanIndex } from '../spanIndex.ts'
import type { Thread } from '../threads.ts'
import { useClockValue } from '../useClock.ts'
import css from './Drawing.module.css'
import { addShape, removeShape, useDraw } from './drawStore.ts'
import { Shape } from './Shape.tsx'
import { isNear, type PictureSize, textScale } from './shapePath.ts'

const c = classesOf(css)

interface DrawingLayerProps {
  readonly size: PictureSize
  readonly clock: FrameClock
  readonly threads: readonly Thread[]
}

/** What is drawn on the frame that is shown, and what is being drawn. The picture's own pixels are its measure. */
export function DrawingLayer({ size, clock, threads }: DrawingLayerProps) {
  const svg = useRef<SVGSVGElement>(null)
  const tool = useDraw((draw) => draw.tool)
  const shapes = useDraw((draw) => draw.shapes)
  const [stroke, setStroke] = useState<DrawingShape | null>(null)
  const drawings = useMemo(() => drawingsOf(threads), [threads])
  // Names of the drawings on this frame: changes when one comes or goes, not with every frame.
  const shown = useClockValue(clock, ({ frame, isPlaying }) => drawnAt(drawings, frame, isPlaying))
  const drawn = useMemo(
    () => shown.split(' ').flatMap((id) => drawings.byId.get(id) ?? []),
    [drawings, shown],
  )
  const hands = useHands(svg, size, setStroke)
  const isText = stroke?.tool === 'text'
  return (
    <svg
      ref={svg}
      className={c('layer', tool !== null && 'drawing')}
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="xMidYMid meet"
      role="img"
      data-layer="drawing"
      aria-label={text.drawing.layer(drawn.length)}
      data-draws={tool === null ? undefined : tool}
      {...(tool === null ? {} : hands)}
    >
      {drawn.map(({ comment }) => (
        <g key={comment.id}>
          {comment.drawing.map((shape) => (
            <Shape key={shape.id} shape={shape} size={size} />
          ))}
        </g>
      ))}
      <g data-draft="">
        {shapes.map((shape) => (
          <Shape key={shape.id} shape={shape} size={size} />
        ))}
        {stroke !== null && !isText ? <Shape shape={stroke} size={size} /> : null}
      </g>
      {stroke !== null && isText ? (
        <TextField
          shape={stroke}
          size={size}
          onDone={(words) => {
            setStroke(null)
            if (words !== '') addShape({ ...stroke, text: words })
          }}
        />
      ) : null}
    </svg>
  )
}

interface Drawings {
  readonly byId: ReadonlyMap<string, Thread>
  readonly timed: SpanIndex
  /** On the whole clip. */
  readonly always: readonly Thread[]
}

function drawingsOf(threads: readonly Thread[]): Drawings {
  const drawn = threads.filter(({ comment }) => comment.drawing.length > 0)
  return {
    byId: new Map(drawn.map((thread) => [thread.comment.id, thread])),
    timed: new SpanIndex(drawn),
    always: drawn.filter(({ comment }) => comment.span === null),
  }
}

/** Drawings belong to their frames. While the clip plays only ranges show theirs: one frame would only flash. */
function drawnAt({ timed, always }: Drawings, frame: number, isPlaying: boolean): string {
  const ids = always.map(({ comment }) => comment.id)
  for (const { comment } of timed.holding(frame))
    if (!isPlaying || comment.span?.startFrame !== comment.span?.endFrame) ids.push(comment.id)
  return ids.join(' ')
}

let made = 0
const newId = () => {
  made += 1
  return `${Date.now().toString(36)}-${made.toString(36)}`
}

type SetStroke = (stroke: DrawingShape | null) => void

/** From press to release: a point at a time for the pen, two corners for everything else. */
function useHands(svg: RefObject<SVGSVGElement | null>, size: PictureSize, setStroke: SetStroke) {
  const stroke = useRef<DrawingShape | null>(null)
  const put = (next: DrawingShape | null) => {
    stroke.current = next
    setStroke(next)
  }
  const pointAt = (event: { clientX: number; clientY: number; pressure?: number; pointerType?: string }) => {
    const matrix = svg.current?.getScreenCTM()?.inverse()
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix ?? undefined)
    const x = Math.max(-1, Math.min(2, at.x / size.width))
    const y = Math.max(-1, Math.min(2, at.y / size.height))
    // A mouse always says 0.5: only a real pen presses.
    return event.pointerType === 'pen' ? { x, y, pressure: event.pressure ?? 0.5 } : { x, y }
  }
  const erase = (event: PointerEvent) => {
    const { x, y } = pointAt(event)
    const at = { x: x * size.width, y: y * size.height }
    const touched = useDraw.getState().shapes.findLast((shape) => isNear(shape, at, size))
    if (touched !== undefined) removeShape(touched.id)
  }
  return {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      const { tool, colour, width } = useDraw.getState()
      if (event.button !== 0 || tool === null) return
      event.preventDefault()
      event.stopPropagation()
      player()?.pause()
      if (tool === 'text') {
        put({ id: newId(), tool, points: [pointAt(event)], colour, strokeWidth: width, opacity: 1 })
        return
      }
      event.currentTarget.setPointerCapture(event.pointerId)
      if (tool === 'eraser') erase(event)
      else put({ id: newId(), tool, points: [pointAt(event)], colour, strokeWidth: width, opacity: 1 })
    },
    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
      const before = stroke.current
      if (useDraw.getState().tool === 'eraser') erase(event)
      else if (before?.tool === 'pen') {
        // A fast pen says more than one place between two frames.
        const places = event.nativeEvent.getCoalescedEvents?.() ?? []
        const points = (places.length > 0 ? places : [event.nativeEvent]).map(pointAt)
        put({ ...before, points: [...before.points, ...points].slice(0, 20_000) })
      } else if (before !== null) {
        const [first] = before.points
        if (first !== undefined) put({ ...before, points: [first, pointAt(event)] })
      }
    },
    onPointerUp() {
      const finished = stroke.current
      if (finished === null || finished.tool === 'text') return
      put(null)
      if (finished.tool === 'pen' || finished.points.length > 1) addShape(finished)
    },
    onPointerCancel() {
      if (stroke.current?.tool !== 'text') put(null)
    },
  }
}

interface TextFieldProps {
  readonly shape: DrawingShape
  readonly size: PictureSize
  readonly onDone: (words: string) => void
}

/** Words typed where they will stand. Enter keeps them, Escape does not. */
function TextField({ shape, size, onDone }: TextFieldProps) {
  const isOver = useRef(false)
  const done = (words: string) => {
    if (isOver.current) return
    isOver.current = true
    onDone(words.trim())
  }
  const height = shape.strokeWidth * size.width * textScale
  const at = shape.points[0] ?? { x: 0, y: 0 }
  return (
    <foreignObject
      x={at.x * size.width}
      y={at.y * size.height - height * 0.75}
      width={size.width}
      height={height * 1.5}
      onPointerDown={(event) => event.stopPropagation()}
    >
      <input
        ref={(element) => element?.focus()}
        className={c('words')}
        style={{ color: shape.colour, fontSize: height, height: height * 1.5 }}
        aria-label={text.drawing.text}
        maxLength={200}
        onBlur={(event) => done(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') done(event.currentTarget.value)
          if (event.key === 'Escape') done('')
          if (event.key === 'Enter' || event.key === 'Escape') event.preventDefault()
          event.stopPropagation()
        }}
      />
    </foreignObject>
  )
}
