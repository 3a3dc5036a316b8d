import { create } from 'zustand'
import type { DrawingShape } from '../../../shared/review.ts'

export const drawTools = ['pen', 'arrow', 'rectangle', 'ellipse', 'text', 'eraser'] as const
export type DrawTool = (typeof drawTools)[number]

/** Bright on most footage, told apart by most eyes. */
export const drawColours = ['#ff4d3d', '#ffb020', '#3ddc84', '#4da3ff', '#ff6ad5', '#ffffff'] as const
export const drawWidths = [0.002, 0.004, 0.008] as const

interface DrawState {
  /** Null: nobody draws, the picture plays on a press. */
  readonly tool: DrawTool | null
  readonly colour: string
  readonly width: number
  /** Of the comment that is being written. */
  readonly shapes: readonly DrawingShape[]
  readonly past: readonly (readonly DrawingShape[])[]
  readonly future: readonly (readonly DrawingShape[])[]
}

const mostSteps = 200
const mostShapes = 500

/** The drawing that goes with the next comment, and the tool in hand. */
export const useDraw = create<DrawState>(() => ({
  tool: null,
  colour: drawColours[0],
  width: drawWidths[1],
  shapes: [],
  past: [],
  future: [],
}))

/** The same tool a second time is put away. */
export const takeTool = (tool: DrawTool): void =>
  useDraw.setState(({ tool: before }) => ({ tool: before === tool ? null : tool }))
export const putToolAway = (): void => useDraw.setState({ tool: null })

function change(make: (shapes: readonly DrawingShape[]) => readonly DrawingShape[]): void {
  useDraw.setState(({ shapes, past }) => {
    const next = make(shapes)
    return next === shapes ? {} : { shapes: next, past: [...past.slice(-mostSteps), shapes], future: [] }
  })
}

export const addShape = (shape: DrawingShape): void =>
  change((shapes) => (shapes.length >= mostShapes ? shapes : [...shapes, shape]))
export const removeShape = (id: string): void =>
  change((shapes) =>
    shapes.some((each) => each.id === id) ? shapes.filter((each) => each.id !== id) : shapes,
  )
export const clearShapes = (): void => change((shapes) => (shapes.length === 0 ? shapes : []))

export const undoDrawing = (): void =>
  useDraw.setState(({ shapes, past, future }) => {
    const last = past.at(-1)
    return last === undefined ? {} : { shapes: last, past: past.slice(0, -1), future: [shapes, ...future] }
  })

export const redoDrawing = (): void =>
  useDraw.setState(({ shapes, past, future }) => {
    const [next, ...rest] = future
    return next === undefined ? {} : { shapes: next, past: [...past, shapes], future: rest }
  })

/** The comment was sent, or its version is no longer on the screen. */
export const forgetDrawing = (): void => useDraw.setState({ tool: null, shapes: [], past: [], future: [] })

/** Put back when a comment could not be kept. */
export const restoreDrawing = (shapes: readonly DrawingShape[]): void =>
  useDraw.setState({ shapes, past: [], future: [] })
