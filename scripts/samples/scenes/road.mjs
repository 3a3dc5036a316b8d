/** A night drive: wet asphalt under the headlights, woods on both sides, cars that come out of the dark. */
import { colour, mix, set, setAdd, setFromStops, setMix, times } from '../canvas.mjs'
import { clamp, hash, layeredNoise, lerp, noise, smoothstep } from '../noise.mjs'
import { film } from './film.mjs'
import { fir } from './plants.mjs'

/** @typedef {import('../canvas.mjs').Canvas} Canvas */
/** @typedef {import('../canvas.mjs').Colour} Colour */

/** Metres a second, metres above the road, and how many design units one metre is at one metre's distance. */
const speed = 19
const eyeHeight = 1.25
const focal = 900
const laneWidth = 3.5
/** We drive on the right: the middle of the road is to our left. */
const roadLeft = -laneWidth * 1.5
const roadRight = laneWidth * 0.5

/** @type {readonly (readonly [number, Colour])[]} */
const sky = [
  [-20, colour('#0a1020')],
  [120, colour('#152238')],
  [220, colour('#33405a')],
  [290, colour('#7d5a5e')],
  [335, colour('#c97a55')],
  [360, colour('#e39a62')],
]
const headlight = colour('#ffe2b8')
const tailLight = colour('#ff2a18')

/** How far the road has bent away at a distance, in metres; it swings slowly as we drive. */
/** @param {number} z @param {number} t */
const bendAt = (z, t) => z * z * 0.00052 * Math.sin(t * 0.21 + 0.5) * 0.9

/** @param {number} t */
const horizonAt = (t) => 352 + Math.sin(t * 5.3) * 0.5 + Math.sin(t * 2.1) * 0.7

/**
 * Where a point of the world is on the screen.
 * @param {number} x Metres to the right. @param {number} up Metres above the road. @param {number} z @param {number} t
 */
const project = (x, up, z, t) => ({
  x: 640 + ((x + bendAt(z, t)) * focal) / z,
  y: horizonAt(t) + ((eyeHeight - up) * focal) / z,
  size: focal / z,
})

/** Cars: where they are at the start, how fast they come (against us) or go (with us), which lane. */
const cars = [
  { z: 150, pace: -34, lane: -laneWidth, oncoming: true },
  { z: 262, pace: -36, lane: -laneWidth, oncoming: true },
  { z: 300, pace: -36, lane: -laneWidth - 0.2, oncoming: true },
  { z: 430, pace: -35, lane: -laneWidth, oncoming: true },
  { z: 25, pace: 0.8, lane: 0.05, oncoming: false },
  { z: 88, pace: 0.6, lane: 0, oncoming: false },
]

/** @param {number} width @param {number} height */
export default function road(width, height) {
  return film(
    width,
    height,
    { exposure: 1.5, bloom: 0.22, vignette: 0.42, saturation: 1.04, grain: 0.6 },
    (canvas, t) => {
      paintSky(canvas, t)
      paintRoad(canvas, t)
      paintMist(canvas, t)
      paintSides(canvas, t)
      lightCars(canvas, t)
    },
  )
}

/** @param {Canvas} canvas @param {number} t */
function paintSky(canvas, t) {
  const horizon = horizonAt(t)
  const vanish = project(0, 0, 900, t).x
  const ember = colour('#ff7a3a', 0.5)
  const hill = colour('#141a26')
  canvas.paint(
    (x, y, ink) => {
      setFromStops(sky, y - horizon + 352, ink)
      setAdd(ink, ember, Math.exp(-(((x - 560) / 300) ** 2)) * smoothstep(170, 352, y) * 0.5)
      const cloud = layeredNoise((x - t * 5) / 380, (y + x * 0.04) / 42, 40, 4)
      setMix(ink, ink, colour('#1b2030'), smoothstep(0.46, 0.72, cloud) * 0.72 * smoothstep(20, 200, y))
      return 1
    },
    { left: 0, top: 0, right: 1280, bottom: horizon + 3 },
  )
  for (let star = 0; star < 46; star++) {
    const y = hash(star, 2, 44) * 190
    const bright = (0.1 + hash(star, 3, 44) ** 3 * 0.6) * (1 - y / 220) * (0.7 + 0.3 * Math.sin(t * 3 + star))
    canvas.glow(hash(star, 1, 44) * 1280, y, 2, [bright * 0.85, bright * 0.92, bright], 1)
  }
  canvas.paint(
    (x, y, ink) => {
      const line = horizon - 14 - 34 * layeredNoise((x - vanish * 0.4) / 210, 2, 45, 4)
      setMix(ink, hill, colour('#5b463f'), 0.3 * Math.exp(-(((x - 560) / 260) ** 2)))
      return (y - line) * canvas.scale + 0.5
    },
    { left: 0, top: horizon - 70, right: 1280, bottom: horizon + 4 },
  )
}

/** @param {Canvas} canvas @param {number} t */
function paintRoad(canvas, t) {
  const horizon = horizonAt(t)
  const asphalt = colour('#23252c')
  const verge = colour('#1a1e16')
  const paintLine = colour('#f4ecdc')
  const reflection = colour('#d9855a')
  canvas.paint(
    (x, y, ink) => {
      const down = y - horizon
      if (down <= 0.4) return 0
      const z = (eyeHeight * focal) / down
      const across = ((x - 640) * z) / focal - bendAt(z, t)
      const along = z + t * speed
      const soft = z * 0.0016
      const onRoad =
        smoothstep(roadLeft - 0.5 - soft, roadLeft - 0.3 + soft, across) *
        (1 - smoothstep(roadRight + 0.3 - soft, roadRight + 0.5 + soft, across))
      // Two beams: wide and low on our side, fading into the dark after forty metres.
      const beam =
        Math.exp(-(((across - 0.4) / (1.6 + z * 0.17)) ** 2)) *
        smoothstep(2.2, 8, z) *
        Math.exp(-z / 24) *
        1.25
      const far = smoothstep(30, 260, z)

      // Long in the direction of travel: at this speed the eye and the shutter smear the grain of the asphalt.
      const rough = layeredNoise(across * 2.2, along * 0.22, 50, 2)
      const wet = smoothstep(0.4, 0.66, layeredNoise(across * 0.55, along * 0.07, 51, 3))
      set(ink, times(asphalt, (0.35 + 0.5 * rough) * (0.55 + 7.5 * beam)))
      // A wet road gives back the evening sky, in streaks toward us.
      setAdd(
        ink,
        reflection,
        (0.25 + 0.75 * wet) * (0.012 + 0.2 * far + 0.035 * smoothstep(6, 30, z)) * (0.6 + 0.4 * rough),
      )

      const dash = smoothstep(0.02, 0.1, (along / 12) % 1) * (1 - smoothstep(0.4, 0.48, (along / 12) % 1))
      const middle = lineAt(across, -laneWidth / 2, 0.075, soft) * dash
      const edge = Math.max(lineAt(across, roadLeft, 0.075, soft), lineAt(across, roadRight, 0.075, soft))
      const line = Math.max(middle, edge) * (0.75 + 0.25 * rough)
      setMix(ink, ink, times(paintLine, 0.07 + beam * 2.3 + far * 0.05), line * 0.92)
      if (onRoad < 1) {
        const grass = layeredNoise(across * 1.7, along * 0.4, 52, 3)
        const side = [verge[0], verge[1], verge[2]]
        const shine = (0.25 + grass * 0.9) * (0.7 + beam * 4.5)
        ink[0] = lerp((side[0] ?? 0) * shine, ink[0], onRoad)
        ink[1] = lerp((side[1] ?? 0) * shine, ink[1], onRoad)
        ink[2] = lerp((side[2] ?? 0) * shine, ink[2], onRoad)
      }
      return down < 1.4 ? down - 0.4 : 1
    },
    { left: 0, top: horizon, right: 1280, bottom: 720 },
  )
}

/** Low mist over the fields, with the last light in it. */
/** @param {Canvas} canvas @param {number} t */
function paintMist(canvas, t) {
  const horizon = horizonAt(t)
  const air = colour('#9a6a58')
  canvas.paint(
    (x, y, ink) => {
      const band = Math.exp(-(((y - horizon - 4) / (y < horizon ? 26 : 15)) ** 2))
      if (band < 0.01) return 0
      const thick = layeredNoise((x + t * 9) / 260, y / 30, 47, 3)
      set(ink, air)
      return band * (0.18 + 0.5 * smoothstep(0.3, 0.7, thick))
    },
    { left: 0, top: horizon - 70, right: 1280, bottom: horizon + 44 },
  )
}

/** @param {number} across @param {number} place @param {number} half @param {number} soft */
const lineAt = (across, place, half, soft) => {
  const wide = half + soft
  return (half / wide) ** 0.5 * (1 - smoothstep(wide * 0.7, wide * 1.15, Math.abs(across - place)))
}

/** Woods and posts, far to near, each at its own metre of the road. */
/** @param {Canvas} canvas @param {number} t */
function paintSides(canvas, t) {
  const travelled = t * speed
  const night = colour('#090c10')
  const dusk = colour('#5c4546')
  const step = 2.6
  const nearest = Math.ceil((travelled + 5) / step)
  for (let index = nearest + 84; index >= nearest; index--) {
    const z = index * step - travelled
    for (const side of [-1, 1]) {
      const kind = index * 2 + (side > 0 ? 1 : 0)
      const grove = smoothstep(0.22, 0.6, noise(index / 9, side * 3, 60))
      if (hash(kind, 1, 60) > 0.25 + grove * 0.75) continue
      const away = (side > 0 ? roadRight : -roadLeft) + 3.4 + hash(kind, 2, 60) ** 1.5 * 15
      const foot = project(side * away, -0.2, z, t)
      const tall = (5 + 9 * hash(kind, 3, 60)) * (0.5 + 0.5 * grove) * foot.size
      if (foot.x < -tall * 0.4 || foot.x > 1280 + tall * 0.4) continue
      const ink = mix(night, dusk, smoothstep(14, 190, z) * 0.85)
      const lit = Math.exp(-z / 22) * smoothstep(4, 10, z)
      canvas.path(fir(foot.x, foot.y, tall, kind), (_x, y, into) => {
        setMix(into, ink, colour('#3d4632'), lit * 0.5 * smoothstep(foot.y - 5 * foot.size, foot.y, y))
        return 1
      })
    }
    if (index % 9 === 0) paintPosts(canvas, t, z)
  }
}

/** A marker post on each side, whose reflector answers our lights. */
/** @param {Canvas} canvas @param {number} t @param {number} z */
function paintPosts(canvas, t, z) {
  for (const [x, reflector] of /** @type {[number, Colour][]} */ ([
    [roadRight + 1, colour('#ff9a3c')],
    [roadLeft - 1, colour('#f4f0e6')],
  ])) {
    const foot = project(x, 0, z, t)
    const top = project(x, 0.95, z, t)
    const lamp = project(x, 0.74, z, t)
    const answer = Math.exp(-z / 52) * smoothstep(3, 12, z)
    canvas.stroke(
      [
        [foot.x, foot.y],
        [top.x, top.y],
      ],
      Math.max(0.5, foot.size * 0.11),
      times(colour('#c9c6bd'), 0.03 + answer * 0.26),
    )
    const half = Math.max(0.7, foot.size * 0.05)
    canvas.disc(lamp.x, lamp.y, half, times(reflector, 0.3 + 2.4 * answer), 1, half * 0.5)
    canvas.glow(lamp.x, lamp.y, half * 9, times(reflector, 0.05 + 0.3 * answer), 2.5)
  }
}

/** @param {Canvas} canvas @param {number} t */
function lightCars(canvas, t) {
  const placed = cars
    .map((car) => ({ ...car, z: car.z + car.pace * t }))
    .filter(({ z }) => z > 2.6 && z < 420)
    .sort((a, b) => b.z - a.z)
  for (const { z, lane, oncoming } of placed) {
    const middle = project(lane, 0.66, z, t)
    const road = project(lane, 0, z, t)
    paintBody(canvas, middle, road, t)
    for (const side of [-1, 1]) {
      const x = middle.x + side * 0.68 * middle.size
      if (oncoming) {
        const bright = clamp(26 / z + 0.22, 0, 1.7)
        const radius = Math.max(3, middle.size * 0.13)
        canvas.disc(x, middle.y, radius * 0.62, times(headlight, 5 * bright), 1, radius * 0.35)
        canvas.glow(x, middle.y, radius * 5 + 10, times(headlight, 0.6 * bright), 3)
        canvas.glow(x, middle.y, radius * 18 + 60, times(headlight, 0.1 * bright), 4)
        streak(canvas, x, road.y, middle.size, times(headlight, 0.5 * bright), t)
      } else {
        const width = 0.16 * middle.size
        canvas.path(
          [
            [
              [x - width, middle.y - width * 0.4],
              [x + width, middle.y - width * 0.4],
              [x + width, middle.y + width * 0.4],
              [x - width, middle.y + width * 0.4],
            ],
          ],
          times(tailLight, 2.2),
        )
        canvas.glow(x, middle.y, width * 4.5 + 3, times(tailLight, 0.3), 2.4)
        streak(canvas, x, road.y, middle.size * 0.8, times(tailLight, 0.42), t)
      }
    }
  }
}

/** A car against the light: a dark body, a window with a trace of sky. */
/** @param {Canvas} canvas @param {{x: number, y: number, size: number}} middle @param {{y: number}} road @param {number} t */
function paintBody(canvas, middle, road, t) {
  const { x, size } = middle
  const foot = road.y - 0.04 * size + Math.sin(t * 7) * size * 0.006
  /** @param {number} dx @param {number} up @returns {[number, number]} */
  const at = (dx, up) => [x + dx * size, foot - up * size]
  canvas.path(
    [
      [
        at(-0.86, 0.12),
        at(-0.9, 0.5),
        at(-0.84, 0.86),
        at(-0.66, 0.95),
        at(-0.52, 1.36),
        at(0.52, 1.36),
        at(0.66, 0.95),
        at(0.84, 0.86),
        at(0.9, 0.5),
        at(0.86, 0.12),
      ],
    ],
    colour('#0b0d12'),
  )
  canvas.path([[at(-0.54, 0.98), at(-0.44, 1.28), at(0.44, 1.28), at(0.54, 0.98)]], colour('#27303f'))
  canvas.path(
    [
      [at(-0.8, 0), at(-0.8, 0.2), at(-0.6, 0.2), at(-0.6, 0)],
      [at(0.6, 0), at(0.6, 0.2), at(0.8, 0.2), at(0.8, 0)],
    ],
    colour('#050608'),
  )
}

/** A light's long image on the wet road. */
/** @param {Canvas} canvas @param {number} x @param {number} y @param {number} size @param {Colour} c @param {number} t */
function streak(canvas, x, y, size, c, t) {
  const wide = Math.max(2.2, size * 0.17)
  const long = Math.max(16, size * 2.5)
  canvas.light(
    (px, py, ink) => {
      const down = (py - y) / long
      if (down < 0) return 0
      const wave = (noise(px / 14, py / 6 - t * 5, 70) - 0.5) * wide * 0.9
      set(ink, c)
      return (
        Math.exp(-(((px - x + wave) / (wide * (1 + down))) ** 2)) *
        Math.exp(-down * 3.2) *
        smoothstep(0, 0.16, down)
      )
    },
    { left: x - wide * 4, top: y, right: x + wide * 4, bottom: y + long * 1.4 },
  )
}
