import { type FocusEvent, type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import type { VersionId } from '../../../shared/ids.ts'
import type { DrawingShape } from '../../../shared/review.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import heard from '../../ui/Heard.module.css'
import type { Thread } from '../comments/threads.ts'
import { focusStage } from '../composerFocus.ts'
import type { FrameClock } from '../frameClock.ts'
import type { PlayRange } from '../playRange.ts'
import { useEarlierThreads } from '../words/earlierStore.ts'
import { ChosenFrame } from './ChosenFrame.tsx'
import css from './Drawing.module.css'
import { useDrawnHere } from './drawnFrames.ts'
import { addShape, type DrawTool, offerPicture, useDraw } from './drawStore.ts'
import { Shape } from './Shape.tsx'
import type { PictureSize, Place } from './shapePath.ts'
import { TextField } from './TextField.tsx'
import { useDrawKeys } from './useDrawKeys.ts'
import { beginsHere, useIsDrawnHere, useStepsSeen } from './useDrawnPlace.ts'
import { useHands } from './useHands.ts'

const c = classesOf(css)
const none: readonly DrawingShape[] = []

interface DrawingLayerProps {
  readonly versionId: VersionId
  readonly size: PictureSize
  readonly clock: FrameClock
  readonly range: PlayRange
  readonly threads: readonly Thread[]
}

/** What is drawn on the frame that is shown, and what is being drawn. The picture's own pixels are its measure. */
export function DrawingLayer({ versionId, size, clock, range, threads }: DrawingLayerProps) {
  const svg = useRef<SVGSVGElement>(null)
  const tool = useDraw((draw) => draw.tool)
  const inHand = useDraw((draw) => draw.shapes)
  const shapes = useIsDrawnHere(versionId, clock) ? inHand : none
  const chosen = useDraw((draw) => draw.chosen)
  const changedId = useDraw((draw) => draw.of?.id)
  const [stroke, setStroke] = useState<DrawingShape | null>(null)
  // What is being changed is drawn as it is in the hand.
  const drawn = useDrawnHere(threads, clock).filter(({ comment }) => comment.id !== changedId)
  const earlier = useDrawnHere(
    useEarlierThreads((state) => state.threads),
    clock,
  )
  const begins = () => beginsHere(versionId, clock, range)
  const hands = useHands(svg, size, setStroke, begins)
  const keys = useDrawKeys(size, setStroke, begins)
  const hintId = useId()
  useFocus(svg, tool)
  useStepsSeen(versionId, clock)
  useEffect(offerPicture, [])
  // What is moved or resized stands in its own place; what is new stands on top.
  const held = (shape: DrawingShape) => (stroke?.id === shape.id ? stroke : shape)
  const isNew = stroke !== null && !shapes.some(({ id }) => id === stroke.id)
  const isTyped = isNew && stroke.tool === 'text'
  const framed = shapes.find(({ id }) => id === chosen)
  const words = text.drawing
  const takes =
    tool === null
      ? {}
      : {
          ...hands,
          'aria-describedby': hintId,
          tabIndex: 0,
          onKeyDown: keys.onKeyDown,
          onBlur: (event: FocusEvent) => {
            if (!event.currentTarget.contains(event.relatedTarget)) keys.leave()
          },
        }
  return (
    <>
      <svg
        ref={svg}
        className={c('layer', tool !== null && 'drawing', tool === 'select' && 'selecting')}
        viewBox={`0 0 ${size.width} ${size.height}`}
        preserveAspectRatio="xMidYMid meet"
        role={tool === null ? 'img' : 'application'}
        aria-label={tool === null ? words.layer(drawn.length) : words.on(words.names[tool])}
        data-layer="drawing"
        data-draws={tool ?? undefined}
        {...takes}
      >
        {earlier.length > 0 ? (
          <g className={c('earlier')} data-earlier="">
            <Drawn threads={earlier} size={size} />
          </g>
        ) : null}
        <Drawn threads={drawn} size={size} />
        <g data-draft="">
          {shapes.map((shape) => (
            <Shape key={shape.id} shape={held(shape)} size={size} />
          ))}
          {isNew && !isTyped ? <Shape shape={stroke} size={size} /> : null}
        </g>
        {framed === undefined ? null : <ChosenFrame shape={held(framed)} size={size} />}
        {keys.cross === null || tool === 'select' ? null : <Cross at={keys.cross} size={size} />}
        {isTyped ? (
          <TextField
            shape={stroke}
            size={size}
            onDone={(said) => {
              setStroke(null)
              if (said !== '') addShape({ ...stroke, text: said })
              // Ended by key: the field that has the focus goes, and the tool is still in the hand.
              if (svg.current?.contains(document.activeElement)) svg.current.focus()
            }}
          />
        ) : null}
      </svg>
      {tool === null ? null : (
        <>
          <p id={hintId} className={heard['heard']}>
            {tool === 'select' ? words.keysSelect : words.keysDraw}
          </p>
          <p role="status" className={heard['heard']}>
            {keys.said}
          </p>
        </>
      )}
    </>
  )
}

/** A tool taken up takes the keys along, unless somebody is typing; put down, the keys are the film's again. */
function useFocus(svg: RefObject<SVGSVGElement | null>, tool: DrawTool | null) {
  useLayoutEffect(() => {
    const { activeElement } = document
    if (tool === null) {
      if (activeElement === svg.current) focusStage()
    } else if (activeElement?.matches('input, textarea') !== true) svg.current?.focus()
  }, [svg, tool])
}

function Drawn({ threads, size }: { readonly threads: readonly Thread[]; readonly size: PictureSize }) {
  return threads.map(({ comment }) => (
    <g key={comment.id}>
      {comment.drawing.map((shape) => (
        <Shape key={shape.id} shape={shape} size={size} />
      ))}
    </g>
  ))
}

/** Where the keys draw: dark and light, so that it is seen on every picture. */
function Cross({ at, size }: { readonly at: Place; readonly size: PictureSize }) {
  const x = at.x * size.width
  const y = at.y * size.height
  const path = `M${x} 0V${size.height}M0 ${y}H${size.width}`
  return (
    <g data-cross="">
      <path className={c('crossUnder')} d={path} />
      <path className={c('cross')} d={path} />
    </g>
  )
}
