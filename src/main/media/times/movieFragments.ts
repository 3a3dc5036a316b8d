import { boxAt, boxesIn, wideNumber } from './boxes.ts'
import type { Sample } from './edits.ts'

export type { Sample } from './edits.ts'

export interface FragmentTrack {
  readonly id: number
  readonly isFragmented: boolean
  /** Of a sample, where the fragment does not say. */
  readonly defaultTicks: number
}

const flags = (body: DataView): number => body.getUint32(0) & 0xffffff

/** The samples of one track in a `moof` box; `decode` is where it goes on if the fragment does not say. */
export function fragmentSamples(fragment: DataView, track: FragmentTrack, decode: number): Sample[] {
  const samples: Sample[] = []
  let next = decode
  for (const { name, body } of boxesIn(fragment)) {
    if (name !== 'traf') continue
    const header = boxAt(body, 'tfhd')
    if (header === undefined || header.byteLength < 8 || header.getUint32(4) !== track.id) continue
    const ticks = defaultTicksOf(header) ?? track.defaultTicks
    next = baseOf(boxAt(body, 'tfdt')) ?? next
    for (const run of boxesIn(body)) if (run.name === 'trun') next = readRun(run.body, ticks, next, samples)
  }
  return samples
}

/** After the track's id: offset of the data (8 bytes) and index of the description (4), each if its flag says so. */
function defaultTicksOf(header: DataView): number | undefined {
  const has = flags(header)
  if ((has & 0x8) === 0) return undefined
  const at = 8 + (has & 0x1 ? 8 : 0) + (has & 0x2 ? 4 : 0)
  return at + 4 <= header.byteLength ? header.getUint32(at) : undefined
}

function baseOf(time: DataView | undefined): number | undefined {
  if (time === undefined || time.byteLength < 8) return undefined
  if (time.getUint8(0) !== 1) return time.getUint32(4)
  return time.byteLength < 12 ? undefined : wideNumber(time, 4)
}

/** Appends the samples of a `trun` box; gives the decode time after the last. A run without fields per sample is not followed. */
function readRun(run: DataView, defaultTicks: number, decode: number, samples: Sample[]): number {
  if (run.byteLength < 8) return decode
  const has = flags(run)
  const fields = [0x100, 0x200, 0x400, 0x800].filter((flag) => has & flag)
  const size = fields.length * 4
  const from = 8 + (has & 0x1 ? 4 : 0) + (has & 0x4 ? 4 : 0)
  const there = size === 0 ? mostBare : Math.max(0, Math.floor((run.byteLength - from) / size))
  const count = Math.min(run.getUint32(4), there)
  const offsetAt = fields.indexOf(0x800) * 4
  let next = decode
  for (let index = 0; index < count; index += 1) {
    const at = from + index * size
    const ticks = has & 0x100 ? run.getUint32(at) : defaultTicks
    samples.push({ decode: next, offset: has & 0x800 ? run.getInt32(at + offsetAt) : 0, ticks })
    next += ticks
  }
  return next
}

/** Samples that cost no byte each could be stated without end. */
const mostBare = 10_000
