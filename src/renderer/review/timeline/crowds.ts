import type { Thread } from '../comments/threads.ts'

/** Of two markers nearer than this, in CSS pixels, one covers half of the other or more. */
const nearest = 8

/**
 * Threads with a time in the order of the film, those whose markers hide each other as one. A crowd reaches no further
 * than its first marker does, so that many close ones never run into a single crowd.
 */
export function crowdsOf(threads: readonly Thread[], frameCount: number, width: number): Thread[][] {
  const crowds: Thread[][] = []
  const reach = width === 0 ? 0 : (nearest * frameCount) / width
  let crowd: Thread[] = []
  let first = Number.NEGATIVE_INFINITY
  for (const thread of threads) {
    const { span } = thread.comment
    if (span === null) continue
    if (crowd.length > 0 && span.startFrame - first < Math.max(1, reach)) {
      crowd.push(thread)
      continue
    }
    first = span.startFrame
    crowd = [thread]
    crowds.push(crowd)
  }
  return crowds
}

/** The frames that a crowd's threads begin on, each once, in their order. */
export const framesOf = (crowd: readonly Thread[]): number[] => [
  ...new Set(crowd.flatMap(({ comment: { span } }) => (span === null ? [] : [span.startFrame]))),
]

/**
 * Where a press leads: to the first of these frames, and from one of them to the one after it, round and round.
 * Undefined without any.
 */
export const nextOf = (frames: readonly number[], now: number): number | undefined =>
  frames[(frames.indexOf(now) + 1) % frames.length]

/** Of ascending frames those within `reach` of the wanted one, each once. */
export function framesAt(frames: readonly number[], wanted: number, reach: number): readonly number[] {
  let low = 0
  let high = frames.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((frames[middle] ?? 0) < wanted - reach) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < frames.length && (frames[end] ?? 0) <= wanted + reach) end += 1
  return [...new Set(frames.slice(low, end))]
}
