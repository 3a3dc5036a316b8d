import { create } from 'zustand'
import type { FrameRange } from '../../../shared/clipTiming.ts'
import type { VersionId } from '../../../shared/ids.ts'
import type { Comment, DrawingShape } from '../../../shared/review.ts'
import { type DrawnOn, drawnOn, holdsFrame, type Marks, spanAt } from './drawnOn.ts'

export const drawTools = ['pen', 'arrow', 'rectangle', 'ellipse', 'text', 'eraser', 'select'] as const
export type DrawTool = (typeof drawTools)[number]

/** Bright on most footage, told apart by most eyes. */
export const drawColours = ['#ff4d3d', '#ffb020', '#3ddc84', '#4da3ff', '#ff6ad5', '#ffffff'] as const
export const drawWidths = [0.002, 0.004, 0.008] as const

/** What a step leads back to. */
interface Step {
  readonly shapes: readonly DrawingShape[]
  readonly on: DrawnOn | null
}

interface DrawState {
  /** On whose picture is drawn; null while none is open. */
  readonly version: VersionId | null
  /** Null: nobody draws, the picture plays on a press. */
  readonly tool: DrawTool | null
  readonly colour: string
  readonly width: number
  /** The kept comment whose drawing is being changed; null: that of the comment that is being written. */
  readonly of: Comment | null
  readonly shapes: readonly DrawingShape[]
  /** What goes with the comment that is being written, while another's drawing is changed. */
  readonly aside: readonly DrawingShape[]
  /** The frames of what goes with the comment that is being written; says nothing while nothing is drawn. */
  readonly on: DrawnOn | null
  /** The id of the shape that is moved, resized or taken away. */
  readonly chosen: string | null
  readonly past: readonly Step[]
  readonly future: readonly Step[]
  /** How many pictures can be drawn on; nothing can while it is 0. */
  readonly pictures: number
}

const mostSteps = 200
const mostShapes = 500

/** The drawing that goes with the next comment or is changed, and the tool in hand. */
export const useDraw = create<DrawState>(() => ({
  version: null,
  tool: null,
  colour: drawColours[0],
  width: drawWidths[1],
  of: null,
  shapes: [],
  aside: [],
  on: null,
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

/** The frames of what goes with the next comment; null while nothing does. */
export const framesOfNext = (draw: DrawState): DrawnOn | null =>
  shapesOfNext(draw).length === 0 ? null : draw.on

/** The frames of what is in the hand; null: it is on all of them, or nothing is drawn. */
export const framesInHand = ({ of, shapes, on }: DrawState): FrameRange | null =>
  of !== null ? of.span : shapes.length === 0 ? null : on

/** A shape begins on this frame: the first one says where the drawing is. */
export const beginDrawingOn = (on: DrawnOn): void =>
  useDraw.setState(({ of, shapes }) => (of === null && shapes.length === 0 ? { on } : {}))

/** What goes with the next comment is on these frames from now on. */
export const moveDrawing = (on: DrawnOn): void => useDraw.setState({ on })

/**
 * Other frames are marked: the drawing is for them when it was drawn on one of them, and for that one alone when the marks
 * are gone. Marks somewhere else are about something else.
 */
export const markDrawing = (marks: Marks): void =>
  useDraw.setState(({ on }) => {
    if (on === null) return {}
    const isElsewhere = !holdsFrame(spanAt(on.frame, marks), on.frame)
    return isElsewhere ? {} : { on: drawnOn(on.frame, marks) }
  })

/** The same tool a second time is put away. */
export const takeTool = (tool: DrawTool): void =>
  useDraw.setState(({ tool: before }) => ({ tool: before === tool ? null : tool, chosen: null }))
export const putToolAway = (): void => useDraw.setState({ tool: null, chosen: null })
export const chooseShape = (chosen: string | null): void => useDraw.setState({ chosen })

function change(make: (shapes: readonly DrawingShape[]) => readonly DrawingShape[]): void {
  useDraw.setState(({ shapes, on, past }) => {
    const next = make(shapes)
    return next === shapes
      ? {}
      : { shapes: next, past: [...past.slice(-mostSteps), { shapes, on }], future: [] }
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

/** What is still drawn stays on its frames, however it came there; what comes back from nothing brings its own. */
const stepTo = (step: Step, now: Step): Step => (now.shapes.length === 0 ? step : { ...step, on: now.on })

/** False when nothing was drawn that could be taken back. */
export function undoDrawing(): boolean {
  const { shapes, on, past, future } = useDraw.getState()
  const last = past.at(-1)
  if (last === undefined) return false
  const back = { past: past.slice(0, -1), future: [{ shapes, on }, ...future] }
  useDraw.setState({ ...stepTo(last, { shapes, on }), ...back, chosen: null })
  return true
}

export const redoDrawing = (): void =>
  useDraw.setState(({ shapes, on, past, future }) => {
    const [next, ...rest] = future
    if (next === undefined) return {}
    return { ...stepTo(next, { shapes, on }), past: [...past, { shapes, on }], future: rest, chosen: null }
  })

const noSteps = { chosen: null, past: [], future: [] }

export const forgetDrawing = (): void =>
  useDraw.setState({ ...noSteps, version: null, tool: null, of: null, shapes: [], aside: [], on: null })

/** What was in the hand when a version left the screen, with the way back through its steps. */
export type KeptDrawing = Pick<DrawState, 'of' | 'shapes' | 'aside' | 'on' | 'past' | 'future'>

/** A version comes on the screen, with what was in the hand before. */
export function openDrawing(version: VersionId, kept: KeptDrawing | null): void {
  forgetDrawing()
  useDraw.setState({ ...kept, version })
}

/** Out of the hand goes what goes with the next comment; null when nothing does. */
export function sendDrawing(): KeptDrawing | null {
  const draw = useDraw.getState()
  const shapes = shapesOfNext(draw)
  if (shapes.length === 0) return null
  setShapesOfNext([])
  return { ...noSteps, of: null, shapes, aside: [], on: draw.on }
}

/** It could not be kept, and is in the hand again, unless something else was drawn meanwhile. */
export function takeBackDrawing({ shapes, on }: KeptDrawing): void {
  if (shapesOfNext(useDraw.getState()).length > 0) return
  setShapesOfNext(shapes)
  useDraw.setState({ on })
}

/** The version leaves the screen. Null when nothing was begun. */
export function closeDrawing(): KeptDrawing | null {
  const { of, past } = useDraw.getState()
  // A drawing that was only looked at is still the comment's.
  if (of !== null && past.length === 0) leaveDrawingOf()
  const left = useDraw.getState()
  forgetDrawing()
  const { shapes, aside, on, future } = left
  const isBegun = left.of !== null || shapes.length > 0
  return isBegun ? { of: left.of, shapes, aside, on, past: left.past, future } : null
}

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
