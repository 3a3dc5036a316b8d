/** Colour bars at 75 % for a monitor: exact levels, no film look, and a hand that shows that the picture runs. */

/** @typedef {readonly [number, number, number]} Level */

/** @type {readonly Level[]} */
const upper = [
  [102, 102, 102],
  [191, 191, 191],
  [191, 191, 0],
  [0, 191, 191],
  [0, 191, 0],
  [191, 0, 191],
  [191, 0, 0],
  [0, 0, 191],
  [102, 102, 102],
]
const grey = /** @type {Level} */ ([102, 102, 102])
const black = /** @type {Level} */ ([0, 0, 0])

/** Where each of the nine columns starts, in parts of the width: an eighth at each side, seven bars between. */
const starts = [0, ...Array.from({ length: 8 }, (_, bar) => 1 / 8 + (bar * 3) / 28)]

/** @param {number} x From 0 to 1. */
const columnAt = (x) => starts.findLastIndex((start) => x >= start)

/**
 * @param {number} x @param {number} y Both from 0 to 1. @param {number} t @returns {Level}
 */
function levelAt(x, y, t) {
  const column = columnAt(x)
  if (y < 7 / 12) return upper[column] ?? grey
  const inside = Math.min(1, Math.max(0, (x - 1 / 8) / (3 / 4)))
  if (y < 8 / 12) {
    if (column === 0) return [0, 255, 255]
    if (column === 8) return [0, 0, 255]
    // A window of white wanders over the row, so that no two frames are the same.
    const hand = (t * 0.17) % 1
    return Math.abs(inside - hand) < 0.012 ? [255, 255, 255] : [191, 191, 191]
  }
  if (y < 9 / 12) {
    if (column === 0) return [255, 255, 0]
    if (column === 8) return [255, 0, 0]
    const level = 255 * inside
    return [level, level, level]
  }
  if (column === 0 || column === 8) return [38, 38, 38]
  if (inside < 0.22) return black
  if (inside < 0.44) return [255, 255, 255]
  // Steps just above black, to set the brightness of a monitor.
  const step = [0, 5, 0, 10, 0, 15, 0][Math.floor((inside - 0.58) / 0.045)]
  return inside > 0.58 && step !== undefined ? [step, step, step] : black
}

/** @param {number} width @param {number} height @returns {import('./film.mjs').Scene} */
export default function bars(width, height) {
  return {
    frame(t) {
      const rgb = new Uint8Array(width * height * 3)
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const level = levelAt((x + 0.5) / width, (y + 0.5) / height, t)
          rgb.set(sweep(x - width / 2, y - height * 0.29, height * 0.17, t, level), (y * width + x) * 3)
        }
      }
      return rgb
    },
  }
}

/**
 * A ring in the middle, filled clockwise once a second.
 * @param {number} x @param {number} y @param {number} radius @param {number} t @param {Level} under @returns {Level}
 */
function sweep(x, y, radius, t, under) {
  const far = Math.hypot(x, y)
  if (far > radius + 1) return under
  const turn = (Math.atan2(x, -y) / (Math.PI * 2) + 1) % 1
  const into = t % 1
  const plate = /** @type {Level} */ ([20, 20, 20])
  const edge = Math.min(1, Math.max(0, radius - far + 0.5))
  const band =
    Math.min(1, Math.max(0, far - radius * 0.82 + 0.5)) * Math.min(1, Math.max(0, radius * 0.92 - far + 0.5))
  // The end of the filled part is as soft as a pixel.
  const ahead = (into - turn) * Math.PI * 2 * far
  const filled = band * Math.min(1, Math.max(0, ahead + 0.5))
  const mixed = (/** @type {number} */ index) => {
    const below = under[index] ?? 0
    const disc = below + ((plate[index] ?? 0) - below) * edge
    return Math.round(disc + (44 - disc) * band * 0.9 + (225 - 44) * filled)
  }
  return [mixed(0), mixed(1), mixed(2)]
}
