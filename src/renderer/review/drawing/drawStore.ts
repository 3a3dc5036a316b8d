import { create } from 'zustand'
import type { Comment, DrawingShape } from '../../../shared/review.ts'

export const drawTools = ['pen', 'arrow', 'rectangle', 'ellipse', 'text', 'eraser', 'select'] as const
export type DrawTool = (typeof drawTools)[number]

/** Bright on most footage, told apart by most eyes. */
export const drawColours = ['#ff4d3d', '#ffb020', '#3ddc84', '#4da3ff', '#ff6ad5', '#ffffff'] as const
export const drawWidths = [0.002, 0.004, 0.008] as const

interface DrawState {
  /** Null: nobody draws, the picture plays on a press. */
  readonly tool: DrawTool | null
  readonly colour: string
  readonly width: number
  /** The kept comment whose drawing is being changed; null: that of the comment that is being written. */
  readonly of: Comment | null
  readonly shapes: readonly DrawingShape[]
  /** What goes with the comment that is being written, while another's drawing is changed. */
  readonly aside: readonly DrawingShape[]
  /** The id of the shape that is moved, resized or taken away. */
  readonly chosen: string | null
  readonly past: readonly (readonly DrawingShape[])[]
  readonly future: readonly (readonly DrawingShape[])[]
  /** How many pictures can be drawn on; nothing can while it is 0. */
  readonly pictures: number
}

const mostSteps = 200
const mostShapes = 500

/** The drawing that goes with the next comment or is changed, and the tool in hand. */
export const useDraw = create<DrawState>(() => ({
  tool: null,
  colour: drawColours[0],
  width: drawWidths[1],
  of: null,
  shapes: [],
  aside: [],
  chosen: null,
  past: [],
  future: [],
  pictures: 0,
}))

/** A picture that can be drawn on is there, until the returned function is called. */
export function offerPicture(): () => void {
  useDraw.setState(({ pictures }) => ({ pictures: pictures + 1 }))
  return () => useDraw.setState(({ pictures }) => ({ pictures: pictures - 1 }))
}

/** What goes with the next comment. */
export const shapesOfNext = ({ of, shapes, aside }: DrawState): readonly DrawingShape[] =>
  of === null ? shapes : aside

/** The same tool a second time is put away. */
export const takeTool = (tool: DrawTool): void =>
  useDraw.setState(({ tool: before }) => ({ tool: before === tool ? null : tool, chosen: null }))
export const putToolAway = (): void => useDraw.setState({ tool: null, chosen: null })
export const chooseShape = (chosen: string | null): void => useDraw.setState({ chosen })

function change(make: (shapes: readonly DrawingShape[]) => readonly DrawingShape[]): void {
  useDraw.setState(({ shapes, past }) => {
    const next = make(shapes)
    return next === shapes ? {} : { shapes: next, past: [...past.slice(-mostSteps), shapes], future: [] }
  })
  // A shape that is gone is nobody's choice any more.
  useDraw.setState(({ shapes, chosen }) =>
    chosen === null || shapes.some(({ id }) => id === chosen) ? {} : { chosen: null },
  )
}

export const addShape = (shape: DrawingShape): void =>
  change((shapes) => (shapes.length >= mostShapes ? shapes : [...shapes, shape]))
export const removeShape = (id: string): void =>
  change((shapes) =>
    shapes.some((each) => each.id === id) ? shapes.filter((each) => each.id !== id) : shapes,
  )
/** The shape of the same id becomes this one, in one step. */
export const replaceShape = (shape: DrawingShape): void =>
  change((shapes) => shapes.map((each) => (each.id === shape.id ? shape : each)))

/** For what is drawn next, and for the shape that is chosen. */
export function takeLook(look: { readonly colour?: string; readonly width?: number }): void {
  useDraw.setState(look)
  const { shapes, chosen, colour, width } = useDraw.getState()
  const shape = shapes.find(({ id }) => id === chosen)
  if (shape === undefined) return
  const strokeWidth = look.width === undefined ? shape.strokeWidth : width
  replaceShape({ ...shape, colour: look.colour === undefined ? shape.colour : colour, strokeWidth })
}
export const clearShapes = (): void => change((shapes) => (shapes.length === 0 ? shapes : []))

/** False when nothing was drawn that could be taken back. */
export function undoDrawing(): boolean {
  const { shapes, past, future } = useDraw.getState()
  const last = past.at(-1)
  if (last === undefined) return false
  useDraw.setState({ shapes: last, past: past.slice(0, -1), future: [shapes, ...future], chosen: null })
  return true
}

export const redoDrawing = (): void =>
  useDraw.setState(({ shapes, past, future }) => {
    const [next, ...rest] = future
    return next === undefined ? {} : { shapes: next, past: [...past, shapes], future: rest, chosen: null }
  })

const noSteps = { chosen: null, past: [], future: [] }

/** Its version is no longer on the screen. */
export const forgetDrawing = (): void =>
  useDraw.setState({ ...noSteps, tool: null, of: null, shapes: [], aside: [] })

/** What goes with the next comment is this: nothing once it was sent, all of it again when it could not be kept. */
export const setShapesOfNext = (next: readonly DrawingShape[]): void =>
  useDraw.setState(({ of, tool }) =>
    of === null ? { ...noSteps, tool: next.length === 0 ? null : tool, shapes: next } : { aside: next },
  )

/** The drawing of a comment that was kept comes into the hand; what was drawn for the next comment waits aside. */
export const changeDrawingOf = (comment: Comment): void =>
  useDraw.setState((draw) => ({
    ...noSteps,
    of: comment,
    shapes: comment.drawing,
    aside: shapesOfNext(draw),
    tool: comment.drawing.length === 0 ? 'pen' : 'select',
  }))

/** Back to what was drawn for the next comment. Nothing is kept by this. */
export const leaveDrawingOf = (): void =>
  useDraw.setState((draw) => ({ ...noSteps, of: null, shapes: shapesOfNext(draw), aside: [], tool: null }))
