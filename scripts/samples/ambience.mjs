/** What each scene sounds like. */
import { hash, seededRandom, smoothstep } from './noise.mjs'
import { sampleRate, Track } from './sound.mjs'

/** @typedef {(track: Track, seconds: number) => void} Ambience */

/** @param {Track} track @param {number} level @param {number} kind */
function wind(track, level, kind) {
  const gust = track.drift(0.35, kind)
  const shiver = track.drift(1.6, kind + 1)
  track.hiss({
    level: (t) => level * (0.35 + gust(t) * 1.1 + shiver(t) * 0.2),
    low: (t) => 170 + 420 * gust(t) + 90 * shiver(t),
    high: 60,
  })
}

/** A bird: a few gliding notes. */
/** @param {Track} track @param {number} start @param {number} kind @param {number} level */
function birdsong(track, start, kind, level) {
  const notes = 2 + Math.floor(hash(kind, 1, 5) * 4)
  const base = 2300 + hash(kind, 2, 5) * 2200
  const pan = hash(kind, 3, 5) * 1.6 - 0.8
  for (let note = 0; note < notes; note++) {
    const long = 0.07 + hash(kind, note + 4, 5) * 0.09
    const from = base * (0.85 + hash(kind, note + 14, 5) * 0.4)
    const glide = (hash(kind, note + 24, 5) - 0.4) * 1400
    let phase = 0
    track.add(
      start + note * 0.15,
      long,
      (t) => {
        phase += (2 * Math.PI * (from + (glide * t) / long + 60 * Math.sin(t * 190))) / sampleRate
        return level * Math.sin(phase) * Math.sin((Math.PI * t) / long) ** 2
      },
      pan,
    )
  }
}

/** A car that passes: noise that swells, opens and falls away, from one side to the other. */
/** @param {Track} track @param {number} at @param {number} level @param {number} pan */
function passing(track, at, level, pan) {
  const random = seededRandom(Math.round(at * 100))
  let first = 0
  let second = 0
  track.add(
    at - 1.6,
    3.6,
    (t) => {
      const from = t - 1.6
      const near = from < 0 ? Math.exp(from * 2.6) : Math.exp(-from * 1.9)
      const open = 1 - Math.exp((-2 * Math.PI * (260 + 1500 * near)) / sampleRate)
      first += (random() * 2 - 1 - first) * open
      second += (first - second) * open
      return second * near * level * smoothstep(0, 0.4, t)
    },
    pan,
  )
}

/** @type {Readonly<Record<string, Ambience>>} */
export const ambiences = {
  ridge(track, seconds) {
    wind(track, 0.34, 1)
    track.pad([73.42, 110, 146.83, 220, 277.18], 0.008)
    for (let bird = 0; bird * 1.9 < seconds; bird++)
      birdsong(track, 0.9 + bird * 1.9 + hash(bird, 8, 2), bird, 0.012)
  },
  lake(track, seconds) {
    wind(track, 0.1, 3)
    track.pad([65.41, 98, 130.81, 196, 246.94, 293.66], 0.008)
    for (let lap = 0; lap < seconds * 2.2; lap++) {
      track.burst(
        lap / 2.2 + hash(lap, 1, 4) * 0.4,
        0.09 + hash(lap, 2, 4) * 0.12,
        420 + hash(lap, 3, 4) * 500,
        0.16,
        hash(lap, 4, 4) * 1.6 - 0.8,
      )
    }
    // The blades go in at the start of each pull and come out at its end.
    for (let pull = 0; pull * 2.8 < seconds; pull++) {
      track.burst(pull * 2.8 + 0.12, 0.22, 900, 0.4, 0.25)
      track.burst(pull * 2.8 + 1.6, 0.14, 1500, 0.16, 0.25)
    }
  },
  road(track) {
    track.hiss({ level: () => 0.62, low: () => 85 })
    const surface = track.drift(3, 4)
    track.hiss({ level: (t) => 0.075 * (0.8 + 0.4 * surface(t)), low: () => 1300, high: 420 })
    track.pad([55, 82.41, 110, 164.81, 246.94], 0.006)
    for (const at of [4.4, 7.3, 8.3, 12.2]) passing(track, at, 0.75, -0.55)
  },
  forest(track, seconds) {
    track.hiss({ level: () => 0.02, low: () => 5200, high: 1400 })
    wind(track, 0.08, 6)
    for (let bird = 0; bird * 0.62 < seconds; bird++)
      birdsong(track, 0.3 + bird * 0.62 + hash(bird, 9, 6) * 0.3, bird + 40, 0.02)
  },
  field(track, seconds) {
    wind(track, 0.26, 8)
    const rustle = track.drift(2.2, 9)
    track.hiss({ level: (t) => 0.05 * rustle(t) ** 2, low: () => 6500, high: 2200 })
    track.add(
      0,
      seconds,
      (t) =>
        0.006 *
        Math.sin(2 * Math.PI * 4300 * t) *
        Math.max(0, Math.sin(2 * Math.PI * 27 * t)) *
        smoothstep(0.2, 0.5, Math.sin(t * 5.1)),
      0.5,
    )
  },
  city(track, seconds) {
    track.hiss({ level: () => 0.05, low: () => 7000, high: 900 })
    track.hiss({ level: () => 0.3, low: () => 110 })
    for (let drop = 0; drop < seconds * 9; drop++) {
      track.burst(
        drop / 9 + hash(drop, 1, 12) * 0.1,
        0.012,
        3800,
        0.12 * hash(drop, 2, 12),
        hash(drop, 3, 12) * 1.8 - 0.9,
      )
    }
    passing(track, seconds * 0.45, 0.4, 0.4)
  },
  cabin(track) {
    wind(track, 0.2, 14)
    track.pad([98, 146.83, 196, 246.94, 369.99], 0.007)
  },
  sea(track) {
    const swell = (/** @type {number} */ t) => 0.5 + 0.5 * Math.sin(t * 1.15 - 0.6)
    track.hiss({ level: (t) => 0.09 + 0.2 * swell(t) ** 2, low: (t) => 420 + 900 * swell(t) ** 2, high: 90 })
    track.hiss({ level: (t) => 0.05 * swell(t - 0.5) ** 4, low: () => 5200, high: 1500 })
  },
  bars(track, seconds) {
    // -20 dBFS, the reference level of a 1 kHz line-up tone.
    track.add(0, seconds, (t) => 0.1 * Math.sin(2 * Math.PI * 1000 * t))
  },
  shore(track, seconds) {
    const gust = track.drift(6, 17)
    const wash = (/** @type {number} */ t) =>
      Math.max(0, Math.sin(t * 2.3 + 0.4 * Math.sin(t * 1.1))) ** 1.5 * (0.35 + 0.9 * gust(t) ** 1.5)
    track.hiss({ level: (t) => 0.04 + 0.22 * wash(t), low: (t) => 500 + 2600 * wash(t), high: 120 })
    for (let pebble = 0; pebble < seconds * 7; pebble++) {
      const at = pebble / 7
      track.burst(
        at + hash(pebble, 1, 15) * 0.1,
        0.02,
        2600,
        0.2 * wash(at - 0.7),
        hash(pebble, 2, 15) * 1.6 - 0.8,
      )
    }
    wind(track, 0.1, 16)
  },
}
