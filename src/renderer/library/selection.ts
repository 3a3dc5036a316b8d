/** Which rows of a long list are chosen, by id; `active` is where the keyboard is. */
export interface Selection {
  readonly ids: ReadonlySet<string>
  /** Where a Shift range starts. */
  readonly anchor: number
  readonly active: number
}

export const noSelection: Selection = { ids: new Set(), anchor: 0, active: 0 }

export type SelectionStep =
  | { readonly kind: 'only'; readonly id: string; readonly index: number }
  | { readonly kind: 'toggle'; readonly id: string; readonly index: number }
  /** Everything from the anchor to `index`; the caller knows the ids between. */
  | { readonly kind: 'range'; readonly ids: readonly string[]; readonly index: number }
  | { readonly kind: 'all'; readonly ids: readonly string[] }
  | { readonly kind: 'move'; readonly index: number }
  | { readonly kind: 'clear' }

export function selectionAfter(selection: Selection, step: SelectionStep): Selection {
  switch (step.kind) {
    case 'only':
      return { ids: new Set([step.id]), anchor: step.index, active: step.index }
    case 'toggle': {
      const ids = new Set(selection.ids)
      if (!ids.delete(step.id)) ids.add(step.id)
      return { ids, anchor: step.index, active: step.index }
    }
    case 'range':
      return { ids: new Set(step.ids), anchor: selection.anchor, active: step.index }
    case 'all':
      return { ...selection, ids: new Set(step.ids) }
    case 'move':
      return { ...selection, anchor: step.index, active: step.index }
    case 'clear':
      return { ...selection, ids: new Set() }
  }
}

/** A card that gives its place to another hands over that it was chosen: `heirs` by id, without those that are `still` here. */
export function handedOver(
  selection: Selection,
  heirs: ReadonlyMap<string, string>,
  still: { has(id: string): boolean },
): Selection {
  const heirOf = (id: string) => (still.has(id) ? undefined : heirs.get(id))
  const ids = [...selection.ids]
  return ids.some((id) => heirOf(id) !== undefined)
    ? { ...selection, ids: new Set(ids.map((id) => heirOf(id) ?? id)) }
    : selection
}

export interface GridShape {
  readonly count: number
  readonly columns: number
  /** Rows that fit on the screen, for Page Up and Page Down. */
  readonly pageRows: number
}

/** Where a key leads in a grid, or undefined if it leads nowhere. */
export function movedIndex(key: string, from: number, shape: GridShape): number | undefined {
  const { count, columns, pageRows } = shape
  if (count === 0) return undefined
  const last = count - 1
  const down = (rows: number) => {
    const to = from + rows * columns
    // From the last full row into a shorter one: to its end, not nowhere.
    if (to > last) return Math.floor(from / columns) < Math.floor(last / columns) ? last : from
    return to < 0 ? (rows === -1 ? from : from % columns) : to
  }
  switch (key) {
    case 'ArrowRight':
      return Math.min(last, from + 1)
    case 'ArrowLeft':
      return Math.max(0, from - 1)
    case 'ArrowDown':
      return down(1)
    case 'ArrowUp':
      return down(-1)
    case 'PageDown':
      return down(pageRows)
    case 'PageUp':
      return down(-pageRows)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return undefined
  }
}
