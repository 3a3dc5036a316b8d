/** A sound as a picture: its level in bars, on neutral grey. */
import { clamp } from './noise.mjs'

/** @param {import('./sound.mjs').Track} track */
export function drawWaveform(track) {
  const width = 960
  const height = 540
  const rgb = new Uint8Array(width * height * 3).fill(24)
  const step = 12
  const bars = Math.floor((width - 96) / step)
  const levels = Array.from({ length: bars }, (_, bar) => {
    const first = Math.floor((bar * track.length) / bars)
    const last = Math.floor(((bar + 1) * track.length) / bars)
    let sum = 0
    for (let index = first; index < last; index++)
      sum += ((track.left[index] ?? 0) + (track.right[index] ?? 0)) ** 2
    return Math.sqrt(sum / (last - first))
  })
  const loudest = Math.max(...levels)
  for (const [bar, level] of levels.entries()) {
    const half = 6 + 170 * (level / loudest) ** 0.8
    const left = 48 + bar * step
    for (let y = Math.floor(height / 2 - half); y <= height / 2 + half; y++) {
      for (let x = left; x < left + 5; x++) {
        // Round ends.
        const over = Math.abs(y + 0.5 - height / 2) - (half - 2.5)
        const cover = over <= 0 ? 1 : clamp(3 - Math.hypot(over, x + 0.5 - left - 2.5))
        const at = (y * width + x) * 3
        rgb.fill(Math.round(24 + (168 - 24) * cover), at, at + 3)
      }
    }
  }
  return { rgb, width, height }
}
