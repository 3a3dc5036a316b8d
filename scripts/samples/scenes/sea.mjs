/** Dusk at sea: swell under a red sky, a lighthouse whose beam goes round, gulls. */
import { Canvas, colour, mix, set, setAdd, setFromStops, setMix, times } from '../canvas.mjs'
import { clamp, hash, layeredNoise, noise, smoothstep } from '../noise.mjs'
import { film } from './film.mjs'

/** @typedef {import('../canvas.mjs').Colour} Colour */
/** @typedef {import('../canvas.mjs').Point} Point */

const horizon = 356
const sunAt = { x: 430, y: 341 }
const lampAt = { x: 1012, y: 178 }

/** @type {readonly (readonly [number, Colour])[]} */
const sky = [
  [-20, colour('#20284a')],
  [110, colour('#4a4266')],
  [210, colour('#94566a')],
  [290, colour('#d87a5e')],
  [356, colour('#ffab6a')],
]
const sunLight = colour('#ff8c42')
const seaDeep = colour('#0c1a2e')
const lampLight = colour('#fff0cf')

/** @param {number} width @param {number} height */
export default function sea(width, height) {
  const above = new Canvas(width, height)
  return film(
    width,
    height,
    { exposure: 1.05, bloom: 0.15, vignette: 0.45, saturation: 0.76, grain: 0.6 },
    (canvas, t) => {
      paintSky(above, t)
      canvas.over(above)
      // Not in the mirror: the sun's road is made of facets, not of one image.
      canvas.disc(sunAt.x, sunAt.y - 8 + t * 1.2, 27, [5.6, 2.9, 1.05], 1, 1.6)
      paintSea(canvas, above, t)
      paintHeadland(canvas)
      paintLighthouse(canvas)
      turnBeam(canvas, t)
      paintGulls(canvas, t)
    },
  )
}

/** @param {Canvas} canvas @param {number} t */
function paintSky(canvas, t) {
  const under = colour('#ff7a4a', 0.9)
  const grey = colour('#3a3350')
  canvas.paint(
    (x, y, ink) => {
      setFromStops(sky, y, ink)
      const far = Math.hypot((x - sunAt.x) / 1.3, y - sunAt.y)
      const perspective = 1 + (horizon - y) / 190
      const cloud = layeredNoise(
        (x - 640) / (230 * perspective) + t * 0.014,
        (horizon - y) / (26 * perspective) + 4,
        11,
        5,
      )
      const body = smoothstep(0.47, 0.72, cloud) * smoothstep(8, 70, horizon - y)
      setMix(ink, ink, grey, body * 0.7)
      const edge =
        smoothstep(0.44, 0.52, cloud) * (1 - smoothstep(0.52, 0.68, cloud)) * smoothstep(4, 60, horizon - y)
      setAdd(ink, under, edge * (0.1 + 0.75 * Math.exp(-far / 260)))
      setAdd(ink, sunLight, 0.75 * Math.exp(-far / 70) + 0.3 * Math.exp(-far / 270))
      return 1
    },
    { left: 0, top: 0, right: 1280, bottom: horizon + 3 },
  )
}

/**
 * Swell in perspective: the slope of the water at a place decides which part of the sky it shows.
 * @param {Canvas} canvas @param {Canvas} above @param {number} t
 */
function paintSea(canvas, above, t) {
  /** @type {Colour} */
  const seen = [0, 0, 0]
  const beam = beamOf(t)
  canvas.paint(
    (x, y, ink) => {
      const near = y - horizon
      const z = 5200 / (near + 9)
      const wx = ((x - 640) * z) / 900
      const swell = Math.sin(z * 0.19 + wx * 0.02 + t * 1.15 + 2.2 * noise(wx / 60, z / 40, 21)) * 0.5
      const broad = layeredNoise(wx / 9 + t * 0.55, z / 3.4 + t * 1.1, 22, 3) - 0.5
      // Fine waves are seen only near by; far away they would only shimmer.
      const close = smoothstep(20, 190, near)
      const fine = (layeredNoise(wx / 1.5 - t * 0.8, z / 0.62 + t * 2.4, 23, 4) - 0.5) * close
      const chop = broad * (1 - 0.45 * close) + fine * 0.75
      const ripple = fine
      const calm = 1 - Math.exp(-near / 60)
      const slope = (swell * 0.55 + chop * 1.25 + ripple * 0.3 * calm) * (0.25 + 0.75 * calm)
      const up = clamp(16 + near * 0.42 + slope * 130, 2, horizon - 8)
      above.sample(x + chop * 26 * calm, horizon - up, seen)
      const mirror = clamp(0.78 - near / 620 - slope * 0.42, 0.1, 0.92)
      setMix(ink, seaDeep, seen, mirror * 0.8)
      // The sun's road: where the facets tilt just so.
      const road = (x - sunAt.x + chop * 60 * calm) / (26 + near * 0.34)
      const facet = smoothstep(0.08, 0.42, chop + swell * 0.1 + 0.05)
      setAdd(ink, sunLight, Math.exp(-road * road) * facet * (2 - calm * 0.5))
      // The beam as it sweeps over.
      const swept = Math.exp(-(((x - lampAt.x) / (60 + near * 0.2)) ** 2)) * beam.toward
      setAdd(ink, lampLight, swept * facet * 0.5)
      // Foam on the steepest crests near by.
      const crest = smoothstep(0.34, 0.52, swell * 0.35 + chop + ripple * 0.25) * smoothstep(90, 300, near)
      setMix(ink, ink, foamInk, crest * 0.16)
      return (y - horizon) * canvas.scale + 0.5
    },
    { left: 0, top: horizon - 1, right: 1280, bottom: 720 },
  )
}

const foamInk = colour('#c99a92')

/** @param {Canvas} canvas */
function paintHeadland(canvas) {
  const rock = colour('#1b1726')
  const lit = colour('#6b3f3c')
  canvas.paint(
    (x, y, ink) => {
      const rise = smoothstep(760, 960, x) * 62 + smoothstep(1000, 1280, x) * 66
      const line = horizon + 4 - rise - 26 * (layeredNoise(x / 70, 3, 31, 5) - 0.4) * smoothstep(750, 900, x)
      if (x < 742) return 0
      const foot = horizon + 5 + smoothstep(760, 1280, x) * 26 + 5 * noise(x / 18, 2, 32)
      if (y > foot) return 0
      const face = layeredNoise(x / 22, y / 34, 33, 4)
      setMix(ink, rock, lit, smoothstep(0.42, 0.72, face) * 0.5 * (1 - smoothstep(line, line + 90, y)))
      setAdd(ink, sunLight, 0.2 * Math.exp(-(y - line) / 3) * smoothstep(1300, 800, x))
      return Math.min(1, (y - line) * canvas.scale + 0.5, (foot - y) * canvas.scale + 0.5)
    },
    { left: 740, top: 170, right: 1280, bottom: horizon + 44 },
  )
}

/** @param {Canvas} canvas */
function paintLighthouse(canvas) {
  const { x, y } = lampAt
  const foot = 292
  /** @param {number} half @param {number} top @param {number} halfBelow @param {number} bottom @returns {Point[]} */
  const part = (half, top, halfBelow, bottom) => [
    [x - half, top],
    [x + half, top],
    [x + halfBelow, bottom],
    [x - halfBelow, bottom],
  ]
  canvas.path([part(8.5, y + 14, 13.5, foot)], (px, py, ink) => {
    const round = (px - x) / (9 + ((py - y) / (foot - y)) * 5)
    const band = Math.floor((py - y - 14) / 20) % 2 === 1
    setMix(
      ink,
      band ? colour('#7d2f33') : colour('#c9b7b2'),
      colour('#241d2e'),
      smoothstep(-0.75, 0.85, round),
    )
    setAdd(ink, sunLight, 0.16 * smoothstep(-0.3, -0.95, round))
    return 1
  })
  canvas.path([part(12.5, y + 10.5, 12.5, y + 14.5)], colour('#15121d'))
  canvas.path([part(6.2, y - 8, 6.2, y + 11)], (_px, py, ink) => {
    set(ink, times(lampLight, 0.9 + 0.5 * Math.exp(-Math.abs(py - y) / 5)))
    return 1
  })
  for (const dx of [-6, -2, 2, 6])
    canvas.stroke(
      [
        [x + dx, y - 8],
        [x + dx, y + 11],
      ],
      0.9,
      colour('#15121d'),
    )
  canvas.path(
    [
      [
        [x - 8.5, y - 8],
        [x - 5, y - 14.5],
        [x, y - 17],
        [x + 5, y - 14.5],
        [x + 8.5, y - 8],
      ],
    ],
    colour('#15121d'),
  )
  canvas.stroke(
    [
      [x, y - 16],
      [x, y - 23],
    ],
    1,
    colour('#15121d'),
  )
  // The keeper's house.
  canvas.path(
    [
      [
        [x + 26, foot + 2],
        [x + 26, foot - 19],
        [x + 44, foot - 31],
        [x + 62, foot - 19],
        [x + 62, foot + 2],
      ],
    ],
    colour('#1d1825'),
  )
  canvas.path(
    [
      [
        [x + 38, foot - 13],
        [x + 46, foot - 13],
        [x + 46, foot - 5],
        [x + 38, foot - 5],
      ],
    ],
    colour('#ffb35c', 1.1),
  )
}

/** Which way the lamp looks: across the picture and how much toward us. */
/** @param {number} t */
function beamOf(t) {
  const angle = t * 1.35 + 2.4
  return { across: Math.cos(angle), toward: clamp(Math.sin(angle)) ** 6, depth: Math.sin(angle) }
}

/** @param {Canvas} canvas @param {number} t */
function turnBeam(canvas, t) {
  const { across, toward } = beamOf(t)
  const { x, y } = lampAt
  for (const side of [1, -1]) {
    const reach = across * side
    const long = Math.abs(reach) * 900 + 40
    const dir = Math.sign(reach) || 1
    const strength = 0.3 * Math.abs(reach) ** 0.5
    canvas.light(
      (px, py, ink) => {
        const along = (px - x) * dir
        if (along <= 0 || along > long) return 0
        const wide = 3 + along * 0.045
        const off = (py - y - along * 0.012) / wide
        set(ink, lampLight)
        return strength * Math.exp(-off * off) * Math.exp(-along / (long * 0.36)) * (1 - along / long)
      },
      { left: dir > 0 ? x : x - long, top: y - 60, right: dir > 0 ? x + long : x, bottom: y + 80 },
    )
  }
  canvas.glow(x, y, 22 + toward * 60, times(lampLight, 0.7 + toward * 3), 1.6)
}

/** @param {Canvas} canvas @param {number} t */
function paintGulls(canvas, t) {
  for (let gull = 0; gull < 5; gull++) {
    const x = 690 + hash(gull, 1, 51) * 260 - t * (20 + hash(gull, 2, 51) * 14)
    const y = 150 + hash(gull, 3, 51) * 110 + Math.sin(t * 0.9 + gull) * 7
    const size = 6 + hash(gull, 4, 51) * 6
    const flap = Math.sin(t * (5 + gull * 0.4) + gull * 2) * 0.34 + 0.1
    canvas.stroke(
      [
        [x - size, y - size * (0.1 + flap)],
        [x - size * 0.5, y - size * (0.28 + flap * 0.6)],
        [x, y],
        [x + size * 0.5, y - size * (0.28 + flap * 0.6)],
        [x + size, y - size * (0.1 + flap)],
      ],
      [0.5, size * 0.15, size * 0.24, size * 0.15, 0.5],
      mix(colour('#2a2338'), colour('#8a5a5a'), 0.3),
    )
  }
}
