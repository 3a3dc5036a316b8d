/** Dunes in the last sun: long shadows, wind ripples, sand that blows off a crest. A still. */
import { colour, mix, set, setAdd, setFromStops, setMix } from '../canvas.mjs'
import { clamp, layeredNoise, noise, smoothstep } from '../noise.mjs'
import { film } from './film.mjs'

/** @typedef {import('../canvas.mjs').Canvas} Canvas */
/** @typedef {import('../canvas.mjs').Colour} Colour */

/** @type {readonly (readonly [number, Colour])[]} */
const sky = [
  [-20, colour('#3f6c8f')],
  [160, colour('#86a3b0')],
  [290, colour('#dcc0a4')],
  [380, colour('#f5c79a')],
]
const sunny = colour('#f0a765')
const shady = colour('#5a3a3c')
const haze = colour('#f0c8a2')

/** Far to near: the highest point, how steep both sides are, and how the crest winds toward us. */
const dunes = [
  { x: 250, y: 322, left: 0.16, right: 0.12, wind: 60, haze: 0.72, seed: 1 },
  { x: 1010, y: 300, left: 0.17, right: 0.2, wind: 90, haze: 0.58, seed: 2 },
  { x: 560, y: 372, left: 0.2, right: 0.14, wind: 120, haze: 0.38, seed: 3 },
  { x: 1180, y: 436, left: 0.22, right: 0.2, wind: 130, haze: 0.2, seed: 4 },
  { x: 420, y: 478, left: 0.3, right: 0.19, wind: 210, haze: 0.04, seed: 5 },
]

/** @param {number} width @param {number} height */
export default function still(width, height) {
  return film(
    width,
    height,
    { exposure: 1, bloom: 0.08, vignette: 0.4, saturation: 1, grain: 0.8 },
    (canvas, t) => {
      canvas.paint((x, y, ink) => {
        setFromStops(sky, y, ink)
        const high = layeredNoise(x / 420, (y + x * 0.12) / 60, 11, 5)
        setMix(ink, ink, [1, 0.88, 0.76], smoothstep(0.5, 0.8, high) * 0.4)
        setAdd(ink, sunny, 0.5 * Math.exp(-Math.hypot(x + 60, y - 330) / 420))
        return 1
      })
      for (const dune of dunes) paintDune(canvas, dune, t)
    },
  )
}

/** @param {Canvas} canvas @param {(typeof dunes)[number]} dune @param {number} t */
function paintDune(canvas, dune, t) {
  const { x: peakX, y: peakY, left, right, wind, haze: far, seed } = dune
  const lineAt = (/** @type {number} */ x) => {
    const dx = x - peakX
    const side = dx < 0 ? -dx * left : dx * right
    return (
      peakY +
      side * (1 + 0.2 * Math.sin(dx / 170 + seed)) -
      7 * Math.exp(-((dx / 60) ** 2)) +
      Math.abs(dx) ** 1.5 / 900 +
      5 * Math.sin(dx / 90 + seed * 2)
    )
  }
  const top = peakY - 30
  canvas.paint(
    (x, y, ink) => {
      const line = lineAt(x)
      const cover = (y - line) * canvas.scale + 0.5
      const down = y - peakY
      if (cover <= 0) {
        // Sand that the wind lifts off the crest.
        const lift = line - y
        const off = smoothstep(0.5, 0.85, layeredNoise((x - lift * 3) / 60 - t, lift / 12, seed + 60, 3))
        set(ink, haze)
        return x > peakX - 40
          ? off * Math.exp(-lift / 6) * Math.exp(-Math.abs(x - peakX - 90) / 120) * 0.5
          : 0
      }
      // The crest runs toward us in a long S; one side sees the sun, the other does not.
      const crest =
        peakX +
        wind * Math.sin(down / 120 + seed * 0.6) * smoothstep(0, 160, down) +
        26 * Math.sin(down / 47 + seed)
      const across = x - crest + 5 * (noise(y / 13, seed, 12) - 0.5)
      const shade =
        smoothstep(-1.2, 1.6 + down * 0.012, across) * (1 - smoothstep(190 + down, 560 + down * 1.4, across))
      const swell = layeredNoise(x / 210 + seed, y / 74, seed + 20, 4)
      const ripple =
        Math.sin((y * 1.15 + x * 0.16 + 46 * noise(x / 130, y / 52, seed + 30)) / (1.7 + down * 0.0065)) *
        smoothstep(20, 190, down) *
        (1 - far)
      const lightOn = clamp(0.74 + (swell - 0.5) * 0.9 + ripple * 0.11 - smoothstep(0, 420, down) * 0.16)
      setMix(ink, shady, sunny, lightOn)
      const dark = mix(shady, colour('#2b1d26'), 0.45 + (swell - 0.5) * 0.6 + ripple * 0.08)
      setMix(ink, ink, dark, shade * 0.94)
      setAdd(ink, sunny, 0.24 * Math.exp(-Math.abs(across + 2) / 3) * (1 - shade) * smoothstep(-4, 60, down))
      setMix(ink, ink, haze, clamp(far * (0.75 + 0.4 * smoothstep(0, 120, down))))
      return cover
    },
    { left: 0, top, right: 1280, bottom: 720 },
  )
}
