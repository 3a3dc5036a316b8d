import { isDeepStrictEqual } from 'node:util'
import type { DrawingShape } from '../../../shared/review.ts'
import { drawingShapeSchema } from '../../../shared/review.ts'

/** One stroke or figure as the service keeps it. */
export interface Primitive {
  readonly type: string
  readonly points?: readonly { readonly x: number; readonly y: number }[] | null | undefined
  readonly color?: string | null | undefined
  readonly opacity?: number | null | undefined
  readonly width?: number | null | undefined
  readonly text?: string | null | undefined
}

/**
 * The service keeps points as whole numbers and does not say of what. Taken here, and nowhere else: a grid of 10,000 by
 * 10,000 over the whole picture, whatever its shape, with widths of strokes on the grid's horizontal side.
 */
const grid = 10_000
const defaultWidth = 0.004
const defaultColour = '#ff3b30'

const tools: Readonly<Record<string, DrawingShape['tool']>> = {
  PENCIL: 'pen',
  LINE: 'line',
  ARROW: 'arrow',
  RECTANGLE: 'rectangle',
  ELLIPSE: 'ellipse',
  TEXT: 'text',
}
const types: Readonly<
  Record<DrawingShape['tool'], 'PENCIL' | 'LINE' | 'ARROW' | 'RECTANGLE' | 'ELLIPSE' | 'TEXT'>
> = {
  pen: 'PENCIL',
  line: 'LINE',
  arrow: 'ARROW',
  rectangle: 'RECTANGLE',
  ellipse: 'ELLIPSE',
  text: 'TEXT',
}

/** What can be shown of a stored drawing. `isWhole`: writing the shapes back would write exactly what was read. */
export function shapesOf(primitives: readonly Primitive[]): { shapes: DrawingShape[]; isWhole: boolean } {
  const shapes: DrawingShape[] = []
  let isWhole = true
  for (const [index, primitive] of primitives.entries()) {
    const shape = drawingShapeSchema.safeParse(shapeOf(primitive, index))
    if (!shape.success) isWhole = false
    else {
      shapes.push(shape.data)
      isWhole &&= isDeepStrictEqual(primitiveOf(shape.data), withoutNothing(primitive))
    }
  }
  return { shapes, isWhole }
}

function shapeOf(primitive: Primitive, index: number): Partial<DrawingShape> {
  const { type, points, color, opacity, width, text } = primitive
  const tool = tools[type]
  return {
    id: String(index),
    ...(tool === undefined ? {} : { tool }),
    points: (points ?? []).map(({ x, y }) => ({ x: share(x), y: share(y) })),
    colour: hexOf(color),
    strokeWidth: typeof width === 'number' && width > 0 ? Math.min(1, width / grid) : defaultWidth,
    opacity: typeof opacity === 'number' ? Math.min(1, Math.max(0, opacity)) : 1,
    ...(typeof text === 'string' ? { text: text.slice(0, 2000) } : {}),
  }
}

/** The figure as the service takes it. Pressure of a pen has no place there. */
export function primitiveOf(shape: DrawingShape) {
  return {
    type: types[shape.tool],
    points: shape.points.map(({ x, y }) => ({ x: Math.round(x * grid), y: Math.round(y * grid) })),
    color: shape.colour,
    opacity: shape.opacity,
    width: rounded(shape.strokeWidth * grid),
    ...(shape.text === undefined ? {} : { text: shape.text }),
  }
}

/** Far outside of the picture is cut off: it could not be seen, and lists of points stay bounded. */
const share = (value: number) => Math.min(2, Math.max(-1, value / grid))
/** Without the noise that multiplying a decimal leaves. */
const rounded = (value: number) => Math.round(value * 1e6) / 1e6

function hexOf(colour: string | null | undefined): string {
  const text = (colour ?? '').trim()
  if (/^#[0-9a-f]{6}$/i.test(text)) return text
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text)
  if (short !== null)
    return `#${short
      .slice(1)
      .map((digit) => digit + digit)
      .join('')}`
  const parts = /^rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})/i.exec(text)?.slice(1).map(Number)
  if (parts === undefined || parts.some((part) => part > 255)) return defaultColour
  return `#${parts.map((part) => part.toString(16).padStart(2, '0')).join('')}`
}

/** Without the fields that say nothing: the service reads a drawing with nulls in it as a wrong one. */
export function withoutNothing(primitive: Primitive): object {
  return Object.fromEntries(
    Object.entries(primitive).filter(([, value]) => value !== undefined && value !== null),
  )
}
