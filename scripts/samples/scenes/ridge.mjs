/** First light over misty ridges: the camera glides along, the sun comes up behind the far crest. */
import { colour, mix, set, setAdd, setFromStops, setMix } from '../canvas.mjs'
import { hash, layeredNoise, lerp, noise, crests as sharpCrests, smoothstep } from '../noise.mjs'
import { film } from './film.mjs'
import { fir } from './plants.mjs'

/** @typedef {import('../canvas.mjs').Canvas} Canvas */
/** @typedef {import('../canvas.mjs').Colour} Colour */

/** @type {readonly (readonly [number, Colour])[]} */
const sky = [
  [-40, colour('#1b2f4d')],
  [110, colour('#3c587a')],
  [225, colour('#8393a8')],
  [305, colour('#cfae9f')],
  [375, colour('#f0ae86')],
  [460, colour('#ee9a70')],
]
const sunLight = colour('#ff9448')
const coolHaze = colour('#8d93a4')
const warmHaze = colour('#f0a67c')
const rock = colour('#161a22')

/** Far to near: where the ridge lies, how high it rises, how wide its mountains are, how fast it passes. */
const ridges = [
  { base: 428, height: 118, wide: 360, speed: 3, haze: 0.8, seed: 71 },
  { base: 470, height: 104, wide: 300, speed: 6, haze: 0.63, seed: 12 },
  { base: 520, height: 118, wide: 330, speed: 11, haze: 0.44, seed: 23 },
  { base: 584, height: 122, wide: 380, speed: 18, haze: 0.26, seed: 94 },
  { base: 664, height: 126, wide: 470, speed: 30, haze: 0.1, seed: 45 },
]

/** @param {number} width @param {number} height */
export default function ridge(width, height) {
  const sun = (/** @type {number} */ t) => ({ x: 872 - t * 1.5, y: 398 - t * 4.2 })
  const crests = ridges.map(() => new Float32Array(width))
  const unhidden = new Float32Array(width).fill(720)

  return film(
    width,
    height,
    { exposure: 1.06, bloom: 0.1, vignette: 0.42, saturation: 1.04, grain: 0.6 },
    (canvas, t) => {
      const { x: sunX, y: sunY } = sun(t)
      paintSky(canvas, t, sunX, sunY)
      for (const [index, layer] of ridges.entries()) {
        const shift = shiftOf(layer, t)
        const crest = crests[index]
        for (let x = 0; crest && x < width; x++) crest[x] = crestAt(layer, (x + 0.5) / canvas.scale + shift)
      }
      for (const [index, layer] of ridges.entries()) {
        const crest = crests[index] ?? unhidden
        paintRidge(canvas, layer, crest, crests[index + 1] ?? unhidden, t, sunX)
      }
      paintForest(canvas, t)
      paintBirds(canvas, t)
    },
  )
}

/** @param {(typeof ridges)[number]} layer @param {number} t */
const shiftOf = ({ speed, seed }, t) => t * speed + seed * 131

/** @param {(typeof ridges)[number]} layer @param {number} x */
const crestAt = ({ base, height, wide, seed }, x) =>
  base -
  height *
    (sharpCrests(x / wide, seed, 3) * 0.8 + layeredNoise(x / (wide * 0.36), 2, seed + 60, 5) * 0.62 - 0.2) -
  34 * (noise(x / (wide * 2.7), 5, seed) - 0.5)

/** @param {Canvas} canvas @param {number} t @param {number} sunX @param {number} sunY */
function paintSky(canvas, t, sunX, sunY) {
  const cloudLight = colour('#ff9d6b', 0.85)
  canvas.paint((x, y, ink) => {
    setFromStops(sky, y, ink)
    const dx = (x - sunX) / 1.25
    const dy = (y - sunY) * 1.15
    const far = Math.sqrt(dx * dx + dy * dy)
    setAdd(ink, sunLight, 0.9 * Math.exp(-far / 130) + 0.16 * Math.exp(-far / 380))
    if (y < 350) {
      const streak = layeredNoise((x + t * 9) / 330 + y / 500, (y + x * 0.06) / 34, 3, 5)
      const high = smoothstep(0.53, 0.8, streak) * smoothstep(0, 70, y) * (1 - smoothstep(230, 345, y))
      setAdd(ink, cloudLight, high * (0.16 + 0.75 * Math.exp(-far / 330)))
    }
    return 1
  })
  canvas.glow(sunX, sunY, 64, colour('#ff9a50', 1.5), 1)
  canvas.disc(sunX, sunY, 19, [5.2, 3.4, 1.5], 1, 1.6)
}

/**
 * @param {Canvas} canvas @param {(typeof ridges)[number]} layer @param {Float32Array} crest
 * @param {Float32Array} nearer The crest in front, which hides what is below it. @param {number} t @param {number} sunX
 */
function paintRidge(canvas, layer, crest, nearer, t, sunX) {
  const { haze, seed, height } = layer
  const shift = shiftOf(layer, t)
  const shadow = rock
  const lit = mix(rock, colour('#c9855b'), 0.5)
  const top = layer.base - height * 1.4
  canvas.paint(
    (x, y, ink) => {
      const column = Math.min(crest.length - 1, Math.max(0, Math.floor(x * canvas.scale)))
      const line = crest[column] ?? 0
      const cover = (y - line) * canvas.scale + 0.5
      if (cover <= 0 || y > (nearer[column] ?? 720) + 2) return 0
      const below = y - line
      const towardSun = Math.sign(sunX - x) * Math.min(1, Math.abs(sunX - x) / 160)
      const slope =
        ((crest[Math.min(crest.length - 1, column + 8)] ?? line) - (crest[Math.max(0, column - 8)] ?? line)) /
        16
      // Spurs and gullies: how the ground turns toward the sun, strongest near the crest and on near ridges.
      const groundX = (x + shift) / 74
      const groundY = (below + 300) / 96
      const turn =
        layeredNoise(groundX + 0.16, groundY - 0.1, seed + 40, 4) -
        layeredNoise(groundX, groundY, seed + 40, 4)
      const facing = smoothstep(
        -0.4,
        0.6,
        slope * towardSun * canvas.scale * Math.exp(-below / 26) - turn * towardSun * 2.6,
      )
      const near = Math.exp(-Math.abs(x - sunX) / 330)
      setMix(ink, shadow, lit, facing * (0.35 + 0.65 * near) * Math.exp(-below / 150))
      // Air: thicker with distance, and in the valley in front of each ridge.
      const hazeRed = lerp(coolHaze[0], warmHaze[0], near)
      const hazeGreen = lerp(coolHaze[1], warmHaze[1], near)
      const hazeBlue = lerp(coolHaze[2], warmHaze[2], near)
      const drift = layeredNoise((x + shift * 0.6 + t * 14) / 210, (y + seed * 9) / 42, seed + 7, 3)
      const valley = smoothstep(10, height * 1.15, below + (drift - 0.5) * 95) * (0.16 + haze * 0.62)
      const air = Math.min(0.97, haze * 0.86 + valley * (1 - haze * 0.75))
      const glow = 0.86 + near * 0.3
      ink[0] = lerp(ink[0], hazeRed * glow, air)
      ink[1] = lerp(ink[1], hazeGreen * glow, air)
      ink[2] = lerp(ink[2], hazeBlue * glow, air)
      const rim = Math.exp(-below / 2.6) * near * (0.3 - haze * 0.2) * smoothstep(-0.2, 0.5, facing)
      setAdd(ink, sunLight, rim)
      return cover < 1 ? cover : 1
    },
    { left: 0, top, right: 1280, bottom: 720 },
  )
}

/** Two rows of wood on the near slope, the first with a little air before it. */
const woods = [
  { ink: colour('#2b2424'), speed: 38, ground: 662, wave: 24, step: 7, tall: 42, seed: 5 },
  { ink: colour('#0a0a0d'), speed: 62, ground: 704, wave: 26, step: 12, tall: 92, seed: 6 },
]

/** @param {Canvas} canvas @param {number} t */
function paintForest(canvas, t) {
  for (const { ink: dark, speed, ground, wave, step, tall, seed } of woods) {
    const shift = t * speed + seed * 300
    const groundAt = (/** @type {number} */ x) =>
      ground - wave * Math.sin(x / 390 + seed) - wave * 0.4 * Math.sin(x / 151)
    const shapes = []
    const first = Math.floor((shift - 80) / step)
    for (let index = first; index < first + Math.ceil(1440 / step); index++) {
      const grove = smoothstep(0.3, 0.7, noise((index * step) / 190, 3, seed))
      if (hash(index, 3, seed) > 0.35 + grove * 0.7) continue
      const x = index * step + hash(index, 1, seed) * step
      const height = tall * (0.35 + grove * 0.65) * (0.5 + hash(index, 2, seed) ** 1.6 * 0.85)
      shapes.push(...fir(x - shift, groundAt(x) + 6, height, index + seed * 1000))
    }
    canvas.path(shapes, dark)
    canvas.paint(
      (x, y, ink) => {
        set(ink, dark)
        return (y - groundAt(x + shift)) * canvas.scale + 0.5
      },
      { left: 0, top: ground - wave * 1.5, right: 1280, bottom: 720 },
    )
  }
}

/** @param {Canvas} canvas @param {number} t */
function paintBirds(canvas, t) {
  const ink = colour('#1a1d24')
  for (let bird = 0; bird < 7; bird++) {
    const x = 470 + t * 17 - bird * 19 + hash(bird, 1, 9) * 16
    const y = 226 + Math.abs(bird - 3) * 9 + hash(bird, 2, 9) * 10 + Math.sin(t * 0.8 + bird) * 3 - t * 1.5
    const flap = Math.sin(t * (7 + hash(bird, 3, 9) * 2) + bird * 1.7) * 2.6
    const span = 6.4
    canvas.stroke(
      [
        [x - span, y - 1.2 - flap],
        [x - span * 0.45, y - 1.5 - flap * 0.4],
        [x, y],
        [x + span * 0.45, y - 1.5 - flap * 0.4],
        [x + span, y - 1.2 - flap],
      ],
      [0.5, 1.3, 1.7, 1.3, 0.5],
      ink,
      0.85,
    )
  }
}
