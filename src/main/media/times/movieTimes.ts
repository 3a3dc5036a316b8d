import { mostFrames } from '../../../shared/frameTimes.ts'
import { boxAt, boxesIn, boxHeader, viewOf } from './boxes.ts'
import { type ByteWindow, OutOfReach } from './byteWindow.ts'
import { type Edit, editOf, shownIn } from './edits.ts'
import type { FrameStarts } from './frameStarts.ts'
import { type FragmentTrack, fragmentSamples, type Sample } from './movieFragments.ts'

/** An index of eleven hours of pictures, with sound, is smaller. */
const largestIndex = 24 * 2 ** 20
/** Fragments of half a second over a day; a file of more boxes than this is not one to follow. */
const mostBoxes = 200_000

interface Track extends FragmentTrack {
  readonly ticksPerSecond: number
  readonly edit: Edit
  readonly samples: Sample[]
}

/**
 * The times of an MP4 or QuickTime file, from its sample table and edit list, or from its fragments. Undefined if it is no
 * such file, has no video, or its table cannot be believed. Throws `OutOfReach` beyond the window's budget.
 */
export async function movieTimes(window: ByteWindow): Promise<FrameStarts | undefined> {
  let track: Track | undefined
  let isComplete = true
  let at = 0
  for (let boxes = 0; at < window.size; boxes += 1) {
    if (boxes > mostBoxes) throw new OutOfReach()
    const found = boxHeader(await window.some(at, 16))
    if (found === undefined) break
    const length = found.length === 0 ? window.size - at : found.length
    const body = async () => {
      if (length > largestIndex) throw new OutOfReach()
      return window.all(at + found.header, length - found.header)
    }
    if (found.name === 'moov' && track === undefined) {
      track = trackOf(await body())
      if (track === undefined) return undefined
      if (!track.isFragmented) break
    }
    if (found.name === 'moof' && track !== undefined) {
      try {
        for (const sample of fragmentSamples(await body(), track, endOf(track.samples)))
          track.samples.push(sample)
      } catch (error) {
        // What was read is right as far as it goes: enough to see that the frames are equally long.
        if (!(error instanceof OutOfReach) || track.samples.length === 0) throw error
        isComplete = false
        break
      }
      if (track.samples.length > mostFrames) return undefined
    }
    at += length
  }
  return track === undefined || track.samples.length === 0 ? undefined : startsOf(track, isComplete)
}

const endOf = (samples: readonly Sample[]): number => {
  const last = samples.at(-1)
  return last === undefined ? 0 : last.decode + last.ticks
}

function startsOf({ samples, edit, ticksPerSecond }: Track, isComplete: boolean): FrameStarts | undefined {
  const shown = shownIn(samples, edit)
  const last = shown.at(-1)
  if (last === undefined) return undefined
  return {
    ticksPerSecond,
    starts: shown.map((each) => each.start),
    lastTicks: Math.max(1, last.ticks),
    isComplete,
  }
}

/** The first video track of a `moov` box. */
function trackOf(movie: DataView): Track | undefined {
  const movieTicks = timescaleOf(boxAt(movie, 'mvhd'))
  for (const { name, body } of boxesIn(movie)) {
    if (name !== 'trak') continue
    const handler = boxAt(body, 'mdia', 'hdlr')
    if (handler === undefined || handler.byteLength < 12 || handler.getUint32(8) !== 0x76696465) continue
    const ticksPerSecond = timescaleOf(boxAt(body, 'mdia', 'mdhd'))
    const header = boxAt(body, 'tkhd')
    const table = boxAt(body, 'mdia', 'minf', 'stbl')
    if (ticksPerSecond === undefined || header === undefined || table === undefined) return undefined
    const id = header.getUint32(header.getUint8(0) === 1 ? 20 : 12)
    const edit = editOf(boxAt(body, 'edts', 'elst'), ticksPerSecond / (movieTicks ?? ticksPerSecond))
    const samples = tableSamples(table)
    if (edit === undefined || samples === undefined) return undefined
    const defaults = defaultsOf(boxAt(movie, 'mvex'), id)
    return { id, ticksPerSecond, edit, samples, isFragmented: defaults !== undefined, ...(defaults ?? none) }
  }
  return undefined
}

const none = { defaultTicks: 0 }

/** `mdhd` and `mvhd` alike: ticks per second after two dates. */
function timescaleOf(header: DataView | undefined): number | undefined {
  if (header === undefined || header.byteLength < 24) return undefined
  const ticks = header.getUint32(header.getUint8(0) === 1 ? 20 : 12)
  return ticks > 0 ? ticks : undefined
}

function defaultsOf(extension: DataView | undefined, id: number): { defaultTicks: number } | undefined {
  if (extension === undefined) return undefined
  for (const { name, body } of boxesIn(extension))
    if (name === 'trex' && body.byteLength >= 24 && body.getUint32(4) === id)
      return { defaultTicks: body.getUint32(12) }
  return { defaultTicks: 0 }
}

/** `stts` and `ctts`, sample by sample; undefined if the counts are absurd. */
function tableSamples(table: DataView): Sample[] | undefined {
  const samples: Sample[] = []
  let decode = 0
  for (const [count, ticks] of pairs(boxAt(table, 'stts'))) {
    if (samples.length + count > mostFrames) return undefined
    for (let each = 0; each < count; each += 1) {
      samples.push({ decode, offset: 0, ticks })
      decode += ticks
    }
  }
  if (!Number.isSafeInteger(decode)) return undefined
  let index = 0
  for (const [count, offset] of pairs(boxAt(table, 'ctts'), true)) {
    const end = Math.min(samples.length, index + count)
    for (; index < end; index += 1) {
      const sample = samples[index]
      if (sample !== undefined) sample.offset = offset
    }
  }
  return samples
}

/** The pairs of numbers of `stts` or `ctts`: as many as it says, at most as many as there are. */
function* pairs(body: DataView | undefined, isSigned = false): Generator<readonly [number, number]> {
  if (body === undefined || body.byteLength < 8) return
  const entries = viewOf(body, 8)
  const count = Math.min(body.getUint32(4), Math.floor(entries.byteLength / 8))
  for (let at = 0; at < count * 8; at += 8)
    // Offsets are written as signed by most, whatever the version says.
    yield [entries.getUint32(at), isSigned ? entries.getInt32(at + 4) : entries.getUint32(at + 4)]
}
