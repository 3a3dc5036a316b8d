import { type KeyboardEvent, useRef, useState } from 'react'
import type { DrawingShape } from '../../../shared/review.ts'
import { text } from '../../text/text.ts'
import { addShape, chooseShape, removeShape, replaceShape, useDraw } from './drawStore.ts'
import { type ShapeTool, shapeBegun } from './shapeBegun.ts'
import { handlesOf, moved, resized } from './shapeEdit.ts'
import { isNear, type PictureSize, type Place } from './shapePath.ts'
import type { SetStroke } from './useHands.ts'

/** Shares of the picture's width, both ways. */
const smallStep = 0.01
const largeStep = 0.05

const ways: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

export interface DrawKeys {
  /** Where the cross stands, as shares of the picture; null while nobody draws by key. */
  readonly cross: Place | null
  /** What a screen reader says. */
  readonly said: string
  readonly onKeyDown: (event: KeyboardEvent<SVGSVGElement>) => void
  /** The pointer draws again, or the picture was left. */
  readonly leave: () => void
}

/**
 * Drawing by keyboard alone: arrows move a cross, Enter begins and ends a shape, Escape gives it up. With the selecting
 * tool Enter goes from shape to shape, arrows move the chosen one, with Alt they resize it, Delete takes it away.
 * `begins` says whether a key does something to the frame that is shown.
 * Escape with nothing begun is not used here: it means the layer on top.
 */
export function useDrawKeys(size: PictureSize, setStroke: SetStroke, begins: () => boolean): DrawKeys {
  const stroke = useRef<DrawingShape | null>(null)
  const [cross, setCross] = useState<Place | null>(null)
  const [said, setSaid] = useState('')
  const words = text.drawing
  const put = (next: DrawingShape | null) => {
    stroke.current = next
    setStroke(next)
  }
  const share = (value: number) => Math.round(value * 100)
  const sayPlace = ({ x, y }: Place) => setSaid(words.at(share(x), share(y)))
  const stepOf = (event: KeyboardEvent, way: Place): Place => {
    const step = event.shiftKey ? largeStep : smallStep
    return { x: way.x * step, y: (way.y * step * size.width) / size.height }
  }

  const select = (event: KeyboardEvent): boolean => {
    const { shapes, chosen } = useDraw.getState()
    const index = shapes.findIndex(({ id }) => id === chosen)
    const shape = shapes[index]
    const way = ways[event.key]
    if (event.key === 'Enter') {
      if (!begins()) return true
      const next = (index + 1) % Math.max(1, shapes.length)
      const picked = shapes[next]
      chooseShape(picked?.id ?? null)
      setSaid(
        picked === undefined
          ? words.nothingDrawn
          : words.chosen(words.names[nameOf(picked)], next + 1, shapes.length),
      )
      return true
    }
    if (shape === undefined) return way !== undefined
    if (event.key === 'Delete' || event.key === 'Backspace') {
      removeShape(shape.id)
      setSaid(words.removed(words.names[nameOf(shape)]))
    } else if (way !== undefined) {
      const by = stepOf(event, way)
      const corner = handlesOf(shape, size).at(-1)
      if (!event.altKey) replaceShape(moved(shape, by.x, by.y))
      else if (corner !== undefined) {
        const to = { x: corner.x + by.x * size.width, y: corner.y + by.y * size.height }
        replaceShape(resized(shape, corner.handle, to, size))
      }
      const first = useDraw.getState().shapes[index]?.points[0]
      if (first !== undefined) sayPlace(first)
    } else return false
    return true
  }

  const move = (event: KeyboardEvent, way: Place) => {
    const by = stepOf(event, way)
    const stay = (value: number) => Math.max(0, Math.min(1, value))
    // The first press shows where it stands.
    const at = cross === null ? { x: 0.5, y: 0.5 } : { x: stay(cross.x + by.x), y: stay(cross.y + by.y) }
    setCross(at)
    sayPlace(at)
    const begun = stroke.current
    const [first] = begun?.points ?? []
    if (begun === null || first === undefined) return
    put({ ...begun, points: begun.tool === 'pen' ? [...begun.points, at] : [first, at] })
  }

  const act = (tool: ShapeTool | 'eraser') => {
    const at = cross ?? { x: 0.5, y: 0.5 }
    setCross(at)
    const begun = stroke.current
    if (begun === null && !begins()) return
    if (tool === 'eraser') {
      const place = { x: at.x * size.width, y: at.y * size.height }
      const touched = useDraw.getState().shapes.findLast((shape) => isNear(shape, place, size))
      if (touched !== undefined) removeShape(touched.id)
      setSaid(touched === undefined ? words.nothingThere : words.erased(words.names[nameOf(touched)]))
    } else if (tool === 'text') setStroke(shapeBegun(tool, at))
    else if (begun === null) {
      put(shapeBegun(tool, at))
      setSaid(words.begun(words.names[tool]))
    } else {
      put(null)
      const isSomething = begun.points.length > 1
      if (isSomething) addShape(begun)
      setSaid(isSomething ? words.ended(words.names[tool]) : words.givenUp)
    }
  }

  const draw = (event: KeyboardEvent, tool: ShapeTool | 'eraser'): boolean => {
    const way = ways[event.key]
    if (way !== undefined && !event.altKey) move(event, way)
    else if (event.key === 'Enter') act(tool)
    else if (event.key === 'Escape' && stroke.current !== null) {
      put(null)
      setSaid(words.givenUp)
    } else return false
    return true
  }

  return {
    cross,
    said,
    onKeyDown(event) {
      const { tool } = useDraw.getState()
      if (tool === null || event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return
      if (!(tool === 'select' ? select(event) : draw(event, tool))) return
      event.preventDefault()
      event.stopPropagation()
    },
    leave() {
      if (stroke.current !== null) put(null)
      setCross(null)
    },
  }
}

/** Lines come from services; here they are drawn with an arrow's name. */
const nameOf = ({ tool }: DrawingShape): ShapeTool => (tool === 'line' ? 'arrow' : tool)
