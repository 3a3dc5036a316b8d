/**
 * A picture in linear light (premultiplied RGBA floats), so that glow, haze and glass mix as light does.
 * All places are in design units: 1280 by 720 whatever the size in pixels.
 */

import { boundsOf, coverage, strokeOutlines } from './outline.mjs'

/** @typedef {[number, number, number]} Colour Linear light; a light source is brighter than 1. */
/** @typedef {readonly [number, number]} Point */
/** @typedef {(x: number, y: number, ink: Colour) => number} Shader Sets the ink and returns how much it covers. */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Area */

export const designWidth = 1280
export const designHeight = 720

/** @param {number} level 0 to 255 */
const toLinear = (level) => {
  const value = level / 255
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}

/**
 * `#rrggbb` as light, times `strength`.
 * @param {string} hex @param {number} [strength] @returns {Colour}
 */
export function colour(hex, strength = 1) {
  const value = Number.parseInt(hex.slice(1), 16)
  return [
    toLinear((value >> 16) & 255) * strength,
    toLinear((value >> 8) & 255) * strength,
    toLinear(value & 255) * strength,
  ]
}

/** @param {Colour} a @param {Colour} b @param {number} t @returns {Colour} */
export const mix = (a, b, t) => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t]

/** @param {Colour} c @param {number} by @returns {Colour} */
export const times = (c, by) => [c[0] * by, c[1] * by, c[2] * by]

/** @param {Colour} ink @param {Colour} c */
export function set(ink, c) {
  ink[0] = c[0]
  ink[1] = c[1]
  ink[2] = c[2]
}

/** @param {Colour} ink @param {Colour} a @param {Colour} b @param {number} t */
export function setMix(ink, a, b, t) {
  ink[0] = a[0] + (b[0] - a[0]) * t
  ink[1] = a[1] + (b[1] - a[1]) * t
  ink[2] = a[2] + (b[2] - a[2]) * t
}

/** @param {Colour} ink @param {Colour} c @param {number} by */
export function setAdd(ink, c, by) {
  ink[0] += c[0] * by
  ink[1] += c[1] * by
  ink[2] += c[2] * by
}

/**
 * The colour at `at` among stops in rising order, eased between them.
 * @param {readonly (readonly [number, Colour])[]} stops @param {number} at @param {Colour} ink
 */
export function setFromStops(stops, at, ink) {
  let [before, below] = stops[0] ?? [0, [0, 0, 0]]
  for (const [place, above] of stops) {
    if (at <= place) {
      const t = place === before ? 0 : Math.min(1, Math.max(0, (at - before) / (place - before)))
      setMix(ink, below, above, t)
      return
    }
    before = place
    below = above
  }
  set(ink, below)
}

export class Canvas {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.width = width
    this.height = height
    this.scale = width / designWidth
    this.data = new Float32Array(width * height * 4)
  }

  clear() {
    this.data.fill(0)
  }

  /** @param {number} at @param {Colour} ink @param {number} alpha */
  blend(at, ink, alpha) {
    const keep = 1 - alpha
    const { data } = this
    data[at] = (data[at] ?? 0) * keep + ink[0] * alpha
    data[at + 1] = (data[at + 1] ?? 0) * keep + ink[1] * alpha
    data[at + 2] = (data[at + 2] ?? 0) * keep + ink[2] * alpha
    data[at + 3] = (data[at + 3] ?? 0) * keep + alpha
  }

  /** @param {Area | undefined} area */
  pixelsOf(area) {
    if (!area) return { left: 0, top: 0, right: this.width, bottom: this.height }
    return {
      left: Math.max(0, Math.floor(area.left * this.scale)),
      top: Math.max(0, Math.floor(area.top * this.scale)),
      right: Math.min(this.width, Math.ceil(area.right * this.scale)),
      bottom: Math.min(this.height, Math.ceil(area.bottom * this.scale)),
    }
  }

  /**
   * Asks `shader` for every pixel of the area and lays its ink over what is there.
   * @param {Shader} shader @param {Area} [area]
   */
  paint(shader, area) {
    const { left, top, right, bottom } = this.pixelsOf(area)
    /** @type {Colour} */
    const ink = [0, 0, 0]
    for (let y = top; y < bottom; y++) {
      let at = (y * this.width + left) * 4
      for (let x = left; x < right; x++, at += 4) {
        const alpha = shader((x + 0.5) / this.scale, (y + 0.5) / this.scale, ink)
        if (alpha > 0) this.blend(at, ink, alpha > 1 ? 1 : alpha)
      }
    }
  }

  /**
   * Adds light; the shader's answer scales its ink.
   * @param {Shader} shader @param {Area} [area]
   */
  light(shader, area) {
    const { left, top, right, bottom } = this.pixelsOf(area)
    const { data } = this
    /** @type {Colour} */
    const ink = [0, 0, 0]
    for (let y = top; y < bottom; y++) {
      let at = (y * this.width + left) * 4
      for (let x = left; x < right; x++, at += 4) {
        const amount = shader((x + 0.5) / this.scale, (y + 0.5) / this.scale, ink)
        if (amount <= 0) continue
        data[at] = (data[at] ?? 0) + ink[0] * amount
        data[at + 1] = (data[at + 1] ?? 0) + ink[1] * amount
        data[at + 2] = (data[at + 2] ?? 0) + ink[2] * amount
      }
    }
  }

  /**
   * A soft round light, gone at `radius`. `hardness` 1 is a wide glow, larger is tighter.
   * @param {number} x @param {number} y @param {number} radius @param {Colour} c @param {number} [hardness]
   */
  glow(x, y, radius, c, hardness = 2) {
    const area = { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius }
    this.light((px, py, ink) => {
      const near = 1 - ((px - x) ** 2 + (py - y) ** 2) / (radius * radius)
      if (near <= 0) return 0
      set(ink, c)
      return near ** (hardness * 2)
    }, area)
  }

  /**
   * A disc whose edge fades over `softness` units.
   * @param {number} x @param {number} y @param {number} radius @param {Colour} c
   * @param {number} [alpha] @param {number} [softness]
   */
  disc(x, y, radius, c, alpha = 1, softness = 1) {
    const reach = radius + softness
    this.paint(
      (px, py, ink) => {
        const distance = Math.hypot(px - x, py - y)
        if (distance >= reach) return 0
        set(ink, c)
        return alpha * Math.min(1, (reach - distance) / (softness * 2 || 1))
      },
      { left: x - reach, top: y - reach, right: x + reach, bottom: y + reach },
    )
  }

  /**
   * Fills outlines with exact coverage at the edges; outlines that overlap in the same direction count once.
   * @param {readonly (readonly Point[])[]} outlines @param {Colour | Shader} fill @param {number} [alpha]
   */
  path(outlines, fill, alpha = 1) {
    const { left, top, right, bottom } = this.pixelsOf(boundsOf(outlines))
    const width = right - left
    if (width <= 0 || bottom <= top) return
    const cover = coverage(outlines, this.scale, left, top, width, bottom - top)
    /** @type {Colour} */
    const ink = [0, 0, 0]
    const shader = typeof fill === 'function' ? fill : undefined
    if (!shader && typeof fill !== 'function') set(ink, fill)
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const covered = cover[(y - top) * (width + 1) + x - left] ?? 0
        if (covered < 0.002) continue
        const shade = shader ? shader((x + 0.5) / this.scale, (y + 0.5) / this.scale, ink) : 1
        const amount = covered * alpha * shade
        if (amount > 0) this.blend((y * this.width + x) * 4, ink, amount > 1 ? 1 : amount)
      }
    }
  }

  /**
   * A line with round joins; `widths` at its points, or one width for all.
   * @param {readonly Point[]} points @param {number | readonly number[]} widths
   * @param {Colour | Shader} fill @param {number} [alpha]
   */
  stroke(points, widths, fill, alpha = 1) {
    this.path(strokeOutlines(points, widths), fill, alpha)
  }

  /**
   * Lays another canvas of the same size over this one.
   * @param {Canvas} layer @param {number} [opacity]
   */
  over(layer, opacity = 1) {
    const { data } = this
    for (let at = 0; at < data.length; at += 4) {
      const keep = 1 - (layer.data[at + 3] ?? 0) * opacity
      for (let channel = at; channel < at + 4; channel++) {
        data[channel] = (data[channel] ?? 0) * keep + (layer.data[channel] ?? 0) * opacity
      }
    }
  }

  /**
   * The colour at a place between pixels, into `ink`; returns the alpha there.
   * @param {number} x @param {number} y @param {Colour} ink
   */
  sample(x, y, ink) {
    const px = Math.min(this.width - 1.001, Math.max(0, x * this.scale - 0.5))
    const py = Math.min(this.height - 1.001, Math.max(0, y * this.scale - 0.5))
    const left = Math.floor(px)
    const top = Math.floor(py)
    const u = px - left
    const v = py - top
    const at = (top * this.width + left) * 4
    const below = at + this.width * 4
    const { data } = this
    const a = (1 - u) * (1 - v)
    const b = u * (1 - v)
    const c = (1 - u) * v
    const d = u * v
    ink[0] =
      (data[at] ?? 0) * a + (data[at + 4] ?? 0) * b + (data[below] ?? 0) * c + (data[below + 4] ?? 0) * d
    ink[1] =
      (data[at + 1] ?? 0) * a +
      (data[at + 5] ?? 0) * b +
      (data[below + 1] ?? 0) * c +
      (data[below + 5] ?? 0) * d
    ink[2] =
      (data[at + 2] ?? 0) * a +
      (data[at + 6] ?? 0) * b +
      (data[below + 2] ?? 0) * c +
      (data[below + 6] ?? 0) * d
    return (
      (data[at + 3] ?? 0) * a +
      (data[at + 7] ?? 0) * b +
      (data[below + 3] ?? 0) * c +
      (data[below + 7] ?? 0) * d
    )
  }

  /**
   * Out of focus by about `radius` design units: three box blurs, close to a Gaussian.
   * @param {number} radius
   */
  blur(radius) {
    const reach = Math.round((radius * this.scale) / 1.7)
    if (reach < 1) return
    for (let pass = 0; pass < 3; pass++) {
      boxBlur(this.data, this.height, this.width * 4, this.width, 4, reach)
      boxBlur(this.data, this.width, 4, this.height, this.width * 4, reach)
    }
  }
}

/**
 * A running mean along lines of `length` steps; colours beyond the ends are those at the ends.
 * @param {Float32Array} data @param {number} lines @param {number} lineStep @param {number} length
 * @param {number} step @param {number} reach
 */
function boxBlur(data, lines, lineStep, length, step, reach) {
  const line = new Float32Array(length)
  const inverse = 1 / (reach * 2 + 1)
  for (let index = 0; index < lines; index++) {
    for (let channel = 0; channel < 4; channel++) {
      const start = index * lineStep + channel
      for (let place = 0; place < length; place++) line[place] = data[start + place * step] ?? 0
      let sum = (line[0] ?? 0) * reach
      for (let place = 0; place <= reach; place++) sum += line[Math.min(place, length - 1)] ?? 0
      for (let place = 0; place < length; place++) {
        data[start + place * step] = sum * inverse
        sum += (line[Math.min(length - 1, place + reach + 1)] ?? 0) - (line[Math.max(0, place - reach)] ?? 0)
      }
    }
  }
}
