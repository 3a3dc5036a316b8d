import { getStroke } from 'perfect-freehand'
import type { DrawingShape } from '../../../shared/review.ts'

/** A picture's size in its own pixels: what drawings are measured against, whatever size it is shown at. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

export interface Place {
  readonly x: number
  readonly y: number
}

/** How large text is against the width of the line it is drawn with. */
export const textScale = 8

const onPicture = (point: DrawingShape['points'][number], size: PictureSize): Place => ({
  x: point.x * size.width,
  y: point.y * size.height,
})

export const lineWidth = (shape: DrawingShape, size: PictureSize): number => shape.strokeWidth * size.width

/** The outline of a pen's stroke: thicker where it was pressed harder. Filled, not stroked. */
export function penPath(shape: DrawingShape, size: PictureSize): string {
  const width = lineWidth(shape, size)
  const hasPressure = shape.points.some((point) => point.pressure !== undefined)
  const points = shape.points.map((point) => {
    const { x, y } = onPicture(point, size)
    return [x, y, point.pressure ?? 0.5]
  })
  const outline = getStroke(points, {
    size: hasPressure ? width * 1.6 : width,
    thinning: hasPressure ? 0.6 : 0,
    smoothing: 0.5,
    streamline: 0.35,
    simulatePressure: false,
    last: true,
  })
  const [first, ...rest] = outline
  if (first === undefined) return ''
  const number = (value: number | undefined) => (value ?? 0).toFixed(2)
  return `M${number(first[0])},${number(first[1])}${rest.map((each) => `L${number(each[0])},${number(each[1])}`).join('')}Z`
}

/** The corners between which a shape was pulled up, in the picture's pixels. */
export function ends(shape: DrawingShape, size: PictureSize): { readonly from: Place; readonly to: Place } {
  const first = shape.points[0] ?? { x: 0, y: 0 }
  const last = shape.points.at(-1) ?? first
  return { from: onPicture(first, size), to: onPicture(last, size) }
}

export function box(shape: DrawingShape, size: PictureSize): Place & PictureSize {
  const { from, to } = ends(shape, size)
  return {
    x: Math.min(from.x, to.x),
    y: Math.min(from.y, to.y),
    width: Math.abs(to.x - from.x),
    height: Math.abs(to.y - from.y),
  }
}

/** The three corners of an arrow's head; its tip is where the pull ended. */
export function arrowHead(shape: DrawingShape, size: PictureSize): readonly Place[] {
  const { from, to } = ends(shape, size)
  const angle = Math.atan2(to.y - from.y, to.x - from.x)
  const length = Math.min(lineWidth(shape, size) * 4.5, Math.hypot(to.x - from.x, to.y - from.y))
  const corner = (turn: number): Place => ({
    x: to.x - length * Math.cos(angle + turn),
    y: to.y - length * Math.sin(angle + turn),
  })
  return [to, corner(0.45), corner(-0.45)]
}

/** Whether a point is so near to a shape that somebody pointing there means it. */
export function isNear(shape: DrawingShape, at: Place, size: PictureSize): boolean {
  const reach = Math.max(lineWidth(shape, size), size.width * 0.008)
  if (shape.tool === 'text') {
    const { from } = ends(shape, size)
    const height = lineWidth(shape, size) * textScale
    const width = (shape.text ?? '').length * height * 0.6
    return at.x > from.x - reach && at.x < from.x + width + reach && Math.abs(at.y - from.y) < height + reach
  }
  if (shape.tool === 'rectangle' || shape.tool === 'ellipse') {
    const { x, y, width, height } = box(shape, size)
    const isOutside =
      at.x < x - reach || at.x > x + width + reach || at.y < y - reach || at.y > y + height + reach
    const isDeepInside =
      at.x > x + reach && at.x < x + width - reach && at.y > y + reach && at.y < y + height - reach
    return !isOutside && (shape.tool === 'ellipse' || !isDeepInside)
  }
  const points = shape.points.map((point) => onPicture(point, size))
  return points.some((point, index) => distance(at, points[index - 1] ?? point, point) <= reach)
}

function distance(at: Place, from: Place, to: Place): number {
  const x = to.x - from.x
  const y = to.y - from.y
  const length = x * x + y * y
  const along =
    length === 0 ? 0 : Math.max(0, Math.min(1, ((at.x - from.x) * x + (at.y - from.y) * y) / length))
  return Math.hypot(at.x - from.x - along * x, at.y - from.y - along * y)
}
