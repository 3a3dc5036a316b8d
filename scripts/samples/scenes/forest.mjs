/** Morning in a beech wood: shafts of light turn slowly, dust floats in them, the camera slides past the trunks. */
import { Canvas, colour, mix, set, setAdd, setFromStops, setMix } from '../canvas.mjs'
import { hash, layeredNoise, lerp, noise, smoothstep } from '../noise.mjs'
import { film } from './film.mjs'

/** @typedef {import('../canvas.mjs').Colour} Colour */

/** @type {readonly (readonly [number, Colour])[]} */
const air = [
  [-20, colour('#f0edb8', 1.15)],
  [170, colour('#d3dba0')],
  [340, colour('#9db581')],
  [470, colour('#6f8a5c')],
  [560, colour('#43573a')],
]
const sun = colour('#fff0bd')
const sunAt = { x: 905, y: -170 }

/** Far to near. `air` is how much of the light between us and the trunk hides it. */
const groves = [
  { step: 34, wide: 9, foot: 470, speed: 5, air: 0.82, seed: 1 },
  { step: 58, wide: 16, foot: 500, speed: 9, air: 0.64, seed: 2 },
  { step: 104, wide: 27, foot: 545, speed: 16, air: 0.4, seed: 3 },
  { step: 210, wide: 46, foot: 610, speed: 28, air: 0.17, seed: 4 },
  { step: 520, wide: 104, foot: 760, speed: 54, air: 0.02, seed: 5 },
]

/** @param {number} width @param {number} height */
export default function forest(width, height) {
  const front = new Canvas(width, height)
  return film(
    width,
    height,
    { exposure: 1.0, bloom: 0.16, vignette: 0.5, saturation: 1.02, grain: 0.6 },
    (canvas, t) => {
      paintAir(canvas, t)
      for (const [index, grove] of groves.slice(0, -1).entries()) {
        paintTrunks(canvas, grove, t)
        paintGround(canvas, grove, t)
        lightShafts(canvas, t, index)
      }
      front.clear()
      for (const grove of groves.slice(-1)) {
        paintTrunks(front, grove, t)
        paintGround(front, grove, t)
      }
      front.blur(3.2)
      canvas.over(front)
      floatDust(canvas, t)
    },
  )
}

/** @param {Canvas} canvas @param {number} t */
function paintAir(canvas, t) {
  canvas.paint((x, y, ink) => {
    setFromStops(air, y, ink)
    const leaves = layeredNoise((x + t * 3) / 62, y / 48, 90, 4)
    const crown = 1 - smoothstep(40, 300, y)
    setMix(ink, ink, leafColour(leaves), crown * 0.6)
    const far = Math.hypot(x - sunAt.x, (y - sunAt.y) * 0.8)
    setAdd(ink, sun, 0.85 * Math.exp(-far / 230))
    return 1
  })
}

const leafDark = colour('#5c7a35')
const leafLight = colour('#dfe58e', 1.2)
/** @type {Colour} */
const leafInk = [0, 0, 0]
/** @param {number} leaves */
function leafColour(leaves) {
  setMix(leafInk, leafDark, leafLight, smoothstep(0.32, 0.68, leaves))
  return leafInk
}

/** @param {Canvas} canvas @param {(typeof groves)[number]} grove @param {number} t */
function paintGround(canvas, { foot, speed, air: far, seed }, t) {
  const moss = colour('#4f6b2a')
  const earth = colour('#1a2112')
  const haze = colour('#a9bd86')
  const shift = t * speed
  canvas.paint(
    (x, y, ink) => {
      const fern = layeredNoise((x + shift) / (14 + seed * 9), y / (9 + seed * 5), seed + 20, 3)
      const line =
        foot -
        12 * seed ** 0.5 -
        26 * (noise((x + shift) / (70 + seed * 34), seed, 95) - 0.3) -
        fern * (8 + seed * 6)
      const cover = (y - line) * canvas.scale + 0.5
      if (cover <= 0) return 0
      const spot = smoothstep(0.5, 0.75, noise((x + shift) / 120 - y / 90, seed + t * 0.1, 96))
      setMix(
        ink,
        earth,
        moss,
        smoothstep(0.35, 0.75, fern) * (0.35 + 0.9 * spot) * Math.exp(-(y - line) / (40 + seed * 20)),
      )
      setMix(ink, ink, haze, far * 0.85)
      return cover
    },
    { left: 0, top: foot - 90, right: 1280, bottom: 720 },
  )
}

/** @param {Canvas} canvas @param {(typeof groves)[number]} grove @param {number} t */
function paintTrunks(canvas, grove, t) {
  const { step, wide, foot, speed, air: far, seed } = grove
  const shift = t * speed
  const bark = mix(colour('#15170f'), colour('#b3bf8c'), far)
  const first = Math.floor((shift - wide * 3) / step)
  for (let index = first; index < first + 1280 / step + 4; index++) {
    if (hash(index, 6, seed) < 0.2) continue
    const x = index * step + hash(index, 1, seed) * step * 0.75 - shift
    const half = (wide / 2) * lerp(0.55, 1.15, hash(index, 2, seed))
    if (x < -half * 4 || x > 1280 + half * 4) continue
    const lean = (hash(index, 3, seed) - 0.5) * 0.11
    const base = foot + 14 + hash(index, 4, seed) * 16
    const edge = (/** @type {number} */ y, /** @type {number} */ side) => {
      const up = base - y
      const swell = 1 + 0.75 * Math.exp(-up / (wide * 1.1)) - up / 2600
      return x + lean * up + side * half * swell + (noise(y / 64, index, seed + side + 8) - 0.5) * half * 0.4
    }
    const outline = []
    for (let y = base; y >= -20; y -= 20) outline.push(/** @type {[number, number]} */ ([edge(y, 1), y]))
    for (let y = -20 + ((base + 20) % 20); y <= base; y += 20)
      outline.push(/** @type {[number, number]} */ ([edge(y, -1), y]))
    const outlines = [outline]
    if (half > 5) outlines.push(...branches(index, seed, half, edge))
    canvas.path(outlines, (px, py, ink) => {
      const across = (px - (x + lean * (base - py))) / half
      const rough = layeredNoise(across * 2.6 + index * 7, py / (wide * 2.4), seed + 30, 3)
      set(ink, bark)
      const side = Math.sign(sunAt.x - x) * across
      const rim = smoothstep(0.25, 1.05, side) * (1 - far) * 0.5 * (0.4 + rough) * smoothstep(690, 250, py)
      setAdd(ink, sun, rim * 0.5)
      const shade = 0.8 + rough * 0.4
      ink[0] *= shade
      ink[1] *= shade
      ink[2] *= shade
      setMix(ink, ink, hazeInk, far * 0.4 * smoothstep(300, 560, py))
      return 1
    })
  }
}

const hazeInk = colour('#9fb47c')

/** A few bare limbs that leave a trunk upward. */
/**
 * @param {number} index @param {number} seed @param {number} half
 * @param {(y: number, side: number) => number} edge
 */
function branches(index, seed, half, edge) {
  const outlines = []
  for (let limb = 0; limb < 4; limb++) {
    if (hash(index * 5 + limb, 1, seed + 50) < 0.35) continue
    const side = hash(index * 5 + limb, 2, seed + 50) < 0.5 ? -1 : 1
    const y = 40 + hash(index * 5 + limb, 3, seed + 50) * 300
    const long = half * lerp(3, 7.5, hash(index * 5 + limb, 4, seed + 50))
    const rise = lerp(0.35, 0.9, hash(index * 5 + limb, 5, seed + 50))
    const x = edge(y, side * 0.4)
    const thick = half * 0.3
    outlines.push(
      /** @type {[number, number][]} */ ([
        [x, y - thick],
        [x + side * long * 0.5, y - long * rise * 0.42 - thick * 0.7],
        [x + side * long, y - long * rise],
        [x + side * long * 0.5, y - long * rise * 0.42 + thick * 0.4],
        [x, y + thick],
      ]),
    )
    if (side > 0) outlines.at(-1)?.reverse()
  }
  return outlines
}

/** Light that falls between the crowns: brightness by the angle under which the sun is seen. */
/** @param {Canvas} canvas @param {number} t @param {number} depth */
function lightShafts(canvas, t, depth) {
  const strength = [0.2, 0.17, 0.13, 0.1][depth] ?? 0
  canvas.light((x, y, ink) => {
    const dx = x - sunAt.x
    const dy = y - sunAt.y
    const angle = Math.atan2(dx, dy)
    const shafts = layeredNoise(angle * (11 + depth * 3) + depth * 9 + t * 0.035, t * 0.11 + depth * 5, 97, 3)
    const open = smoothstep(0.47, 0.74, shafts)
    if (open <= 0) return 0
    const far = Math.hypot(dx, dy)
    set(ink, sun)
    return (
      open * strength * Math.exp(-(far - 200) / 560) * (0.8 + 0.4 * noise(x / 90 + t * 0.3, y / 70, 98)) * 1.9
    )
  })
}

/** @param {Canvas} canvas @param {number} t */
function floatDust(canvas, t) {
  for (let mote = 0; mote < 90; mote++) {
    const depth = hash(mote, 1, 99)
    const x =
      ((((hash(mote, 2, 99) * 1500 + Math.sin(t * 0.7 + mote) * 14 - t * (12 + depth * 40)) % 1400) + 1400) %
        1400) -
      60
    const y =
      ((hash(mote, 3, 99) * 760 + t * (6 + hash(mote, 5, 99) * 12) + Math.sin(t * 1.1 + mote * 2) * 6) %
        760) -
      20
    const lit = smoothstep(
      0.4,
      0.75,
      noise(Math.atan2(x - sunAt.x, y - sunAt.y) * 14 + t * 0.035, t * 0.11, 97),
    )
    const size = lerp(1.3, 3.4, depth ** 3)
    const blink = 0.6 + 0.4 * Math.sin(t * 2.3 + mote * 1.3)
    canvas.glow(x, y, size * 1.6, [1.1 * lit * blink, 1.0 * lit * blink, 0.62 * lit * blink], 1)
  }
}
