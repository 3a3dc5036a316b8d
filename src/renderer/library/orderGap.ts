export type Side = 'before' | 'after'

/** The gap beside an item, counted in assets: `n` is the one before asset `n`. Files on their way stand ahead of all. */
export const gapAt = (item: number, side: Side, ahead: number): number =>
  Math.max(0, item - ahead + (side === 'after' ? 1 : 0))

/** Where an asset stands once it was put into a gap; undefined where that is where it stood. */
export function indexInGap(from: number, gap: number): number | undefined {
  const to = gap > from ? gap - 1 : gap
  return to === from ? undefined : to
}
