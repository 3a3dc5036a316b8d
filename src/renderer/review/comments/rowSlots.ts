/** Rows that exist, in order, and the element each of them is in. */
export interface PlacedRows {
  readonly first: number
  /** The element of each row from the first on, by its name. */
  readonly slots: readonly number[]
}

export const noRows: PlacedRows = { first: 0, slots: [] }

/**
 * The elements for the rows from `first` to before `end`. A row that stays keeps its element; those of rows that go take
 * in the ones that come, in the order they stand in, so that a jump builds, removes and moves nothing.
 */
export function placeRows(before: PlacedRows, first: number, end: number): PlacedRows {
  const slotOf = (row: number) => before.slots[row - before.first]
  const free = before.slots.filter((_, index) => before.first + index < first || before.first + index >= end)
  let made = Math.max(-1, ...before.slots)
  const slots = Array.from({ length: Math.max(0, end - first) }, (_, index) => {
    const kept = slotOf(first + index) ?? free.shift()
    if (kept !== undefined) return kept
    made += 1
    return made
  })
  return { first, slots }
}
