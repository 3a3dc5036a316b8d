import { mostFrames } from '../../../shared/frameTimes.ts'
import { viewOf } from './boxes.ts'
import { type ByteWindow, OutOfReach } from './byteWindow.ts'
import type { FrameStarts } from './frameStarts.ts'

/** Elements of Matroska and WebM (RFC 9559), by their ids. */
const ids = {
  header: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  duration: 0x4489,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  cluster: 0x1f43b675,
  clusterTimestamp: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
} as const

/** Their content is walked like what stands beside them: so an end that nobody wrote down is no matter. */
const entered: ReadonlySet<number> = new Set([ids.segment, ids.info, ids.tracks, ids.cluster, ids.blockGroup])

const nanosecondsPerSecond = 1_000_000_000
const largestSmallElement = 64 * 1024

interface Element {
  readonly id: number
  readonly header: number
  /** Undefined: until something comes that cannot stand in it. */
  readonly length: number | undefined
}

/** An id and a length, each as long as its first byte says; undefined if there is neither. */
export function elementHeader(view: DataView): Element | undefined {
  const id = vint(view, 0, false)
  if (id === undefined || id.bytes > 4) return undefined
  const length = vint(view, id.bytes, true)
  if (length === undefined) return undefined
  return {
    id: id.value,
    header: id.bytes + length.bytes,
    length: length.isUnknown ? undefined : length.value,
  }
}

function vint(view: DataView, at: number, isLength: boolean) {
  if (at >= view.byteLength) return undefined
  const first = view.getUint8(at)
  const bytes = Math.clz32(first) - 23
  if (bytes > 8 || at + bytes > view.byteLength) return undefined
  let value = isLength ? first & (0xff >> bytes) : first
  let isUnknown = isLength && value === 0xff >> bytes
  for (let each = 1; each < bytes; each += 1) {
    const next = view.getUint8(at + each)
    value = value * 256 + next
    if (next !== 0xff) isUnknown = false
  }
  return isUnknown || Number.isSafeInteger(value) ? { value, bytes, isUnknown } : undefined
}

interface Found {
  scale: number
  duration: number | undefined
  video: number | undefined
  clusterStart: number
  readonly starts: number[]
}

/**
 * The times of a Matroska or WebM file, from the headers of its blocks; what is between them is not looked at. Undefined if
 * it is no such file or has no video. A file too long for the window's budget gives what was read of it.
 */
export async function matroskaTimes(window: ByteWindow): Promise<FrameStarts | undefined> {
  const found: Found = {
    scale: 1_000_000,
    duration: undefined,
    video: undefined,
    clusterStart: 0,
    starts: [],
  }
  let isComplete = true
  try {
    let at = 0
    while (at < window.size) {
      const element = elementHeader(await window.some(at, 12))
      if (element === undefined || (at === 0 && element.id !== ids.header)) break
      const from = at + element.header
      if (entered.has(element.id)) {
        at = from
        continue
      }
      if (element.length === undefined) break
      if (isLookedAt(element.id)) {
        const isWhole = element.id !== ids.simpleBlock && element.id !== ids.block
        if (isWhole && element.length > largestSmallElement) return undefined
        take(
          await window.some(from, isWhole ? element.length : Math.min(12, element.length)),
          element.id,
          found,
        )
      }
      if (found.starts.length > mostFrames) return undefined
      at = from + element.length
    }
  } catch (error) {
    if (!(error instanceof OutOfReach) || found.starts.length === 0) throw error
    isComplete = false
  }
  return startsOf(found, isComplete)
}

const lookedAt: ReadonlySet<number> = new Set([
  ids.timestampScale,
  ids.duration,
  ids.trackEntry,
  ids.clusterTimestamp,
  ids.simpleBlock,
  ids.block,
])
const isLookedAt = (id: number): boolean => lookedAt.has(id)

function take(body: DataView, id: number, found: Found): void {
  if (id === ids.timestampScale) found.scale = unsigned(body) || found.scale
  else if (id === ids.duration) found.duration = float(body)
  else if (id === ids.clusterTimestamp) found.clusterStart = unsigned(body)
  else if (id === ids.trackEntry) found.video ??= videoNumber(body)
  else {
    // The number of the track, then the time from the cluster's in two bytes.
    const track = vint(body, 0, true)
    if (track === undefined || track.value !== found.video || body.byteLength < track.bytes + 2) return
    found.starts.push(found.clusterStart + body.getInt16(track.bytes))
  }
}

function videoNumber(entry: DataView): number | undefined {
  let number: number | undefined
  let isVideo = false
  for (let at = 0; at < entry.byteLength; ) {
    const element = elementHeader(viewOf(entry, at))
    if (element?.length === undefined) break
    const body = viewOf(entry, at + element.header, element.length)
    if (element.id === ids.trackNumber) number = unsigned(body)
    if (element.id === ids.trackType) isVideo = unsigned(body) === 1
    at += element.header + element.length
  }
  return isVideo ? number : undefined
}

export function unsigned(body: DataView): number {
  let value = 0
  for (let at = 0; at < Math.min(8, body.byteLength); at += 1) value = value * 256 + body.getUint8(at)
  return Number.isSafeInteger(value) ? value : 0
}

function float(body: DataView): number | undefined {
  const value =
    body.byteLength === 4 ? body.getFloat32(0) : body.byteLength === 8 ? body.getFloat64(0) : Number.NaN
  return Number.isFinite(value) && value > 0 ? value : undefined
}

function startsOf(found: Found, isComplete: boolean): FrameStarts | undefined {
  const { scale, duration } = found
  const sorted = [...new Set(found.starts)].filter((start) => start >= 0).sort((a, b) => a - b)
  const last = sorted.at(-1)
  if (last === undefined) return undefined
  const before = last - (sorted.at(-2) ?? last - 1)
  // What is stated is the whole file's, sound too: of use only where it ends about when the picture does.
  const left = Math.round((duration ?? 0) - last)
  const isEven = nanosecondsPerSecond % scale === 0
  const factor = isEven ? 1 : scale
  return {
    ticksPerSecond: isEven ? nanosecondsPerSecond / scale : nanosecondsPerSecond,
    starts: sorted.map((start) => start * factor),
    lastTicks: (left > 0 && left < 3 * before ? left : before) * factor,
    isComplete,
  }
}
