/** Sound from nothing but noise and sines: the pieces that the scenes' ambiences are made of. */
import { hash, noise, seededRandom, smoothstep } from './noise.mjs'

export const sampleRate = 48_000

/** @typedef {(t: number) => number} Curve A value that changes with time in seconds. */

export class Track {
  /** @param {number} seconds @param {number} seed */
  constructor(seconds, seed) {
    this.length = Math.round(seconds * sampleRate)
    this.left = new Float32Array(this.length)
    this.right = new Float32Array(this.length)
    this.seed = seed
  }

  /**
   * Adds a sound at a place from -1 (left) to 1 (right).
   * @param {number} start Seconds. @param {number} seconds @param {(t: number, index: number) => number} wave
   * @param {number} [pan]
   */
  add(start, seconds, wave, pan = 0) {
    const first = Math.round(start * sampleRate)
    const count = Math.round(seconds * sampleRate)
    const toLeft = Math.cos(((pan + 1) * Math.PI) / 4) * Math.SQRT2
    const toRight = Math.sin(((pan + 1) * Math.PI) / 4) * Math.SQRT2
    for (let index = 0; index < count; index++) {
      const at = first + index
      const level = wave(index / sampleRate, index)
      if (at < 0 || at >= this.length) continue
      this.left[at] = (this.left[at] ?? 0) + level * toLeft
      this.right[at] = (this.right[at] ?? 0) + level * toRight
    }
  }

  /**
   * Filtered noise over the whole length, its own for each ear, so that it is wide.
   * @param {{ level: Curve, low: Curve, high?: number }} shape Cut-offs in hertz.
   */
  hiss({ level, low, high = 0 }) {
    for (const [ear, side] of [this.left, this.right].entries()) {
      this.seed++
      const random = seededRandom(this.seed * 7 + ear)
      let first = 0
      let second = 0
      let below = 0
      for (let index = 0; index < this.length; index++) {
        const t = index / sampleRate
        const open = 1 - Math.exp((-2 * Math.PI * low(t)) / sampleRate)
        first += (random() * 2 - 1 - first) * open
        second += (first - second) * open
        below += (second - below) * (1 - Math.exp((-2 * Math.PI * high) / sampleRate))
        side[index] = (side[index] ?? 0) + (second - (high > 0 ? below : 0)) * level(t)
      }
    }
  }

  /** A short burst of filtered noise: a splash, a drop, a step. */
  /**
   * @param {number} start @param {number} decay Seconds. @param {number} low @param {number} level @param {number} [pan]
   */
  burst(start, decay, low, level, pan = 0) {
    this.seed++
    const random = seededRandom(this.seed)
    const open = 1 - Math.exp((-2 * Math.PI * low) / sampleRate)
    let first = 0
    let second = 0
    this.add(
      start,
      decay * 6,
      (t) => {
        first += (random() * 2 - 1 - first) * open
        second += (first - second) * open
        return second * level * Math.exp(-t / decay) * smoothstep(0, 0.012, t)
      },
      pan,
    )
  }

  /** A quiet chord of soft tones that swell and beat against each other. */
  /** @param {readonly number[]} notes Hertz. @param {number} level */
  pad(notes, level) {
    for (const [index, note] of notes.entries()) {
      const drift = hash(index, 3, this.seed) * 0.5 - 0.25
      for (const [side, pan] of /** @type {[number, number][]} */ ([
        [0.997, -0.6],
        [1.003, 0.6],
      ])) {
        this.add(
          0,
          this.length / sampleRate,
          (t) => {
            const phase = 2 * Math.PI * note * side * t
            const swell = 0.55 + 0.45 * Math.sin(t * (0.31 + drift) + index * 1.9)
            return (Math.sin(phase) + 0.18 * Math.sin(phase * 2 + 0.4)) * level * swell
          },
          pan,
        )
      }
    }
  }

  /** Fades the first and last moments, so that a cut does not click. */
  fade() {
    for (const side of [this.left, this.right]) {
      for (let index = 0; index < this.length; index++) {
        const edge = Math.min(index, this.length - 1 - index) / sampleRate
        side[index] = (side[index] ?? 0) * smoothstep(0, 0.25, edge)
      }
    }
  }

  /** The first frame's tone, and a soft tick wherever the timecode reaches a new second. */
  /** @param {readonly number[]} ticks Seconds. @param {number} frameSeconds */
  slate(ticks, frameSeconds) {
    this.add(
      0,
      frameSeconds,
      (t) => 0.1 * Math.sin(2 * Math.PI * 1000 * t) * smoothstep(0, 0.002, Math.min(t, frameSeconds - t)),
    )
    for (const start of ticks) {
      this.add(
        start,
        0.05,
        (t) => 0.045 * Math.sin(2 * Math.PI * 1900 * t) * Math.exp(-t / 0.006) * smoothstep(0, 0.0004, t),
      )
    }
  }

  /** A slow random curve from 0 to 1. */
  /** @param {number} pace Bumps a second. @param {number} kind @returns {Curve} */
  drift(pace, kind) {
    return (t) => noise(t * pace, kind, this.seed)
  }

  /** 16-bit WAV; one channel if `mono`. */
  /** @param {boolean} [mono] */
  wav(mono = false) {
    const channels = mono ? 1 : 2
    const bytes = Buffer.alloc(44 + this.length * channels * 2)
    bytes.write('RIFF', 0)
    bytes.writeUInt32LE(bytes.length - 8, 4)
    bytes.write('WAVEfmt ', 8)
    bytes.writeUInt32LE(16, 16)
    bytes.writeUInt16LE(1, 20)
    bytes.writeUInt16LE(channels, 22)
    bytes.writeUInt32LE(sampleRate, 24)
    bytes.writeUInt32LE(sampleRate * channels * 2, 28)
    bytes.writeUInt16LE(channels * 2, 32)
    bytes.writeUInt16LE(16, 34)
    bytes.write('data', 36)
    bytes.writeUInt32LE(this.length * channels * 2, 40)
    const put = (/** @type {number} */ at, /** @type {number} */ level) =>
      bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, level)) * 32_767), 44 + at * 2)
    for (let index = 0; index < this.length; index++) {
      const left = this.left[index] ?? 0
      const right = this.right[index] ?? 0
      if (mono) put(index, (left + right) / 2)
      else {
        put(index * 2, left)
        put(index * 2 + 1, right)
      }
    }
    return bytes
  }
}
