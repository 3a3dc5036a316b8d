import type { DrawingShape } from '../../../shared/review.ts'
import { box, ends, lineWidth, type PictureSize, type Place, textScale } from './shapePath.ts'

/** Where a shape can be taken to be resized: the ends of a line, the corners of everything else. */
export type Handle = 'from' | 'to' | 'nw' | 'ne' | 'sw' | 'se'

export interface HandleAt extends Place {
  readonly handle: Handle
}

const isLine = ({ tool }: DrawingShape) => tool === 'line' || tool === 'arrow'
const within = (value: number) => Math.max(-1, Math.min(2, value))

/** The box around a shape in the picture's pixels; of text as far as it can be told without a font. */
export function bounds(shape: DrawingShape, size: PictureSize): Place & PictureSize {
  if (shape.tool === 'text') {
    const { from } = ends(shape, size)
    const height = lineWidth(shape, size) * textScale
    const width = Math.max(1, (shape.text ?? '').length) * height * 0.6
    return { x: from.x, y: from.y - height / 2, width, height }
  }
  if (shape.tool !== 'pen') return box(shape, size)
  const across = shape.points.map(({ x }) => x * size.width)
  const down = shape.points.map(({ y }) => y * size.height)
  // Not spread into a call: a long stroke has more points than a call takes.
  const least = (values: readonly number[]) =>
    values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const most = (values: readonly number[]) =>
    values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const x = least(across)
  const y = least(down)
  return { x, y, width: most(across) - x, height: most(down) - y }
}

export function handlesOf(shape: DrawingShape, size: PictureSize): readonly HandleAt[] {
  if (isLine(shape)) {
    const { from, to } = ends(shape, size)
    return [
      { handle: 'from', ...from },
      { handle: 'to', ...to },
    ]
  }
  const { x, y, width, height } = bounds(shape, size)
  const right = x + width
  const bottom = y + height
  if (shape.tool === 'text') return [{ handle: 'se', x: right, y: bottom }]
  return [
    { handle: 'nw', x, y },
    { handle: 'ne', x: right, y },
    { handle: 'sw', x, y: bottom },
    { handle: 'se', x: right, y: bottom },
  ]
}

/** Moved by shares of the picture; its middle stays on the picture, so that it can be found again. */
export function moved(shape: DrawingShape, across: number, down: number): DrawingShape {
  const { x, y, width, height } = bounds(shape, { width: 1, height: 1 })
  const stay = (middle: number, by: number) => Math.max(-middle, Math.min(1 - middle, by))
  const dx = stay(x + width / 2, across)
  const dy = stay(y + height / 2, down)
  return {
    ...shape,
    points: shape.points.map((point) => ({ ...point, x: within(point.x + dx), y: within(point.y + dy) })),
  }
}

/** One handle pulled to a place in the picture's pixels; what is opposite stays. Lines keep their width, text grows. */
export function resized(shape: DrawingShape, handle: Handle, to: Place, size: PictureSize): DrawingShape {
  const x = within(to.x / size.width)
  const y = within(to.y / size.height)
  if (isLine(shape)) {
    const first = shape.points[0] ?? { x, y }
    const last = shape.points.at(-1) ?? first
    return { ...shape, points: handle === 'from' ? [{ x, y }, last] : [first, { x, y }] }
  }
  const { x: left, y: top, width, height } = bounds(shape, size)
  if (shape.tool === 'text') {
    const grown = Math.max(0.25, (to.x - left) / Math.max(1, width))
    return { ...shape, strokeWidth: Math.min(0.06, Math.max(0.001, shape.strokeWidth * grown)) }
  }
  const isRight = handle === 'ne' || handle === 'se'
  const isBottom = handle === 'sw' || handle === 'se'
  const fixed = { x: isRight ? left : left + width, y: isBottom ? top : top + height }
  const scale = (length: number, pulled: number) => (length < 0.5 ? 1 : pulled / length)
  const across = scale(width, isRight ? to.x - fixed.x : fixed.x - to.x)
  const down = scale(height, isBottom ? to.y - fixed.y : fixed.y - to.y)
  return {
    ...shape,
    points: shape.points.map((point) => ({
      ...point,
      x: within((fixed.x + (point.x * size.width - fixed.x) * across) / size.width),
      y: within((fixed.y + (point.y * size.height - fixed.y) * down) / size.height),
    })),
  }
}
