/** A barley field in the evening: gusts run through the ears against a low sun. */
import { Canvas, colour, mix, set, setAdd, setFromStops, setMix } from '../canvas.mjs'
import { clamp, hash, layeredNoise, lerp, noise, smoothstep } from '../noise.mjs'
import { film } from './film.mjs'

/** @typedef {import('../canvas.mjs').Colour} Colour */
/** @typedef {import('../canvas.mjs').Point} Point */

const horizon = 408
const sunAt = { x: 402, y: 338 }

/** @type {readonly (readonly [number, Colour])[]} */
const sky = [
  [-20, colour('#3d5878')],
  [130, colour('#76899c')],
  [260, colour('#cba793')],
  [360, colour('#f6b585')],
  [420, colour('#f9a969')],
]
const sunLight = colour('#ff9a4c')

/** Rows of barley, far to near; each hides the stalks of the one behind. */
const rows = Array.from({ length: 12 }, (_, row) => {
  const near = row / 11
  const size = 11 + 190 * near ** 1.9
  return {
    top: horizon + 15 + 205 * near ** 1.25,
    size,
    step: size * lerp(0.2, 0.15, near),
    near,
    seed: row + 1,
  }
})

/** How hard the wind bends the barley at a place: gusts that travel, with smaller shivers in them. */
/** @param {number} x @param {number} depth @param {number} t */
const wind = (x, depth, t) => {
  const gust = layeredNoise(x / 300 - t * 0.85, depth * 2.2 + t * 0.12, 31, 2)
  return 0.1 + smoothstep(0.3, 0.75, gust) * 0.62 + (noise(x / 40 - t * 2.6, depth * 9, 32) - 0.5) * 0.2
}

/** @param {number} width @param {number} height */
export default function field(width, height) {
  const front = new Canvas(width, height)
  return film(
    width,
    height,
    { exposure: 0.98, bloom: 0.17, vignette: 0.42, saturation: 1.03, grain: 0.6 },
    (canvas, t) => {
      paintSky(canvas, t)
      paintFar(canvas, t)
      for (const row of rows.slice(0, 10)) paintRow(canvas, row, t)
      front.clear()
      for (const row of rows.slice(10)) paintRow(front, row, t)
      front.blur(3)
      canvas.over(front)
      floatSeeds(canvas, t)
      canvas.light((x, y, ink) => {
        set(ink, sunLight)
        return 0.16 * Math.exp(-Math.hypot(x - sunAt.x, y - sunAt.y) / 260)
      })
    },
  )
}

/** @param {Canvas} canvas @param {number} t */
function paintSky(canvas, t) {
  const cloud = colour('#ffe3ba')
  canvas.paint(
    (x, y, ink) => {
      setFromStops(sky, y, ink)
      const far = Math.hypot(x - sunAt.x, (y - sunAt.y) * 1.15)
      const high = layeredNoise((x - t * 14) / 300, (y + x * 0.1) / 70, 33, 5)
      setMix(ink, ink, cloud, smoothstep(0.47, 0.78, high) * 0.6 * (1 - smoothstep(190, 300, y)))
      setAdd(ink, sunLight, 1 * Math.exp(-far / 95) + 0.26 * Math.exp(-far / 330))
      return 1
    },
    { left: 0, top: 0, right: 1280, bottom: horizon + 30 },
  )
  canvas.disc(sunAt.x, sunAt.y + t * 0.8, 20, [6, 3.9, 1.8], 1, 2)
}

/** Hills, a line of trees, the far field in which only the gusts are seen. */
/** @param {Canvas} canvas @param {number} t */
function paintFar(canvas, t) {
  const shift = t * 4
  for (const [base, height, ink, seed] of /** @type {[number, number, Colour, number][]} */ ([
    [horizon - 6, 62, colour('#c08e74'), 41],
    [horizon + 8, 40, colour('#8a5f45'), 42],
  ])) {
    canvas.paint(
      (x, y, into) => {
        const line = base - height * layeredNoise((x + shift * (seed - 40)) / 260, seed, seed, 4)
        set(into, ink)
        setAdd(into, sunLight, 0.42 * Math.exp(-Math.abs(x - sunAt.x) / 210))
        return (y - line) * canvas.scale + 0.5
      },
      { left: 0, top: base - height, right: 1280, bottom: horizon + 40 },
    )
  }
  paintOak(canvas, 968 - shift * 2.4, horizon + 16, 132)
  const straw = colour('#9a6a34')
  const bright = colour('#f3b873')
  canvas.paint(
    (x, y, ink) => {
      const depth = 62 / (y - horizon - 6)
      const gust = wind(x + shift * 3, depth, t)
      setMix(ink, straw, bright, smoothstep(0.1, 0.8, gust) * 0.6 + 0.1)
      setAdd(ink, sunLight, 0.5 * Math.exp(-Math.abs(x - sunAt.x) / 190) * Math.exp(-(y - horizon) / 70))
      return (y - horizon - 17 + 3 * noise((x + shift * 3) / 60, 2, 43)) * canvas.scale + 0.5
    },
    { left: 0, top: horizon + 8, right: 1280, bottom: 720 },
  )
}

/** A lone oak, its crown made of many clumps. */
/** @param {Canvas} canvas @param {number} x @param {number} foot @param {number} tall */
function paintOak(canvas, x, foot, tall) {
  const dark = colour('#3b2c18')
  /** @type {Point[][]} */
  const crown = []
  for (let clump = 0; clump < 250; clump++) {
    const lobe = clump % 9
    const lobeX = (hash(lobe, 1, 53) - 0.5) * 0.62
    const lobeY = -0.66 - (hash(lobe, 2, 53) - 0.5) * 0.42 + lobeX * lobeX * 0.6
    const angle = hash(clump, 1, 51) * Math.PI * 2
    const out = hash(clump, 2, 51) ** 0.55 * 0.17
    const cx = x + (lobeX + Math.cos(angle) * out) * tall
    const cy = foot + (lobeY + Math.sin(angle) * out * 0.75) * tall
    const size = tall * lerp(0.035, 0.068, hash(clump, 3, 51))
    crown.push(
      Array.from({ length: 9 }, (_, corner) => {
        const turn = (corner / 9) * Math.PI * 2
        const reach = size * lerp(0.6, 1.25, hash(corner, clump, 52))
        return [cx + Math.cos(turn) * reach, cy + Math.sin(turn) * reach * 0.8]
      }),
    )
  }
  const shade = (/** @type {number} */ px, /** @type {number} */ py, /** @type {Colour} */ ink) => {
    set(ink, dark)
    setAdd(
      ink,
      sunLight,
      0.2 + 0.12 * smoothstep(x + tall * 0.5, x - tall * 0.5, px) * smoothstep(foot, foot - tall, py),
    )
    return 1
  }
  canvas.stroke(
    [
      [x, foot + 4],
      [x + 1, foot - tall * 0.3],
      [x - 2, foot - tall * 0.6],
    ],
    [tall * 0.075, tall * 0.055, tall * 0.03],
    shade,
  )
  canvas.stroke(
    [
      [x + 1, foot - tall * 0.28],
      [x + tall * 0.2, foot - tall * 0.55],
    ],
    [tall * 0.04, tall * 0.015],
    shade,
  )
  canvas.stroke(
    [
      [x + 1, foot - tall * 0.3],
      [x - tall * 0.2, foot - tall * 0.56],
    ],
    [tall * 0.04, tall * 0.015],
    shade,
  )
  canvas.path(crown, shade)
}

/** One row: a shade of stalks, and in front of it ears with their awns, bent by the wind where they stand. */
/** @param {Canvas} canvas @param {(typeof rows)[number]} row @param {number} t */
function paintRow(canvas, { top, size, step, near, seed }, t) {
  const shift = t * (4 + 36 * near)
  const depth = 6 - near * 5.4
  const shadow = mix(colour('#7a5228'), colour('#1d1108'), near ** 0.6)
  const straw = mix(colour('#c08640'), colour('#7d4d1e'), near)
  const lit = colour('#ffbe72', 1.2)
  canvas.paint(
    (x, y, ink) => {
      const stems = noise(
        (x + shift) / (step * 0.7) + (y - top) * 0.02 * wind(x + shift, depth, t),
        y / (size * 3),
        seed + 70,
      )
      const down = (y - top) / size
      setMix(ink, straw, shadow, clamp(0.35 + down * 0.55 + (0.5 - stems) * 0.5))
      setAdd(
        ink,
        lit,
        0.22 * stems * Math.exp(-Math.abs(x - sunAt.x) / 230) * Math.exp(-down * 1.6) * (1 - near * 0.6),
      )
      return smoothstep(-0.1, 0.75, down + (stems - 0.5) * 0.5)
    },
    { left: 0, top: top - size * 0.2, right: 1280, bottom: Math.min(720, top + size * 2.2 + 40) },
  )
  /** @type {Point[][][]} */
  const stalks = [[], [], []]
  /** @type {Point[][][]} */
  const ears = [[], [], []]
  const first = Math.floor((shift - size * 2) / step)
  for (let index = first; index < first + (1280 + size * 4) / step; index++) {
    const ground = index * step + hash(index, 1, seed) * step * 1.6
    const height = size * lerp(0.5, 1.25, hash(index, 2, seed))
    const swing = wind(ground, depth, t + hash(index, 3, seed) * 0.14) + (hash(index, 4, seed) - 0.6) * 0.3
    const bend = swing * size * 0.55
    const tone = Math.floor(hash(index, 5, seed) * 3)
    const long = size * lerp(0.3, 0.42, hash(index, 6, seed))
    /** @type {Point} */
    const foot = [ground - shift, top + size * 1.1]
    /** @type {Point} */
    const neck = [foot[0] + bend, foot[1] - size * 0.5 - height * 0.62 + Math.abs(bend) * 0.25]
    stalks[tone]?.push(
      leaf(foot, [foot[0] + bend * 0.2, lerp(foot[1], neck[1], 0.6)], neck, size * 0.028 + 0.35),
    )
    ears[tone]?.push(...ear(neck, long, 0.42 + swing * 0.95, size, near > 0.12 ? 5 : 2))
  }
  for (const tone of [0, 1, 2]) {
    /** @param {Colour} from @param {Colour} to @returns {import('../canvas.mjs').Shader} */
    const shade = (from, to) => (x, y, ink) => {
      const up = smoothstep(top + size * 0.7, top - size * 0.4, y)
      setMix(ink, from, to, up * (0.45 + tone * 0.27))
      const beam = Math.exp(-Math.abs(x - sunAt.x) / 250)
      setAdd(ink, lit, up * (0.03 + 0.42 * beam) * (0.45 + tone * 0.35) * (1 - near * 0.4))
      return 1
    }
    canvas.path(stalks[tone] ?? [], shade(shadow, straw))
    canvas.path(ears[tone] ?? [], shade(shadow, mix(straw, lit, 0.3)))
  }
}

/** An ear of barley that hangs by `turn` (0 upright, 1 level) and its long awns. */
/** @param {Point} neck @param {number} long @param {number} turn @param {number} size @param {number} awns */
function ear(neck, long, turn, size, awns) {
  /** @param {Point} from @param {number} angle @param {number} reach @returns {Point} */
  const toward = (from, angle, reach) => [
    from[0] + Math.sin(angle) * reach,
    from[1] - Math.cos(angle) * reach,
  ]
  const angle = turn * 1.35
  const middle = toward(neck, angle * 0.7, long * 0.55)
  const tip = toward(middle, angle * 1.2, long * 0.5)
  const outlines = [leaf(neck, middle, tip, size * 0.085 + 0.5)]
  for (let awn = 0; awn < awns; awn++) {
    const place = (awn + 0.6) / awns
    /** @type {Point} */
    const base = [lerp(neck[0], tip[0], place), lerp(neck[1], tip[1], place)]
    const spread = angle * (0.75 + 0.4 * place) + ((awn % 2) * 2 - 1) * 0.2 * (1.1 - place)
    const half = toward(base, spread, long * 0.55)
    outlines.push(leaf(base, half, toward(half, spread + 0.12 * turn, long * 0.6), size * 0.013 + 0.22))
  }
  return outlines
}

/** A curved blade from `from` over `by` to `to`, pointed at both ends; always wound the same way. */
/** @param {Point} from @param {Point} by @param {Point} to @param {number} thick @returns {Point[]} */
function leaf(from, by, to, thick) {
  /** @type {Point[]} */
  const right = []
  /** @type {Point[]} */
  const left = []
  for (let part = 0; part <= 5; part++) {
    const u = part / 5
    const x = (1 - u) ** 2 * from[0] + 2 * u * (1 - u) * by[0] + u * u * to[0]
    const y = (1 - u) ** 2 * from[1] + 2 * u * (1 - u) * by[1] + u * u * to[1]
    const dx = (1 - u) * (by[0] - from[0]) + u * (to[0] - by[0])
    const dy = (1 - u) * (by[1] - from[1]) + u * (to[1] - by[1])
    const long = Math.hypot(dx, dy) || 1
    const half = (thick / 2) * (0.25 + 0.75 * Math.sin(Math.PI * Math.min(1, u * 0.85 + 0.15)))
    right.push([x - (dy / long) * half, y + (dx / long) * half])
    left.push([x + (dy / long) * half, y - (dx / long) * half])
  }
  return [...right, ...left.reverse()]
}

/** @param {Canvas} canvas @param {number} t */
function floatSeeds(canvas, t) {
  for (let seed = 0; seed < 26; seed++) {
    const pace = 60 + hash(seed, 1, 61) * 120
    const x = ((hash(seed, 2, 61) * 1400 + t * pace) % 1400) - 60
    const y = 330 + hash(seed, 3, 61) * 240 + Math.sin(t * 1.3 + seed) * 16
    const lit = 0.25 + 0.9 * Math.exp(-Math.abs(x - sunAt.x) / 250)
    canvas.glow(x, y, 1.6 + hash(seed, 4, 61) * 2.2, [1.0 * lit, 0.72 * lit, 0.36 * lit], 1)
  }
}
