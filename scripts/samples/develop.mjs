/** From light to an 8-bit picture: bloom, film-like tones, vignette, fine grain. */
import { clamp, hash } from './noise.mjs'

/** @typedef {import('./canvas.mjs').Canvas} Canvas */
/**
 * @typedef {object} Look
 * @property {number} [exposure]
 * @property {number} [bloom] How much of the bright parts spreads.
 * @property {number} [vignette] How dark the corners get, 0 to 1.
 * @property {number} [grain] In 8-bit levels.
 * @property {number} [saturation]
 * @property {readonly [number, number, number]} [lift] Light added to the shadows, for a faded black.
 */

const curveSteps = 4096
const curveTop = 16

/** The tones of film: straight in the middle, a soft shoulder for light sources; then sRGB. */
const curve = Float32Array.from({ length: curveSteps + 1 }, (_, index) => {
  const light = (index / curveSteps) ** 2 * curveTop
  const shaped = clamp((light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14))
  return (shaped <= 0.0031308 ? shaped * 12.92 : 1.055 * shaped ** (1 / 2.4) - 0.055) * 255
})

/** @param {number} light */
function develop1(light) {
  const place = Math.sqrt(clamp(light, 0, curveTop) / curveTop) * curveSteps
  const below = Math.floor(place)
  const low = curve[below] ?? 0
  return low + ((curve[below + 1] ?? low) - low) * (place - below)
}

/**
 * @param {Canvas} canvas @param {Look} look
 * @returns {Uint8Array} RGB
 */
export function develop(canvas, look) {
  const { exposure = 1, bloom = 0.06, vignette = 0.25, grain = 1, saturation = 1, lift = [0, 0, 0] } = look
  const { width, height, data } = canvas
  const spread = bloom > 0 ? bloomOf(canvas) : undefined
  const rgb = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    const fromMiddleY = (y / height - 0.5) * 2
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4
      let r = (data[at] ?? 0) + lift[0]
      let g = (data[at + 1] ?? 0) + lift[1]
      let b = (data[at + 2] ?? 0) + lift[2]
      if (spread) {
        spread.sample(x / spread.by, y / spread.by)
        r += spread.ink[0] * bloom
        g += spread.ink[1] * bloom
        b += spread.ink[2] * bloom
      }
      const fromMiddleX = (x / width - 0.5) * 2
      const edge = (fromMiddleX * fromMiddleX + fromMiddleY * fromMiddleY) / 2
      const gain = exposure * (1 - vignette * edge * edge) * 0.62
      const grey = 0.2126 * r + 0.7152 * g + 0.0722 * b
      // Grain stands still: moving grain would cost more bits than the scene.
      const rough = (hash(x, y, 11) + hash(x, y, 12) - 1) * grain
      const out = (y * width + x) * 3
      rgb[out] = clamp(develop1((grey + (r - grey) * saturation) * gain) + rough + 0.5, 0, 255)
      rgb[out + 1] = clamp(develop1((grey + (g - grey) * saturation) * gain) + rough + 0.5, 0, 255)
      rgb[out + 2] = clamp(develop1((grey + (b - grey) * saturation) * gain) + rough + 0.5, 0, 255)
    }
  }
  return rgb
}

/**
 * The light that spreads around bright parts, at a quarter of the size: a tight and a wide blur.
 * @param {Canvas} canvas
 */
function bloomOf(canvas) {
  const by = 4
  const width = Math.ceil(canvas.width / by)
  const height = Math.ceil(canvas.height / by)
  const small = new Float32Array(width * height * 3)
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const at = (y * canvas.width + x) * 4
      const to = (Math.floor(y / by) * width + Math.floor(x / by)) * 3
      for (let channel = 0; channel < 3; channel++) {
        const level = canvas.data[at + channel] ?? 0
        small[to + channel] = (small[to + channel] ?? 0) + Math.max(0, Math.min(level, 24) - 0.7) / (by * by)
      }
    }
  }
  const reach = canvas.scale * 7
  const tight = blurred(small, width, height, Math.round(reach))
  const wide = blurred(tight, width, height, Math.round(reach * 3))
  const sum = tight.map((level, index) => level + (wide[index] ?? 0) * 1.4)
  /** @type {[number, number, number]} */
  const ink = [0, 0, 0]
  return {
    by,
    ink,
    /** @param {number} x @param {number} y */
    sample(x, y) {
      const px = clamp(x - 0.5, 0, width - 1.001)
      const py = clamp(y - 0.5, 0, height - 1.001)
      const left = Math.floor(px)
      const top = Math.floor(py)
      const u = px - left
      const v = py - top
      const at = (top * width + left) * 3
      const below = at + width * 3
      for (let channel = 0; channel < 3; channel++) {
        const upper = (sum[at + channel] ?? 0) * (1 - u) + (sum[at + 3 + channel] ?? 0) * u
        const lower = (sum[below + channel] ?? 0) * (1 - u) + (sum[below + 3 + channel] ?? 0) * u
        ink[/** @type {0 | 1 | 2} */ (channel)] = upper * (1 - v) + lower * v
      }
    },
  }
}

/** @param {Float32Array} source @param {number} width @param {number} height @param {number} reach */
function blurred(source, width, height, reach) {
  let from = source
  for (let pass = 0; pass < 3; pass++) {
    from = boxed(boxed(from, height, width * 3, width, 3, reach), width, 3, height, width * 3, reach)
  }
  return from
}

/**
 * @param {Float32Array} from @param {number} lines @param {number} lineStep @param {number} length
 * @param {number} step @param {number} reach
 */
function boxed(from, lines, lineStep, length, step, reach) {
  const to = new Float32Array(from.length)
  for (let line = 0; line < lines; line++) {
    for (let channel = 0; channel < 3; channel++) {
      const start = line * lineStep + channel
      let sum = 0
      for (let place = -reach; place <= reach; place++) {
        sum += from[start + clamp(place, 0, length - 1) * step] ?? 0
      }
      for (let place = 0; place < length; place++) {
        to[start + place * step] = sum / (reach * 2 + 1)
        sum += from[start + Math.min(length - 1, place + reach + 1) * step] ?? 0
        sum -= from[start + Math.max(0, place - reach) * step] ?? 0
      }
    }
  }
  return to
}
