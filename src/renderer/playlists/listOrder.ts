import type { ListPlace, ListTiming } from '../../shared/listTiming.ts'

/** The index one way from another; around the end in a loop, undefined at an end otherwise. */
export function nextIndex(
  entries: { readonly length: number },
  from: number,
  way: 1 | -1,
  isLooping: boolean,
): number | undefined {
  const next = from + way
  if (next >= 0 && next < entries.length) return next
  if (!isLooping || entries.length === 0) return undefined
  return way === 1 ? 0 : entries.length - 1
}

/**
 * Where so many frames lead from a place in a list of `count` entries: through the ends of clips, over what cannot be
 * played, no further than the list's own ends. Inside one clip it may leave what is played of it only from outside of it.
 * Undefined where nothing can be stepped to.
 */
export function steppedPlace(
  timing: ListTiming,
  count: number,
  from: ListPlace,
  frames: number,
  isLooping: boolean,
): ListPlace | undefined {
  const limits = timing.limits(from.index)
  const way = frames > 0 ? 1 : -1
  const target = from.frame + frames
  if (limits !== undefined) {
    const leaves =
      way === 1
        ? from.frame <= limits.last && target > limits.last
        : from.frame >= limits.first && target < limits.first
    if (!leaves) return { index: from.index, frame: target }
  }
  const more = limits === undefined ? 0 : (way === 1 ? target - limits.last : limits.first - target) - 1
  let index = nextIndex({ length: count }, from.index, way, isLooping)
  for (let tries = 0; index !== undefined && tries < count; tries += 1) {
    const next = timing.limits(index)
    if (next !== undefined) {
      const inside = Math.min(more, next.last - next.first)
      return { index, frame: way === 1 ? next.first + inside : next.last - inside }
    }
    index = nextIndex({ length: count }, index, way, isLooping)
  }
  // The end of the list: on its last frame, not beyond.
  return limits && { index: from.index, frame: way === 1 ? limits.last : limits.first }
}
