/** A cabin in falling snow: windows alight, smoke from the chimney, northern lights above the wood. */
import { colour, mix, set, setAdd, setFromStops, setMix, times } from '../canvas.mjs'
import { hash, layeredNoise, lerp, noise, smoothstep } from '../noise.mjs'
import { film } from './film.mjs'
import { fir } from './plants.mjs'

/** @typedef {import('../canvas.mjs').Canvas} Canvas */
/** @typedef {import('../canvas.mjs').Colour} Colour */
/** @typedef {import('../canvas.mjs').Point} Point */

/** @type {readonly (readonly [number, Colour])[]} */
const sky = [
  [-20, colour('#060d1c')],
  [180, colour('#0d1d38')],
  [330, colour('#1d3a58')],
  [430, colour('#3c5f78')],
]
const warm = colour('#ffa94f')
const aurora = colour('#3fe0a2')
const auroraTop = colour('#5a7cff')
const snowBlue = colour('#7f9cc0')
const snowShade = colour('#16263f')

/** Where the ground is: a slope with drifts. */
/** @param {number} x */
const groundAt = (x) => 500 - 26 * Math.sin(x / 330 + 0.4) - 10 * Math.sin(x / 117 + 2) + x * 0.018

const cabinX = 742
const cabinY = groundAt(cabinX) + 12

/** @param {number} width @param {number} height */
export default function cabin(width, height) {
  return film(
    width,
    height,
    { exposure: 1.28, bloom: 0.2, vignette: 0.48, saturation: 1.05, grain: 0.6 },
    (canvas, t) => {
      paintSky(canvas, t)
      paintWood(canvas, t)
      paintSnow(canvas, t)
      paintCabin(canvas, t)
      paintSmoke(canvas, t)
      paintFront(canvas, t)
      fallSnow(canvas, t)
    },
  )
}

/** @param {Canvas} canvas @param {number} t */
function paintSky(canvas, t) {
  canvas.paint(
    (_x, y, ink) => {
      setFromStops(sky, y, ink)
      return 1
    },
    { left: 0, top: 0, right: 1280, bottom: 560 },
  )
  for (let star = 0; star < 120; star++) {
    const x = hash(star, 1, 71) * 1280
    const y = hash(star, 2, 71) * 330
    const bright = (0.12 + hash(star, 3, 71) ** 5) * (0.7 + 0.3 * Math.sin(t * 2.6 + star * 1.9))
    canvas.glow(x, y, 2.2, [bright * 0.85, bright * 0.95, bright], 1)
  }
  canvas.light(
    (x, y, ink) => {
      let light = 0
      let high = 0
      for (let curtain = 0; curtain < 2; curtain++) {
        const fold = layeredNoise(x / 420 + curtain * 5 + t * 0.045, t * 0.07 + curtain, 72, 3)
        const foot = 300 - curtain * 70 + (fold - 0.5) * 300 + Math.sin(x / 260 + t * 0.22 + curtain * 2) * 30
        const up = foot - y
        const rays =
          0.45 + 0.9 * noise(x / 17 + fold * 22 + t * 0.4, t * 0.3, 73) * noise(x / 73 - t * 0.2, curtain, 74)
        const body = smoothstep(-14, 26, up) * Math.exp(-Math.max(0, up) / 105)
        const veil = smoothstep(0.3, 0.66, noise(x / 300 - t * 0.06, curtain * 3, 75))
        light += body * rays * veil * (curtain ? 0.6 : 1)
        high += up * body * rays * veil
      }
      if (light <= 0.003) return 0
      setMix(ink, aurora, auroraTop, smoothstep(20, 210, high / light))
      return light * 0.52
    },
    { left: 0, top: 0, right: 1280, bottom: 470 },
  )
}

/** @param {Canvas} canvas @param {number} t */
function paintWood(canvas, t) {
  for (const [depth, ink, cap] of /** @type {[number, Colour, Colour][]} */ ([
    [0, colour('#23405a'), colour('#3f6079')],
    [1, colour('#132a40'), colour('#2d4a64')],
    [2, colour('#091522'), colour('#1c3046')],
  ])) {
    const shift = t * (1.5 + depth * 2)
    const step = 11 + depth * 9
    const first = Math.floor((shift - 120) / step)
    for (let index = first; index < first + 1500 / step; index++) {
      const x = index * step + hash(index, 1, depth + 80) * step - shift
      const open = Math.abs(x - cabinX) < 118 + depth * 40 ? 0.55 : 1
      if (depth === 2 && hash(index, 4, 82) < 0.55) continue
      const tall = (52 + depth * 38) * lerp(0.6, 1.35, hash(index, 2, depth + 80)) * open
      const foot = groundAt(x) - 12 + depth * 5
      canvas.path(fir(x, foot, tall, index + depth * 999), (px, py, into) => {
        const load = layeredNoise(px / 5, py / 4, 83, 2)
        setMix(into, ink, cap, smoothstep(0.5, 0.72, load))
        setMix(into, into, colour('#4a6c84'), smoothstep(foot - 40, foot, py) * (0.5 - depth * 0.16))
        return 1
      })
    }
  }
}

/** @param {Canvas} canvas @param {number} t */
function paintSnow(canvas, t) {
  canvas.paint(
    (x, y, ink) => {
      const line = groundAt(x)
      const cover = (y - line) * canvas.scale + 0.5
      if (cover <= 0) return 0
      const down = (y - line) / 220
      const drift = layeredNoise(x / 190 + y / 60, y / 34, 84, 4)
      setMix(ink, snowBlue, snowShade, smoothstep(-0.15, 1.05, down * 0.75 + (drift - 0.5) * 1.1 + 0.3))
      setAdd(ink, aurora, 0.025 * (1 - down))
      // The windows throw their light on the snow, and the door its own.
      const near = Math.exp(-(((x - cabinX + 6) / 150) ** 2 + ((y - cabinY - 26) / 44) ** 2))
      const breath = 1 + 0.04 * Math.sin(t * 5.3) + 0.03 * Math.sin(t * 8.9)
      setAdd(ink, warm, near * (0.3 + 0.35 * drift) * breath)
      // Footprints that lead to the door.
      const along = (y - cabinY) / 200
      if (along > 0.02) {
        const path = cabinX + 26 - along * 210 + Math.sin(along * 6) * 26
        const stride = Math.sin((along * 60) / (0.4 + along))
        const print =
          Math.exp(-(((x - path - Math.sign(stride) * (3 + along * 7)) / (2.4 + along * 5)) ** 2)) *
          smoothstep(0.35, 0.8, Math.abs(stride))
        setMix(ink, ink, snowShade, print * 0.5)
      }
      return cover
    },
    { left: 0, top: 440, right: 1280, bottom: 720 },
  )
}

/** @param {number} x @param {number} y @param {number} w @param {number} h @returns {Point[]} */
const box = (x, y, w, h) => [
  [x, y],
  [x + w, y],
  [x + w, y + h],
  [x, y + h],
]

/** @param {Canvas} canvas @param {number} t */
function paintCabin(canvas, t) {
  const x = cabinX
  const y = cabinY
  const log = colour('#2c1d16')
  const dark = colour('#120d0d')
  const breath = 1 + 0.05 * Math.sin(t * 5.3) + 0.04 * Math.sin(t * 8.9)
  // Gable end to the left, long side to the right.
  canvas.path(
    [
      [
        [x - 84, y],
        [x - 84, y - 52],
        [x - 40, y - 96],
        [x + 4, y - 52],
        [x + 4, y],
      ],
    ],
    (_px, py, ink) => {
      const plank = Math.abs(((py - y) / 9) % 1)
      setMix(ink, log, dark, 0.25 + 0.6 * smoothstep(0.1, 0, plank))
      return 1
    },
  )
  canvas.path(
    [
      [
        [x + 4, y],
        [x + 4, y - 52],
        [x + 108, y - 50],
        [x + 108, y - 3],
      ],
    ],
    (px, py, ink) => {
      const plank = Math.abs(((py - y) / 9) % 1)
      setMix(ink, times(log, 0.72), dark, 0.2 + 0.6 * smoothstep(0.1, 0, plank))
      setAdd(ink, warm, 0.05 * Math.exp(-Math.abs(px - x - 56) / 40))
      return 1
    },
  )
  // Snow on the roof, thick at the eaves.
  canvas.path(
    [
      [
        [x - 40, y - 108],
        [x + 70, y - 104],
        [x + 122, y - 51],
        [x + 119, y - 43],
        [x + 10, y - 45],
        [x + 2, y - 54],
      ],
    ],
    (_px, py, ink) => {
      setMix(ink, colour('#9db6d2'), colour('#3d5878'), smoothstep(y - 112, y - 40, py))
      return 1
    },
  )
  canvas.path(
    [
      [
        [x - 40, y - 108],
        [x - 38, y - 95],
        [x - 84, y - 47],
        [x - 95, y - 46],
        [x - 97, y - 52],
      ],
      [
        [x - 40, y - 108],
        [x + 12, y - 52],
        [x + 10, y - 44],
        [x + 2, y - 46],
        [x - 42, y - 95],
      ],
    ],
    (_px, py, ink) => {
      setMix(ink, colour('#b4c8de'), colour('#5d7898'), smoothstep(y - 108, y - 44, py))
      return 1
    },
  )
  canvas.path([box(x + 42, y - 126, 15, 28)], colour('#1c1413'))
  canvas.path([box(x + 39, y - 131, 21, 6)], colour('#a9bdd4'))
  const panes = [
    box(x - 60, y - 46, 18, 22),
    box(x - 26, y - 40, 19, 40),
    box(x + 28, y - 40, 24, 20),
    box(x + 72, y - 39, 22, 19),
  ]
  for (const [index, pane] of panes.entries()) {
    const [[left, top] = [0, 0], , [right, bottom] = [0, 0]] = pane
    const isDoor = index === 1
    const strength = (isDoor ? 0.32 : 1.7) * breath
    canvas.path([pane], (px, py, ink) => {
      const inner =
        1 - 0.45 * Math.hypot((px - (left + right) / 2) / (right - left), (py - bottom) / (bottom - top))
      set(ink, times(warm, strength * inner))
      return 1
    })
    if (isDoor) continue
    canvas.stroke(
      [
        [(left + right) / 2, top],
        [(left + right) / 2, bottom],
      ],
      1.5,
      dark,
    )
    canvas.stroke(
      [
        [left, (top + bottom) / 2],
        [right, (top + bottom) / 2],
      ],
      1.5,
      dark,
    )
    canvas.glow((left + right) / 2, (top + bottom) / 2, 74, times(warm, 0.12 * breath), 1.6)
  }
  canvas.glow(x, y - 10, 260, times(warm, 0.05 * breath), 1.6)
}

/** @param {Canvas} canvas @param {number} t */
function paintSmoke(canvas, t) {
  const grey = colour('#93a5b8')
  for (let puff = 0; puff < 26; puff++) {
    const age = (((t * 0.22 + puff / 26) % 1) + 1) % 1
    const born = Math.floor(t * 0.22 + puff / 26) * 26 + puff
    const rise = age * 210
    const x =
      cabinX +
      49 +
      age * age * 150 +
      Math.sin(age * 7 + born * 2 + t * 0.5) * 9 * age +
      (hash(born, 1, 91) - 0.5) * 8
    const size = 6 + age * 34
    canvas.disc(
      x,
      cabinY - 132 - rise,
      size,
      mix(grey, times(warm, 0.6), 0.22 * (1 - age)),
      0.15 * (1 - age) * smoothstep(0, 0.08, age),
      size * 0.95,
    )
  }
}

/** Big firs at the edge of the picture, dark with snow on their boughs. */
/** @param {Canvas} canvas @param {number} t */
function paintFront(canvas, t) {
  for (const [x, foot, tall, kind] of /** @type {[number, number, number, number][]} */ ([
    [120 - t * 5, 690, 560, 1201],
    [262 - t * 4, 640, 330, 1202],
    [1196 - t * 5, 700, 470, 1203],
    [1110 - t * 3.6, 630, 240, 1204],
    [18 - t * 5.5, 720, 420, 1205],
  ])) {
    canvas.path(fir(x, foot, tall, kind), (px, py, ink) => {
      const load = layeredNoise(px / 15, py / 9, kind, 3)
      setMix(ink, colour('#060d17'), colour('#5f7d9e'), smoothstep(0.52, 0.74, load) * 0.62)
      return 1
    })
  }
}

/** Three depths of snow: far and slow, near, large and out of focus. */
/** @param {Canvas} canvas @param {number} t */
function fallSnow(canvas, t) {
  for (const [
    depth,
    count,
    size,
    fall,
    drift,
    alpha,
  ] of /** @type {[number, number, number, number, number, number][]} */ ([
    [0, 420, 1.25, 34, 9, 0.55],
    [1, 170, 2.3, 66, 19, 0.6],
    [2, 40, 6.2, 126, 40, 0.24],
  ])) {
    for (let flake = 0; flake < count; flake++) {
      const pace = lerp(0.75, 1.3, hash(flake, 1, 95 + depth))
      const y = ((hash(flake, 2, 95 + depth) * 780 + t * fall * pace) % 780) - 30
      const x =
        ((hash(flake, 3, 95 + depth) * 1360 +
          t * drift * pace +
          Math.sin(t * 1.1 * pace + flake) * (4 + depth * 5)) %
          1360) -
        40
      const lit = 0.3 * Math.exp(-Math.hypot(x - cabinX, y - cabinY + 20) / 110)
      const radius = size * lerp(0.7, 1.25, hash(flake, 4, 95 + depth))
      canvas.disc(
        x,
        y,
        radius * 0.6,
        [0.42 + lit * 2, 0.52 + lit * 1.3, 0.66 + lit * 0.6],
        alpha * lerp(0.5, 1, hash(flake, 5, 95)),
        radius,
      )
    }
  }
}
