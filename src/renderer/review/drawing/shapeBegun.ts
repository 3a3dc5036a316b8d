import type { DrawingShape } from '../../../shared/review.ts'
import { useDraw } from './drawStore.ts'

let made = 0
const newId = () => {
  made += 1
  return `${Date.now().toString(36)}-${made.toString(36)}`
}

/** The tools that leave something behind. */
export type ShapeTool = Exclude<DrawingShape['tool'], 'line'>

/** A new shape at a point, in the colour and width that are chosen. */
export function shapeBegun(tool: ShapeTool, at: DrawingShape['points'][number]): DrawingShape {
  const { colour, width } = useDraw.getState()
  return { id: newId(), tool, points: [at], colour, strokeWidth: width, opacity: 1 }
}
