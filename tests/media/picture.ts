/** Pictures for tests, and what happens to a picture on its way to the screen: scaling, noise, blur, coarse coding. */
export interface Picture {
  readonly rgba: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

/** The same numbers from 0 to 1 for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Waves, edges and gradients of many sizes, none of them a code. */
export function texture(width: number, height: number, seed: number): Picture {
  const random = seededRandom(seed)
  const waves = Array.from({ length: 5 }, () => ({
    x: (random() - 0.5) * 0.4,
    y: (random() - 0.5) * 0.4,
    phase: random() * 7,
    edge: random() < 0.4,
  }))
  const rgba = new Uint8ClampedArray(width * height * 4)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let level = 0
      for (const wave of waves) {
        const value = Math.sin(x * wave.x + y * wave.y + wave.phase)
        level += wave.edge ? Math.sign(value) : value
      }
      const at = (y * width + x) * 4
      rgba[at] = 128 + level * 24
      rgba[at + 1] = 120 + level * 22
      rgba[at + 2] = 110 + level * 25
      rgba[at + 3] = 255
    }
  }
  return { rgba, width, height }
}

/** Bilinear, as a browser draws a video into a window of another size; smaller sizes take the mean of what they cover. */
export function scaled(source: Picture, width: number, height: number): Picture {
  const rgba = new Uint8ClampedArray(width * height * 4)
  const taps = Math.max(1, Math.ceil(Math.max(source.width / width, source.height / height)))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0
        for (let tap = 0; tap < taps * taps; tap++) {
          const sourceX = ((x + ((tap % taps) + 0.5) / taps) * source.width) / width - 0.5
          const sourceY = ((y + (Math.floor(tap / taps) + 0.5) / taps) * source.height) / height - 0.5
          sum += bilinear(source, sourceX, sourceY, channel)
        }
        rgba[(y * width + x) * 4 + channel] = sum / (taps * taps)
      }
    }
  }
  return { rgba, width, height }
}

function bilinear({ rgba, width, height }: Picture, x: number, y: number, channel: number): number {
  const left = Math.floor(x)
  const top = Math.floor(y)
  const at = (column: number, row: number) => {
    const inX = Math.min(width - 1, Math.max(0, column))
    const inY = Math.min(height - 1, Math.max(0, row))
    return rgba[(inY * width + inX) * 4 + channel] ?? 0
  }
  const upper = at(left, top) * (left + 1 - x) + at(left + 1, top) * (x - left)
  const lower = at(left, top + 1) * (left + 1 - x) + at(left + 1, top + 1) * (x - left)
  return upper * (top + 1 - y) + lower * (y - top)
}

const withChannels = (source: Picture, change: (level: number, channel: number) => number): Picture => ({
  ...source,
  rgba: source.rgba.map((level, index) => (index % 4 === 3 ? 255 : change(level, index % 4))),
})

/** Each channel of each pixel off by up to about `levels`, alone. */
export const addNoise = (source: Picture, levels: number, random: () => number): Picture =>
  withChannels(source, (level) => level + (random() + random() - 1) * levels * 1.7)

/** Another gain, lift and gamma for each channel, as another screen, colour profile or decoder gives them. */
export function shiftColour(source: Picture, random: () => number): Picture {
  const shifts = Array.from({ length: 3 }, () => ({
    gain: 0.85 + random() * 0.3,
    lift: (random() - 0.5) * 30,
    gamma: 0.85 + random() * 0.3,
  }))
  return withChannels(source, (level, channel) => {
    const { gain = 1, lift = 0, gamma = 1 } = shifts[channel] ?? {}
    return 255 * (level / 255) ** gamma * gain + lift
  })
}

/** The mean of the `radius` pixels around each one, in both directions. */
export function blur(source: Picture, radius: number): Picture {
  const { width, height } = source
  const pass = (from: Uint8ClampedArray, step: number, length: number, along: (index: number) => number) =>
    from.map((_, index) => {
      const place = along(index)
      let sum = 0
      let count = 0
      for (let by = -radius; by <= radius; by++) {
        if (place + by < 0 || place + by >= length) continue
        sum += from[index + by * step] ?? 0
        count++
      }
      return sum / count
    })
  const across = pass(source.rgba, 4, width, (index) => (index >> 2) % width)
  return { ...source, rgba: pass(across, width * 4, height, (index) => Math.floor((index >> 2) / width)) }
}

/**
 * What JPEG and H.264 do at their coarsest: 8 by 8 blocks as cosine waves, each rounded to a multiple of `step`,
 * finer waves more coarsely.
 */
export function crushBlocks(source: Picture, step: number): Picture {
  const { width, height } = source
  const rgba = Uint8ClampedArray.from(source.rgba)
  const cosine = Array.from({ length: 64 }, (_, index) => {
    const wave = index >> 3
    const scale = wave === 0 ? Math.SQRT1_2 / 2 : 0.5
    return scale * Math.cos(((2 * (index & 7) + 1) * wave * Math.PI) / 16)
  })
  const transform = (block: number[], isInverse: boolean) => {
    const factor = (wave: number, place: number) =>
      cosine[isInverse ? place * 8 + wave : wave * 8 + place] ?? 0
    const pass = (values: number[]) =>
      values.map((_, index) => {
        let sum = 0
        for (let place = 0; place < 8; place++)
          sum += factor(index >> 3, place) * (values[place * 8 + (index & 7)] ?? 0)
        return sum
      })
    const turned = (values: number[]) => values.map((_, index) => values[(index & 7) * 8 + (index >> 3)] ?? 0)
    return turned(pass(turned(pass(block))))
  }
  for (let top = 0; top + 8 <= height; top += 8) {
    for (let left = 0; left + 8 <= width; left += 8) {
      for (let channel = 0; channel < 3; channel++) {
        const at = (index: number) => ((top + (index >> 3)) * width + left + (index & 7)) * 4 + channel
        const waves = transform(
          Array.from({ length: 64 }, (_, index) => (rgba[at(index)] ?? 0) - 128),
          false,
        )
        const coarse = waves.map((value, index) => {
          const size = step * (1 + ((index >> 3) + (index & 7)) / 4)
          return Math.round(value / size) * size
        })
        for (const [index, value] of transform(coarse, true).entries()) rgba[at(index)] = value + 128
      }
    }
  }
  return { ...source, rgba }
}
