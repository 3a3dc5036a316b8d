import { viewOf, wideNumber } from './boxes.ts'

/** What a track's edit list does to its times, in ticks of the track. */
export interface Edit {
  /** Nothing is shown for so long. */
  readonly delay: number
  /** From here in the media. */
  readonly from: number
  /** For so long. */
  readonly length: number
}

const whole: Edit = { delay: 0, from: 0, length: Number.POSITIVE_INFINITY }

/** A sample in the order of decoding; `offset` leads to when it is shown. */
export interface Sample {
  readonly decode: number
  offset: number
  readonly ticks: number
}

export interface Shown {
  readonly start: number
  readonly ticks: number
}

/**
 * The one stretch that is shown, perhaps after a wait. Undefined for lists of several stretches, or played at another
 * speed: what a player makes of them is not agreed on. `ticksPerMovieTick` turns the list's lengths into the track's.
 */
export function editOf(list: DataView | undefined, ticksPerMovieTick: number): Edit | undefined {
  if (list === undefined || list.byteLength < 8) return whole
  const isWide = list.getUint8(0) === 1
  const size = isWide ? 20 : 12
  const entries = viewOf(list, 8)
  const count = Math.min(list.getUint32(4), Math.floor(entries.byteLength / size))
  let delay = 0
  let edit: Edit | undefined
  for (let at = 0; at < count * size; at += size) {
    const length = isWide ? wideNumber(entries, at) : entries.getUint32(at)
    const from = isWide ? wideNumber(entries, at + 8, true) : entries.getInt32(at + 4)
    if (length === undefined || from === undefined) return undefined
    if (from < 0) {
      if (edit !== undefined) continue
      delay += Math.round(length * ticksPerMovieTick)
      continue
    }
    if (edit !== undefined || entries.getInt16(at + size - 4) !== 1) return undefined
    // Fragmented files write 0 for "all that comes".
    edit = { delay, from, length: length === 0 ? Number.POSITIVE_INFINITY : length * ticksPerMovieTick }
  }
  return edit ?? { ...whole, delay }
}

/**
 * The pictures that a player shows, in order, in its own time. As Chromium's demuxer does it: pictures before the edit are
 * left out and the first one left starts where the edit starts, wherever between two pictures the edit began; of two that
 * start at once only the later in the file is seen.
 */
export function shownIn(samples: readonly Sample[], { delay, from, length }: Edit): Shown[] {
  const all = samples.map(({ decode, offset, ticks }) => ({ start: decode + offset - from, ticks }))
  all.sort((a, b) => a.start - b.start)
  const isTrimmed = (all[0]?.start ?? 0) < 0
  const shown: Shown[] = []
  let shift = delay
  for (const { start, ticks } of all) {
    if (start < 0 || start >= length) continue
    if (shown.length === 0 && isTrimmed) shift = delay - start
    const moved = { start: start + shift, ticks }
    if (shown.at(-1)?.start === moved.start) shown.pop()
    shown.push(moved)
  }
  return shown
}
