import { type ClipTiming, startSecondsOf } from '../../../shared/clipTiming.ts'

/** Loudest and quietest of each stretch of a sound, -1..1: two numbers a stretch, lowest first. */
export type Peaks = Float32Array

/**
 * Peaks of decoded sound, all channels together.
 * @param channels samples of each channel, equally many
 * @param count stretches wanted
 */
export function peaksOf(channels: readonly Float32Array[], count: number): Peaks {
  const length = channels[0]?.length ?? 0
  const peaks = new Float32Array(count * 2)
  if (length === 0) return peaks
  for (let index = 0; index < count; index += 1) {
    const from = Math.floor((index * length) / count)
    const to = Math.max(from + 1, Math.floor(((index + 1) * length) / count))
    let low = 0
    let high = 0
    for (const samples of channels) {
      for (let at = from; at < to && at < length; at += 1) {
        const value = samples[at] ?? 0
        if (value < low) low = value
        if (value > high) high = value
      }
    }
    peaks[index * 2] = low
    peaks[index * 2 + 1] = high
  }
  return peaks
}

/** Peaks of stretches of equal time, from the player's zero on. */
export interface TimedPeaks {
  readonly peaks: Peaks
  /** What all of them take; null: as long as the clip. */
  readonly seconds: number | null
}

/**
 * Peaks of each pixel of a strip on which every frame takes the same room: of the sound that is heard while the pixel's
 * frames are on the screen, however long they stand. Silence where there is no sound.
 */
export function columnsOf(sound: TimedPeaks, timing: ClipTiming, width: number): Peaks {
  const { peaks } = sound
  const seconds = sound.seconds ?? startSecondsOf(timing.frameCount, timing)
  const count = peaks.length / 2
  const stretchAt = (pixel: number) => {
    const place = (pixel / width) * timing.frameCount
    const frame = Math.min(timing.frameCount - 1, Math.floor(place))
    const start = startSecondsOf(frame, timing)
    const time = start + (place - frame) * (startSecondsOf(frame + 1, timing) - start)
    return Math.floor((time / seconds) * count + slack)
  }
  const columns = new Float32Array(width * 2)
  let from = stretchAt(0)
  for (let pixel = 0; pixel < width; pixel += 1) {
    const next = stretchAt(pixel + 1)
    for (let at = from; at < Math.min(count, Math.max(from + 1, next)); at += 1) {
      columns[pixel * 2] = Math.min(columns[pixel * 2] ?? 0, peaks[at * 2] ?? 0)
      columns[pixel * 2 + 1] = Math.max(columns[pixel * 2 + 1] ?? 0, peaks[at * 2 + 1] ?? 0)
    }
    from = next
  }
  return columns
}

/** Decoding holds the whole sound in memory: above this the strip stays plain. */
const mostBytes = 300 * 2 ** 20
const sampleRate = 8000
/** Of a stretch: sums of times end this close to what they mean. */
const slack = 1e-6

/**
 * Reads the sound of a medium and finds its peaks; undefined where it has none, is too large, or cannot be decoded here.
 * Stops at `signal`.
 */
export async function readPeaks(
  url: string,
  count: number,
  signal: AbortSignal,
): Promise<TimedPeaks | undefined> {
  const response = await fetch(url, { signal })
  const bytes = Number(response.headers.get('content-length') ?? 0)
  if (!response.ok || bytes > mostBytes) {
    await response.body?.cancel()
    return undefined
  }
  const data = await response.arrayBuffer()
  // A low rate is enough for pixels and decodes into little memory.
  const context = new OfflineAudioContext(1, 1, sampleRate)
  const sound = await context.decodeAudioData(data).catch(() => undefined)
  if (sound === undefined || signal.aborted) return undefined
  const channels = Array.from({ length: sound.numberOfChannels }, (_each, index) =>
    sound.getChannelData(index),
  )
  return { peaks: peaksOf(channels, count), seconds: sound.duration }
}

/** Where a waveform comes from: a medium, or peaks that were made of it already. */
export interface Sound {
  readonly url: string
  readonly isPeaks: boolean
}

/** Peaks that came with a proxy made on this computer, along all of it: little-endian floats. */
export async function madePeaks(url: string, signal: AbortSignal): Promise<TimedPeaks | undefined> {
  const response = await fetch(url, { signal })
  if (!response.ok) return undefined
  const view = new DataView(await response.arrayBuffer())
  const peaks = Float32Array.from({ length: view.byteLength >> 2 }, (_each, index) =>
    view.getFloat32(index * 4, true),
  )
  return { peaks, seconds: null }
}

/** Quiet sound is drawn larger, so that its shape shows: never more than this. */
const mostGain = 12

/** Draws the sound from edge to edge of the clip in one colour, the loudest as high as there is room. */
export function drawPeaks(
  context: CanvasRenderingContext2D,
  sound: TimedPeaks,
  timing: ClipTiming,
  colour: string,
): void {
  const { width, height } = context.canvas
  const columns = columnsOf(sound, timing, width)
  const middle = height / 2
  const loudest = sound.peaks.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const gain = loudest === 0 ? 1 : Math.min(mostGain, 0.95 / loudest)
  context.clearRect(0, 0, width, height)
  context.fillStyle = colour
  for (let x = 0; x < width; x += 1) {
    const low = columns[x * 2] ?? 0
    const high = columns[x * 2 + 1] ?? 0
    const top = middle - high * gain * middle
    context.fillRect(x, top, 1, Math.max(1, (high - low) * gain * middle))
  }
}
