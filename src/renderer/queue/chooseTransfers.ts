import { readFailed, selectTransfers, useTransfers } from './transferStore.ts'

/** The most that one command takes. */
const mostIds = 10_000

/** Chooses the row of this number; rows that were never looked at are read for it. Nothing is chosen where that fails. */
export async function chooseTransfer(
  index: number,
  { extend, toggle }: { readonly extend: boolean; readonly toggle: boolean },
): Promise<void> {
  const { pager, selection } = useTransfers.getState()
  try {
    const row = pager.rowAt(index) ?? (await pager.rowsBetween(index, index))[0]
    if (row === undefined) return
    if (!extend) {
      selectTransfers({ kind: toggle ? 'toggle' : 'only', id: row.id, index })
      return
    }
    const [first, last] = [Math.min(selection.anchor, index), Math.max(selection.anchor, index)]
    const rows = await pager.rowsBetween(first, Math.min(last, first + mostIds - 1))
    selectTransfers({ kind: 'range', ids: rows.map(({ id }) => id), index })
  } catch (error) {
    readFailed(error)
  }
}

/** The same with all `count` rows, or as many as one command takes. */
export async function chooseAllTransfers(count: number): Promise<void> {
  const { pager } = useTransfers.getState()
  try {
    const rows = await pager.rowsBetween(0, Math.min(count, mostIds) - 1)
    selectTransfers({ kind: 'all', ids: rows.map(({ id }) => id) })
  } catch (error) {
    readFailed(error)
  }
}
