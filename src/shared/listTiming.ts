import type { FrameRange } from './clipTiming.ts'
import type { FrameRate } from './frameRate.ts'
import { isSameRate } from './frameRate.ts'
import { frameStartSeconds } from './frameTime.ts'
import { type FrameTimes, frameTableOf } from './frameTimes.ts'

/** One clip of a list: how many frames it has, how fast they pass, and which of them are played. */
export interface ListClip {
  readonly rate: FrameRate
  readonly frames: number
  readonly range: FrameRange | null
  /** Where each frame starts, where they are not equally long; `rate` is their average then. */
  readonly times?: FrameTimes | undefined
}

/** A place in a list: the clip, counted from 0, and the clip's own frame. */
export interface ListPlace {
  readonly index: number
  readonly frame: number
}

interface Span extends ListPlace {
  readonly rate: FrameRate
  readonly times: FrameTimes | undefined
  /** Frames of it that are played. */
  readonly count: number
  /** Frames and seconds of the list before it. */
  readonly before: number
  readonly startsAt: number
}

/** A millionth of a frame at any rate: sums of many lengths end this close to what they mean. */
const slack = 1e-6

/** How long so many frames of a clip take, the first of them being `frame`. */
export function runningSeconds(
  frame: number,
  count: number,
  { rate, times }: Pick<ListClip, 'rate' | 'times'>,
): number {
  if (times === undefined) return frameStartSeconds(count, rate)
  const table = frameTableOf(times)
  return table.startSeconds(frame + count) - table.startSeconds(frame)
}

/**
 * One clock over many clips. A list frame counts the played frames of all clips one after the other, whatever their
 * rates; seconds are running time. A clip whose length is not known, or that cannot be played, takes no time.
 */
export class ListTiming {
  readonly #spans: readonly (Span | null)[]
  /** Those that take time, in order. */
  readonly #played: readonly Span[]
  readonly frameCount: number
  readonly seconds: number
  /** The one rate of everything that is played; null where rates are mixed, frames are not equally long, or nothing is. */
  readonly rate: FrameRate | null

  constructor(clips: readonly (ListClip | null)[]) {
    let before = 0
    let startsAt = 0
    this.#spans = clips.map((clip, index): Span | null => {
      if (clip === null || clip.frames === 0) return null
      const { first, last } = playedFrames(clip)
      const { rate, times } = clip
      const span = { index, frame: first, rate, times, count: last - first + 1, before, startsAt }
      before += span.count
      startsAt += runningSeconds(first, span.count, clip)
      return span
    })
    this.#played = this.#spans.filter((span) => span !== null)
    this.frameCount = before
    this.seconds = startsAt
    const rate = this.#played[0]?.rate ?? null
    const isOne = (span: Span) => rate !== null && span.times === undefined && isSameRate(span.rate, rate)
    this.rate = this.#played.every(isOne) ? rate : null
  }

  /** The clip's frames that are played, both ends included; undefined where it takes no time. */
  limits(index: number): { readonly first: number; readonly last: number } | undefined {
    const span = this.#spans[index]
    return span ? { first: span.frame, last: span.frame + span.count - 1 } : undefined
  }

  /** Where the clip stands in the running time, and how long it takes; undefined where it takes none. */
  stretch(index: number): { readonly startsAt: number; readonly seconds: number } | undefined {
    const span = this.#spans[index]
    return span
      ? { startsAt: span.startsAt, seconds: runningSeconds(span.frame, span.count, span) }
      : undefined
  }

  /** The list frame of a clip's frame; a frame outside of what is played counts as the nearest that is. */
  frameOf({ index, frame }: ListPlace): number {
    const span = this.#spans[index]
    if (!span) return this.#played.find((each) => each.index > index)?.before ?? this.frameCount
    return span.before + Math.max(0, Math.min(span.count - 1, frame - span.frame))
  }

  /** The clip and frame of a list frame; undefined outside of the list. */
  placeOf(listFrame: number): ListPlace | undefined {
    if (listFrame < 0 || listFrame >= this.frameCount) return undefined
    const span = this.#lastWhere((each) => each.before <= listFrame)
    return span && { index: span.index, frame: span.frame + listFrame - span.before }
  }

  /** The running time at which a clip's frame begins. */
  secondsOf(place: ListPlace): number {
    const span = this.#spans[place.index]
    if (!span) return this.#played.find((each) => each.index > place.index)?.startsAt ?? this.seconds
    return span.startsAt + runningSeconds(span.frame, this.frameOf(place) - span.before, span)
  }

  /** What is on the screen at a running time; before the start the first frame, after the end the last one. */
  placeAt(seconds: number): ListPlace | undefined {
    const span = this.#lastWhere((each) => each.startsAt <= seconds + slack) ?? this.#played[0]
    if (span === undefined) return undefined
    const inside = framesWithin(seconds - span.startsAt, span)
    return { index: span.index, frame: span.frame + Math.max(0, Math.min(span.count - 1, inside)) }
  }

  #lastWhere(isBefore: (span: Span) => boolean): Span | undefined {
    let low = 0
    let high = this.#played.length
    while (low < high) {
      const middle = (low + high) >> 1
      const span = this.#played[middle]
      if (span !== undefined && isBefore(span)) low = middle + 1
      else high = middle
    }
    return this.#played[low - 1]
  }
}

/** How many frames have gone by so many seconds after the first that is played. */
function framesWithin(seconds: number, { frame, rate, times }: Span): number {
  if (times === undefined) return Math.floor((seconds * rate.numerator) / rate.denominator + slack)
  const table = frameTableOf(times)
  return table.frameAt(table.startSeconds(frame) + seconds) - frame
}

/** The frames that are played of a clip; a range beyond its end is cut, one wholly outside of it means all of it. */
export function playedFrames({ frames, range }: Pick<ListClip, 'frames' | 'range'>): {
  readonly first: number
  readonly last: number
} {
  const last = frames - 1
  if (range === null || range.startFrame > last) return { first: 0, last }
  return { first: range.startFrame, last: Math.min(last, range.endFrame) }
}
