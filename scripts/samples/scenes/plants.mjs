/** Trees as outlines, the same tree for the same number. */
import { clamp, hash, lerp } from '../noise.mjs'

/** @typedef {import('../canvas.mjs').Point} Point */

/**
 * A fir seen against the light: a thin top, boughs of uneven length that droop and turn up at the tip, a trunk.
 * @param {number} x @param {number} foot @param {number} tall @param {number} kind @returns {Point[][]}
 */
export function fir(x, foot, tall, kind) {
  const boughs = Math.round(clamp(tall / 5, 5, 26 + tall / 26))
  const spread = tall * lerp(0.13, 0.24, hash(kind, 7, 3))
  const lean = (hash(kind, 8, 3) - 0.5) * tall * 0.05
  const full = lerp(0.7, 1.15, hash(kind, 9, 3))
  /** @param {number} side @returns {Point[]} */
  const edge = (side) => {
    /** @type {Point[]} */
    const points = []
    for (let bough = 0; bough <= boughs; bough++) {
      const down = (bough + hash(kind * 31 + bough, side + 5, 4) * 0.6) / (boughs + 0.6)
      const reach = spread * (0.05 + down ** full) * lerp(0.55, 1.12, hash(kind * 31 + bough, side + 2, 4))
      const y = foot - tall * (1 - down * 0.94)
      const middle = x + lean * (1 - down)
      const droop = (tall / boughs) * lerp(0.35, 0.75, hash(kind * 31 + bough, side + 8, 4))
      points.push(
        [middle + side * reach * 0.3, y - droop * 0.2],
        [middle + side * reach * 0.8, y + droop],
        [middle + side * reach, y + droop * 0.72],
        [middle + side * reach * 0.55, y + droop * 1.15],
      )
    }
    return points
  }
  const trunk = Math.max(0.5, tall * 0.012)
  return [
    [[x + lean, foot - tall * 1.04], ...edge(1), ...edge(-1).reverse()],
    [
      [x - trunk, foot - tall * 0.15],
      [x + trunk, foot - tall * 0.15],
      [x + trunk, foot],
      [x - trunk, foot],
    ],
  ]
}
