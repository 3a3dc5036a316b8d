/** A street in the rain behind a café window: lights out of focus, drops that turn the street upside down. */
import { Canvas, colour, set, setAdd, setFromStops, setMix, times } from '../canvas.mjs'
import { clamp, hash, layeredNoise, lerp, noise, smoothstep } from '../noise.mjs'
import { film } from './film.mjs'

/** @typedef {import('../canvas.mjs').Colour} Colour */
/** @typedef {import('../canvas.mjs').Point} Point */

const street = 452

/** @type {readonly (readonly [number, Colour])[]} */
const dusk = [
  [-20, colour('#0c1424')],
  [200, colour('#16233a')],
  [360, colour('#2a3346')],
  [452, colour('#38333c')],
  [500, colour('#1b1c26')],
  [730, colour('#0d1018')],
]
const lamps = ['#ffb06a', '#ffd3a0', '#ffc06a', '#ff8a5c', '#8fc6e8', '#ef6a70', '#9fd8c4'].map((hex) =>
  colour(hex),
)

const wall = colour('#0f1526')
const shopLight = colour('#8a5a3c')

/** @param {number} width @param {number} height */
export default function city(width, height) {
  const behind = new Canvas(width, height)
  const people = new Canvas(width, height)
  return film(
    width,
    height,
    { exposure: 1.2, bloom: 0.12, vignette: 0.5, saturation: 0.98, grain: 0.6 },
    (canvas, t) => {
      behind.clear()
      paintStreet(behind, t)
      people.clear()
      paintWalker(people, t)
      people.blur(5)
      behind.over(people)
      canvas.over(behind)
      runDrops(canvas, behind, t)
    },
  )
}

/** Lights near and far, and before them their images in the wet street. */
/** @param {Canvas} canvas @param {number} t */
function paintStreet(canvas, t) {
  canvas.paint((x, y, ink) => {
    setFromStops(dusk, y, ink)
    const house = layeredNoise(x / 190, 3, 11, 3)
    setMix(ink, ink, wall, smoothstep(0.4, 0.62, house) * 0.55 * smoothstep(470, 380, y))
    setAdd(
      ink,
      shopLight,
      0.5 * Math.exp(-(((y - street + 40) / 92) ** 2)) * (0.35 + 0.65 * noise(x / 160, 5, 12)),
    )
    return 1
  })
  const lights = [...lampsAt(t), ...carsAt(t)]
  for (const { x, y, radius, c, kind, wet } of lights) {
    bokeh(canvas, x, street + 30 + (street - y) * 0.55 + radius * 3, radius, times(c, wet), kind, 3.4)
  }
  canvas.blur(9)
  for (const { x, y, radius, c, kind } of lights) bokeh(canvas, x, y, radius, c, kind)
}

/** Windows, signs and street lamps. */
/** @param {number} t */
const lampsAt = (t) =>
  Array.from({ length: 58 }, (_, lamp) => {
    const deep = hash(lamp, 1, 21)
    const blink = lamp % 9 === 0 ? 0.55 + 0.45 * smoothstep(-0.2, 0.2, Math.sin(t * 2.6 + lamp)) : 1
    const hue = lamps[Math.floor(hash(lamp, 4, 21) ** 1.5 * lamps.length)] ?? lamps[0]
    return {
      x: hash(lamp, 2, 21) * 1340 - 30 + Math.sin(t * 0.5 + lamp) * 1.5 - t * (2 + deep * 5),
      y: 90 + hash(lamp, 3, 21) ** 0.7 * 345,
      radius: lerp(9, 40, deep ** 1.8),
      c: times(hue ?? [1, 1, 1], lerp(0.52, 0.2, deep) * blink),
      kind: lamp,
      wet: 0.3,
    }
  })

/** White lights that come, red ones that go. */
/** @param {number} t */
const carsAt = (t) =>
  Array.from({ length: 14 }, (_, index) => {
    const car = index >> 1
    const isComing = car % 2 === 0
    const pace = (isComing ? -1 : 1) * lerp(90, 150, hash(car, 1, 31))
    const span = 1900
    const radius = isComing ? 27 : 21
    const place = (((hash(car, 2, 31) * span + t * pace) % span) + span) % span
    return {
      x: place - 300 + (index & 1) * radius * 2.3,
      y: street + (isComing ? 26 : 2) + hash(car, 3, 31) * 8,
      radius,
      c: isComing ? colour('#ffe6c4', 0.72) : colour('#ff2c24', 0.8),
      kind: index,
      wet: 0.42,
    }
  })

/** A point of light out of focus: an even disc with a slightly brighter rim, never quite round. */
/**
 * @param {Canvas} canvas @param {number} x @param {number} y @param {number} radius @param {Colour} c
 * @param {number} kind @param {number} [stretch]
 */
function bokeh(canvas, x, y, radius, c, kind, stretch = 1) {
  const turn = hash(kind, 9, 41) * 6
  canvas.light(
    (px, py, ink) => {
      const dx = (px - x) / radius
      const dy = (py - y) / (radius * stretch)
      const far = Math.hypot(dx, dy)
      if (far > 1.15) return 0
      const edge = 1 - 0.022 * Math.cos((Math.atan2(dy, dx) + turn) * 7)
      const inside = smoothstep(edge + 0.1, edge - 0.12, far)
      set(ink, c)
      return inside * (0.8 + 0.25 * smoothstep(0.5, 0.95, far))
    },
    {
      left: x - radius * 1.2,
      top: y - radius * stretch * 1.2,
      right: x + radius * 1.2,
      bottom: y + radius * stretch * 1.2,
    },
  )
}

/** Somebody with an umbrella crosses, a dark shape. */
/** @param {Canvas} canvas @param {number} t */
function paintWalker(canvas, t) {
  const x = 330 + t * 62
  const step = Math.sin(t * 5.2)
  const y = 640 + Math.abs(step) * -5
  const dark = colour('#06080d')
  /** @type {Point[]} */
  const roof = Array.from({ length: 21 }, (_, part) => {
    const turn = Math.PI * (1 + part / 20)
    return [x + 12 + Math.cos(turn) * 112, y - 296 + Math.sin(turn) * 66]
  })
  const hem = Array.from(
    { length: 13 },
    (_, part) =>
      /** @type {Point} */ ([
        x + 124 - part * (224 / 12),
        y - 296 + Math.abs(Math.sin((part / 12) * Math.PI * 4)) * -11,
      ]),
  )
  canvas.path([[...roof, ...hem]], (_px, py, ink) => {
    setMix(ink, colour('#7c1f26'), colour('#2a0a10'), smoothstep(y - 362, y - 290, py))
    return 1
  })
  canvas.stroke(
    [
      [x + 12, y - 362],
      [x + 16, y - 170],
    ],
    3,
    dark,
  )
  canvas.path(
    [
      Array.from(
        { length: 18 },
        (_, part) =>
          /** @type {Point} */ ([x + 4 + Math.cos(part / 2.865) * 21, y - 244 + Math.sin(part / 2.865) * 27]),
      ),
    ],
    dark,
  )
  canvas.stroke(
    [
      [x + 2, y - 216],
      [x, y - 150],
      [x - 2, y - 66],
    ],
    [34, 76, 92],
    dark,
  )
  canvas.stroke(
    [
      [x + 8, y - 196],
      [x + 34, y - 150],
      [x + 16, y - 182],
    ],
    [28, 22, 18],
    dark,
  )
  canvas.stroke(
    [
      [x - 8, y - 80],
      [x - 6 - step * 32, y + 60],
    ],
    [36, 24],
    dark,
  )
  canvas.stroke(
    [
      [x + 8, y - 80],
      [x + 8 + step * 32, y + 60],
    ],
    [36, 24],
    dark,
  )
}

/**
 * Drops on the glass: each shows the street small and upside down. Some gather weight and run.
 * @param {Canvas} canvas @param {Canvas} behind @param {number} t
 */
function runDrops(canvas, behind, t) {
  for (let drop = 0; drop < 230; drop++) {
    const size = 2.4 + hash(drop, 1, 51) ** 4 * 13
    drawDrop(
      canvas,
      behind,
      hash(drop, 2, 51) * 1280,
      hash(drop, 3, 51) * 720,
      size,
      size * lerp(1, 1.25, hash(drop, 4, 51)),
    )
  }
  for (let runner = 0; runner < 13; runner++) {
    const x0 = hash(runner, 1, 52) * 1280
    const pace = lerp(40, 150, hash(runner, 2, 52))
    const fall = ((hash(runner, 3, 52) * 900 + t * pace) % 900) - 90
    // Runs in short rushes, as drops do.
    const y = fall + Math.sin(fall / 34 + runner) * 16
    const x = x0 + (noise(y / 70, runner, 53) - 0.5) * 26
    for (let tail = 1; tail < 9; tail++) {
      const ty = y - tail * lerp(13, 26, hash(runner, tail, 54))
      const tx = x0 + (noise(ty / 70, runner, 53) - 0.5) * 26
      const small = lerp(3.4, 1.2, tail / 9)
      drawDrop(canvas, behind, tx, ty, small, small * 1.3)
    }
    drawDrop(canvas, behind, x, y, 8.5, 11.5)
  }
}

/**
 * @param {Canvas} canvas @param {Canvas} behind @param {number} x @param {number} y
 * @param {number} rx @param {number} ry
 */
function drawDrop(canvas, behind, x, y, rx, ry) {
  canvas.paint(
    (px, py, ink) => {
      const dx = (px - x) / rx
      const dy = (py - y) / ry
      const far = dx * dx + dy * dy
      if (far >= 1.2) return 0
      const lens = 7 + 16 * far
      behind.sample(clamp(x - dx * rx * lens, 0, 1279), clamp(y * 0.3 + 300 - dy * ry * lens, 0, 719), ink)
      const rim = smoothstep(0.35, 1, far)
      const shade = 1.25 - rim * 0.85 + 0.55 * Math.exp(-((dx + 0.35) ** 2 + (dy + 0.45) ** 2) / 0.03)
      ink[0] *= shade
      ink[1] *= shade
      ink[2] *= shade
      return smoothstep(1.1, 0.8, far) * 0.92
    },
    { left: x - rx * 1.15, top: y - ry * 1.15, right: x + rx * 1.15, bottom: y + ry * 1.15 },
  )
}
