import type { DrawingShape } from '../../src/shared/review.ts'

/** A shape as somebody here drew it: a red rectangle left of the middle, unless `more` says otherwise. */
export const drawnShape = (more: Partial<DrawingShape> = {}): DrawingShape => ({
  id: 's',
  tool: 'rectangle',
  points: [
    { x: 0.2, y: 0.2 },
    { x: 0.4, y: 0.6 },
  ],
  colour: '#ff0000',
  strokeWidth: 0.004,
  opacity: 1,
  ...more,
})
