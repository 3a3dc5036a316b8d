import { type PointerEvent, type RefObject, useRef } from 'react'
import type { DrawingShape } from '../../../shared/review.ts'
import { focusStage } from '../composerFocus.ts'
import { addShape, chooseShape, removeShape, replaceShape, useDraw } from './drawStore.ts'
import { shapeBegun } from './shapeBegun.ts'
import { bounds, type Handle, handlesOf, moved, resized } from './shapeEdit.ts'
import { isNear, type PictureSize, type Place } from './shapePath.ts'

/** The shape under the pen, or the one that is being moved, as it is now; null when nobody holds one. */
export type SetStroke = (stroke: DrawingShape | null) => void

interface Pull {
  readonly before: DrawingShape
  /** Null: the whole shape is moved. */
  readonly handle: Handle | null
  readonly from: Place
}

/**
 * From press to release: a point at a time for the pen, two corners for everything else; or a shape is moved or resized.
 * `begins` says whether a press does something to the frame that is shown.
 */
export function useHands(
  svg: RefObject<SVGSVGElement | null>,
  size: PictureSize,
  setStroke: SetStroke,
  begins: () => boolean,
) {
  const stroke = useRef<DrawingShape | null>(null)
  const pull = useRef<Pull | null>(null)
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
  const placeAt = (event: PointerEvent): Place => {
    const { x, y } = pointAt(event)
    return { x: x * size.width, y: y * size.height }
  }
  const erase = (event: PointerEvent) => {
    const at = placeAt(event)
    const touched = useDraw.getState().shapes.findLast((shape) => isNear(shape, at, size))
    if (touched !== undefined) removeShape(touched.id)
  }
  const pick = (event: PointerEvent) => {
    const from = placeAt(event)
    const { shapes, chosen } = useDraw.getState()
    const held = shapes.find(({ id }) => id === chosen)
    const handle = held === undefined ? undefined : handleAt(held, from, size)
    const picked = handle === undefined ? shapeAt(shapes, from, size) : held
    chooseShape(picked?.id ?? null)
    pull.current = picked === undefined ? null : { before: picked, handle: handle ?? null, from }
  }
  const drag = (event: PointerEvent) => {
    if (pull.current === null) return
    const { before, handle, from } = pull.current
    const at = placeAt(event)
    if (handle !== null) put(resized(before, handle, at, size))
    else put(moved(before, (at.x - from.x) / size.width, (at.y - from.y) / size.height))
  }
  const letGo = () => {
    pull.current = null
    // The arrow keys are the film's again.
    if (document.activeElement === svg.current) focusStage()
  }
  return {
    onPointerDown(event: PointerEvent<SVGSVGElement>) {
      const { tool } = useDraw.getState()
      if (event.button !== 0 || tool === null) return
      event.preventDefault()
      event.stopPropagation()
      if (!begins()) return
      if (tool === 'text') {
        put(shapeBegun(tool, pointAt(event)))
        return
      }
      event.currentTarget.setPointerCapture(event.pointerId)
      if (tool === 'eraser') erase(event)
      else if (tool === 'select') pick(event)
      else put(shapeBegun(tool, pointAt(event)))
    },
    onPointerMove(event: PointerEvent<SVGSVGElement>) {
      if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
      const { tool } = useDraw.getState()
      const before = stroke.current
      if (tool === 'eraser') erase(event)
      else if (tool === 'select') drag(event)
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
      if (finished?.tool === 'text' && pull.current === null) return
      const isPulled = pull.current !== null
      letGo()
      if (finished === null) return
      put(null)
      if (isPulled) replaceShape(finished)
      else if (finished.tool === 'pen' || finished.points.length > 1) addShape(finished)
    },
    onPointerCancel() {
      if (stroke.current?.tool === 'text' && pull.current === null) return
      pull.current = null
      put(null)
    },
  }
}

function handleAt(shape: DrawingShape, at: Place, size: PictureSize): Handle | undefined {
  const reach = size.width * 0.012
  return handlesOf(shape, size).find(({ x, y }) => Math.hypot(x - at.x, y - at.y) <= reach)?.handle
}

/** The one whose line is meant, else the one whose box holds the place; the last drawn is on top. */
function shapeAt(shapes: readonly DrawingShape[], at: Place, size: PictureSize): DrawingShape | undefined {
  const holds = (shape: DrawingShape) => {
    const { x, y, width, height } = bounds(shape, size)
    return at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height
  }
  return shapes.findLast((shape) => isNear(shape, at, size)) ?? shapes.findLast(holds)
}
