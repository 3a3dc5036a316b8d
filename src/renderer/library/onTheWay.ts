import type { Transfer } from '../../shared/transfer.ts'

export const isOver = ({ state }: Pick<Transfer, 'state'>): boolean =>
  state === 'done' || state === 'canceled'

export interface Arranged {
  /** No asset of the place yet: shown before everything else. */
  readonly onTheWay: readonly Transfer[]
  /** Their asset is among the rows: each is shown in its place. */
  readonly inPlace: ReadonlyMap<string, Transfer>
}

/**
 * Where each file on its way is shown, so that one thing is one card. A finished one stays until its asset is among the
 * rows; from then on the asset shows itself. What stays as it was keeps its identity, so that nothing is drawn again.
 */
export function arranged(moving: readonly Transfer[], here: ReadonlySet<string>, before: Arranged): Arranged {
  const ahead = moving.filter(({ id }) => !here.has(id))
  const placed = moving.filter((row) => here.has(row.id) && !isOver(row))
  const inPlace = new Map(placed.map((row) => [row.id as string, row]))
  return {
    onTheWay: isSame(before.onTheWay, ahead) ? before.onTheWay : ahead,
    inPlace: isSame([...before.inPlace.values()], placed) ? before.inPlace : inPlace,
  }
}

const isSame = (before: readonly Transfer[], after: readonly Transfer[]) =>
  before.length === after.length && before.every((row, index) => row === after[index])
