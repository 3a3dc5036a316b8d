/** Randomness that is the same on every run: numbers in a row, and smooth noise over a line or a plane. */

/**
 * Numbers from 0 to 1 in a fixed order for a seed (mulberry32).
 * @param {number} seed
 */
export function seededRandom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A number from 0 to 1 for a place on a grid. */
/** @param {number} x @param {number} y @param {number} seed */
export function hash(x, y, seed) {
  let mixed = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39)
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
}

/** @param {number} t */
const quintic = (t) => t * t * t * (t * (t * 6 - 15) + 10)

/** Smooth noise from 0 to 1 over the plane, one bump in each unit square. */
/** @param {number} x @param {number} y @param {number} seed */
export function noise(x, y, seed) {
  const left = Math.floor(x)
  const top = Math.floor(y)
  const u = quintic(x - left)
  const v = quintic(y - top)
  const a = hash(left, top, seed)
  const b = hash(left + 1, top, seed)
  const c = hash(left, top + 1, seed)
  const d = hash(left + 1, top + 1, seed)
  return a + (b - a) * u + (c - a + (a - b - c + d) * u) * v
}

/** Noise with finer and finer detail, around 0.5; each octave half as strong and turned, so that no grid shows. */
/** @param {number} x @param {number} y @param {number} seed @param {number} octaves */
export function layeredNoise(x, y, seed, octaves) {
  let sum = 0
  let weight = 0.5
  let total = 0
  let px = x
  let py = y
  for (let octave = 0; octave < octaves; octave++) {
    sum += noise(px, py, seed + octave) * weight
    total += weight
    weight *= 0.5
    const turned = px * 1.6 + py * 1.2
    py = py * 1.6 - px * 1.2
    px = turned
  }
  return sum / total
}

/** Sharp crests with soft valleys, as mountains have, from 0 to 1. */
/** @param {number} x @param {number} seed @param {number} octaves */
export function crests(x, seed, octaves) {
  let sum = 0
  let weight = 0.5
  let total = 0
  let px = x
  let carry = 1
  for (let octave = 0; octave < octaves; octave++) {
    const crest = 1 - Math.abs(noise(px, octave * 7.3, seed + octave) * 2 - 1)
    const shaped = crest * crest * carry
    sum += shaped * weight
    total += weight
    carry = Math.min(1, shaped * 1.6 + 0.25)
    weight *= 0.5
    px = px * 2.03 + 17.1
  }
  return sum / total
}

/** @param {number} from @param {number} to @param {number} value */
export function smoothstep(from, to, value) {
  const t = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return t * t * (3 - 2 * t)
}

/** @param {number} a @param {number} b @param {number} t */
export const lerp = (a, b, t) => a + (b - a) * t

/** @param {number} value @param {number} [low] @param {number} [high] */
export const clamp = (value, low = 0, high = 1) => (value < low ? low : value > high ? high : value)
