/** Blue hour on a still lake: a rower with a lantern crosses, rings and a wake run over the mirror. */
import { Canvas, colour, mix, set, setAdd, setFromStops, setMix } from '../canvas.mjs'
import { hash, layeredNoise, lerp, noise, smoothstep } from '../noise.mjs'
import { film } from './film.mjs'
import { fir } from './plants.mjs'

/** @typedef {import('../canvas.mjs').Colour} Colour */
/** @typedef {import('../canvas.mjs').Point} Point */

const shore = 330
const waterline = 486

/** @type {readonly (readonly [number, Colour])[]} */
const sky = [
  [-20, colour('#0f2038')],
  [90, colour('#1d3d5c')],
  [190, colour('#4b7388')],
  [265, colour('#9aa9a6')],
  [310, colour('#e2b79b')],
  [340, colour('#f0a98a')],
]
const deepWater = colour('#08151f')
const farSky = colour('#86a9b4')
const lantern = colour('#ffb45e')
const mistLight = colour('#c9c3c0')

const mountains = [
  { base: 322, height: 190, wide: 250, speed: 1.6, seed: 38, ink: colour('#5d7488'), haze: 0.62 },
  { base: 334, height: 96, wide: 170, speed: 3.4, seed: 54, ink: colour('#3a5163'), haze: 0.45 },
]

/** One pull of the oars. */
const strokeSeconds = 2.8

/** @param {number} t */
function boatAt(t) {
  const pulls = Math.floor(t / strokeSeconds)
  const inPull = t / strokeSeconds - pulls
  const surge = smoothstep(0.05, 0.75, inPull)
  return { x: 905 - 34 * (pulls + surge), pull: inPull, bob: Math.sin(t * 1.7) * 0.8 }
}

/** @param {number} width @param {number} height */
export default function lake(width, height) {
  const boat = new Canvas(width, height)
  const land = new Canvas(width, height)

  return film(
    width,
    height,
    { exposure: 1.12, bloom: 0.13, vignette: 0.45, saturation: 1.06, grain: 0.6 },
    (canvas, t) => {
      paintLand(land, t)
      boat.clear()
      paintBoat(boat, t)
      canvas.over(land)
      paintStars(canvas, t)
      paintWater(canvas, land, boat, t)
      paintMist(canvas, t)
      canvas.over(boat)
      lightLantern(canvas, t)
    },
  )
}

/** @param {Canvas} canvas @param {number} t */
function paintLand(canvas, t) {
  const area = { left: 0, top: 0, right: 1280, bottom: shore + 6 }
  const cloud = colour('#ffb199', 0.5)
  const west = colour('#ff8f63', 0.34)
  canvas.paint((x, y, ink) => {
    setFromStops(sky, y, ink)
    setAdd(ink, west, Math.exp(-(((x - 380) / 330) ** 2)) * smoothstep(120, 330, y))
    const veil = layeredNoise((x - t * 7) / 420, (y - x * 0.05) / 40, 17, 4)
    setAdd(ink, cloud, smoothstep(0.5, 0.85, veil) * smoothstep(60, 220, y) * 0.55)
    return 1
  }, area)
  for (const { base, height, wide, speed, seed, ink: rock, haze } of mountains) {
    const shift = t * speed + seed * 97
    const crestAt = (/** @type {number} */ x) =>
      base -
      height *
        (layeredNoise((x + shift) / wide, seed, seed, 6) * 1.5 - 0.45) *
        (0.55 + 0.45 * Math.sin((x + shift) / 500 + seed))
    const crest = Float32Array.from({ length: canvas.width }, (_, x) => crestAt((x + 0.5) / canvas.scale))
    const hazeInk = mix(colour('#b9a79f'), colour('#e0a78b'), 0.4)
    canvas.paint((x, y, ink) => {
      const line = crest[Math.floor(x * canvas.scale)] ?? base
      const cover = (y - line) * canvas.scale + 0.5
      if (cover <= 0) return 0
      const below = y - line
      const groundX = (x + shift) / 46
      const groundY = (below + 200) / 58
      const turn =
        layeredNoise(groundX + 0.2, groundY - 0.1, seed + 3, 4) - layeredNoise(groundX, groundY, seed + 3, 4)
      const facing = smoothstep(-0.3, 0.42, turn * 2.4 + 0.04)
      setMix(ink, rock, colour('#d9a48f'), facing * 0.5 * Math.exp(-below / 70))
      setMix(ink, ink, hazeInk, haze * smoothstep(-30, 130, y - line + (y - 250) * 0.3))
      return cover
    }, area)
  }
  paintShore(canvas, t)
}

/** @param {Canvas} canvas @param {number} t */
function paintStars(canvas, t) {
  for (let star = 0; star < 70; star++) {
    const x = hash(star, 1, 2) * 1280
    const y = hash(star, 2, 2) ** 1.4 * 170
    const twinkle = 0.55 + 0.45 * Math.sin(t * (1.5 + hash(star, 4, 2) * 3) + star)
    const bright = (0.25 + hash(star, 3, 2) ** 4) * twinkle * (1 - y / 230)
    canvas.glow(x, y, 2.1, [bright * 0.8, bright * 0.9, bright], 1)
  }
}

/** The wood on the far shore, in front of it a brighter line where land meets water. */
/** @param {Canvas} canvas @param {number} t */
function paintShore(canvas, t) {
  const shift = t * 6
  const dark = colour('#17252d')
  const shapes = []
  const first = Math.floor((shift - 30) / 3.2)
  for (let index = first; index < first + 430; index++) {
    const x = index * 3.2 + hash(index, 1, 21) * 4
    const grove = smoothstep(0.28, 0.7, noise(x / 150, 4, 21)) * 0.75 + 0.25 * noise(x / 31, 9, 21)
    const tall = (5 + 30 * grove) * lerp(0.5, 1.15, hash(index, 2, 21))
    shapes.push(...fir(x - shift, shore + 3, tall, index + 5000))
  }
  canvas.path(shapes, dark)
  canvas.paint(
    (x, y, ink) => {
      set(ink, dark)
      return (y - (shore - 5 - 5 * noise((x + shift) / 90, 1, 22))) * canvas.scale + 0.5
    },
    { left: 0, top: shore - 14, right: 1280, bottom: shore + 6 },
  )
}

/**
 * The mirror: each pixel looks back up at what stands above the shore, moved by the slope of the water there.
 * @param {Canvas} canvas @param {Canvas} land @param {Canvas} boat @param {number} t
 */
function paintWater(canvas, land, boat, t) {
  const { x: boatX } = boatAt(t)
  const rings = ringsAt(t)
  /** @type {Colour} */
  const seen = [0, 0, 0]
  canvas.paint(
    (x, y, ink) => {
      const near = y - shore
      const depth = 2600 / (near + 14)
      const along = (x - 640) * (depth / 42)
      const breeze =
        0.22 + 0.78 * smoothstep(0.42, 0.7, layeredNoise(along / 420 + t * 0.05, depth / 7 + t * 0.04, 61, 2))
      let slope =
        (layeredNoise(along / 30 + t * 0.4, depth * 1.5 - t * 0.7, 62, 4) - 0.5) * breeze * 1.7 +
        (noise(along / 150 - t * 0.2, depth * 0.42 + t * 0.3, 66) - 0.5) * 0.5
      slope += wakeAt(x, y, boatX, t)
      for (const ring of rings) slope += ringSlope(ring, x, y)
      const bend = slope * (3 + near * 0.19)
      land.sample(x + slope * 3, Math.max(2, Math.min(shore - 1, 2 * shore - y + bend * 1.35)), ink)
      // Water seen from above lets the eye in; seen flat it is all mirror.
      const dark = smoothstep(0, 390, near)
      setMix(ink, ink, deepWater, 0.1 + dark * 0.55)
      const fine = layeredNoise(along / 9 + t * 0.5, depth * 4.6 - t * 1.6, 69, 2) + slope * 0.22
      setAdd(ink, farSky, smoothstep(0.5, 0.82, fine) * (0.2 + 0.8 * breeze) * (0.015 + 0.1 * dark))
      const covered = boat.sample(x + slope * 5, 2 * waterline - y + bend * 0.8, seen)
      if (y > waterline - 3 && covered > 0) {
        const keep = 1 - covered * 0.9
        ink[0] = ink[0] * keep + seen[0] * 0.75
        ink[1] = ink[1] * keep + seen[1] * 0.75
        ink[2] = ink[2] * keep + seen[2] * 0.75
      }
      const light = lanternOnWater(x, y, boatX, slope, t)
      if (light > 0.001) setAdd(ink, lantern, light)
      return (y - shore) * canvas.scale + 0.5
    },
    { left: 0, top: shore - 1, right: 1280, bottom: 720 },
  )
}

/** The lantern's path toward the eye, broken by the waves. */
/** @param {number} x @param {number} y @param {number} boatX @param {number} slope @param {number} t */
function lanternOnWater(x, y, boatX, slope, t) {
  const down = y - waterline + 2
  if (down <= 0) return 0
  const across = (x - (boatX - 47) + slope * 46) / (6 + down * 0.13)
  const path = Math.exp(-across * across) * Math.exp(-down / 105)
  const facet = layeredNoise(x / 21, y / (2.2 + down * 0.012) - t * 1.3, 67, 2)
  const broken = lerp(1, 2.6 * smoothstep(0.42, 0.68, facet + slope * 0.3), smoothstep(0, 60, down))
  return path * broken * 1.2 + 0.05 * Math.exp(-(across * across) / 40 - down / 60)
}

/** @param {number} x @param {number} y @param {number} boatX @param {number} t */
function wakeAt(x, y, boatX, t) {
  const behind = x - boatX - 30
  if (behind < 0 || behind > 420) return 0
  const arm = Math.abs((y - waterline) * 3.1) - behind * 0.24
  return Math.exp(-((arm / 9) ** 2)) * Math.exp(-behind / 170) * 0.75 * Math.sin(behind / 9 + t * 3)
}

/** @typedef {{ x: number, y: number, age: number }} Ring */
/** Where the oars left the water, and how long ago. */
/** @param {number} t @returns {Ring[]} */
function ringsAt(t) {
  const rings = []
  const latest = Math.floor((t + strokeSeconds * 4) / strokeSeconds - 4)
  for (let pull = latest; pull > latest - 3; pull--) {
    const left = (pull + 0.62) * strokeSeconds
    const age = t - left
    if (age < 0 || age > 6) continue
    const { x } = boatAt(left)
    rings.push({ x: x + 10, y: waterline + 13, age }, { x: x + 18, y: waterline - 9, age })
  }
  return rings
}

/** @param {Ring} ring @param {number} x @param {number} y */
function ringSlope({ x: ringX, y: ringY, age }, x, y) {
  const distance = Math.hypot(x - ringX, (y - ringY) * 3.4)
  const reach = 5 + age * 17
  if (Math.abs(distance - reach) > 34) return 0
  return (
    Math.sin((distance - reach) / 3.4) *
    Math.exp(-(((distance - reach) / 13) ** 2)) *
    Math.exp(-age / 2.4) *
    0.8
  )
}

/** @param {Canvas} canvas @param {number} t */
function paintMist(canvas, t) {
  canvas.paint(
    (x, y, ink) => {
      const band = Math.exp(-(((y - shore + 2) / 20) ** 2))
      if (band < 0.01) return 0
      const thick = layeredNoise((x + t * 12) / 240, y / 24 + t * 0.06, 81, 4)
      set(ink, mistLight)
      return band * smoothstep(0.3, 0.78, thick) * 0.62
    },
    { left: 0, top: shore - 50, right: 1280, bottom: shore + 46 },
  )
}

/**
 * The boat, the rower and the oars; the lantern's light falls on what faces it.
 * @param {Canvas} canvas @param {number} t
 */
function paintBoat(canvas, t) {
  const { x, pull, bob } = boatAt(t)
  const y = waterline + bob
  const dark = colour('#0b1015')
  /** @param {Point} p @returns {Point} */
  const at = ([px, py]) => [x + px, y + py]
  /** @param {number} px @param {number} py @param {Colour} ink */
  const lit = (px, py, ink) => {
    const distance = Math.hypot(px - (x - 47), py - (y - 30))
    setMix(ink, dark, lantern, 0.42 * Math.exp(-distance / 17))
    return 1
  }
  // Body leans back through the pull and forward again.
  const lean =
    pull < 0.55
      ? lerp(-0.36, 0.42, smoothstep(0.05, 0.55, pull))
      : lerp(0.42, -0.36, smoothstep(0.6, 1, pull))
  const shoulder = at([18 + lean * 20, -37])
  const hip = at([16, -9])
  const oarAngle =
    pull < 0.55
      ? lerp(-0.75, 0.72, smoothstep(0.02, 0.55, pull))
      : lerp(0.72, -0.75, smoothstep(0.6, 1, pull))
  const lift = pull < 0.55 ? 0 : Math.sin(((pull - 0.55) / 0.45) * Math.PI) * 12
  const hand = at([8 + lean * 19, -22])
  const blade = at([6 + Math.sin(oarAngle) * 46, 15 - lift * 1.3])
  const farBlade = at([12 + Math.sin(oarAngle) * 40, -6 - lift])
  canvas.stroke([hand, farBlade], [1.4, 1.6], dark)
  canvas.stroke([at([46, -2]), at([62, -14])], 1.2, dark)
  canvas.path(
    [
      [
        at([-72, -15]),
        at([-60, -8]),
        at([-34, -6]),
        at([24, -6]),
        at([50, -8]),
        at([62, -13]),
        at([57, -2]),
        at([44, 3.5]),
        at([-44, 3.5]),
        at([-61, -2]),
      ],
    ],
    lit,
  )
  canvas.stroke(
    [at([-71, -15.4]), at([-59, -9]), at([-33, -7]), at([24, -7]), at([50, -9]), at([62, -13.6])],
    1.1,
    (px, py, ink) => {
      setMix(ink, colour('#2a3238'), lantern, 0.8 * Math.exp(-Math.hypot(px - (x - 47), py - (y - 30)) / 42))
      return 1
    },
  )
  // Legs, body, arm, head with a hat.
  canvas.stroke([hip, at([2, -14]), at([-8, -7])], [8, 6.5, 5], lit)
  canvas.stroke(
    [hip, [(hip[0] + shoulder[0]) / 2 + 1.5, (hip[1] + shoulder[1]) / 2], shoulder],
    [13, 14, 11],
    lit,
  )
  canvas.stroke([shoulder, at([10 + lean * 22, -27]), hand], [5.4, 4.4, 3.8], lit)
  /** @type {Point} */
  const head = [shoulder[0] + lean * 2.5, shoulder[1] - 10.5]
  canvas.stroke([shoulder, head], [5, 4], lit)
  canvas.path([ellipse(head[0], head[1] - 1, 5.1, 6.1)], lit)
  canvas.path(
    [ellipse(head[0], head[1] - 4.6, 7.4, 1.8), ellipse(head[0] + 0.4, head[1] - 6.6, 5.2, 3.6)],
    lit,
  )
  canvas.stroke([hand, blade], [1.8, 1.8], lit)
  canvas.stroke([[lerp(hand[0], blade[0], 0.72), lerp(hand[1], blade[1], 0.72)], blade], [2, 4.4], lit)
  // The lantern on its crook at the bow.
  canvas.stroke([at([-58, -9]), at([-57, -40]), at([-52, -45]), at([-47, -41])], [2, 1.5, 1.3, 1], lit)
  canvas.path([ellipse(x - 47, y - 33, 3.4, 5)], [5.4, 3, 1.05])
}

/** @param {number} x @param {number} y @param {number} rx @param {number} ry @returns {Point[]} */
const ellipse = (x, y, rx, ry) =>
  Array.from({ length: 20 }, (_, corner) => {
    const angle = (corner / 20) * Math.PI * 2
    return [x + Math.cos(angle) * rx, y + Math.sin(angle) * ry]
  })

/** @param {Canvas} canvas @param {number} t */
function lightLantern(canvas, t) {
  const { x, bob } = boatAt(t)
  const flicker = 1 + 0.07 * Math.sin(t * 9.1) + 0.05 * Math.sin(t * 15.7 + 1)
  canvas.glow(x - 47, waterline + bob - 33, 150, [0.17 * flicker, 0.088 * flicker, 0.028 * flicker], 1.6)
  canvas.glow(x - 47, waterline + bob - 33, 34, [0.9 * flicker, 0.46 * flicker, 0.14 * flicker], 1.4)
}
