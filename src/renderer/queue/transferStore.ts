import { create } from 'zustand'
import { toFailure } from '../../shared/errors.ts'
import type { TransferId } from '../../shared/ids.ts'
import type { Transfer, TransferFilter, TransferSelection, TransferSummary } from '../../shared/transfer.ts'
import { ask, subscribe } from '../bridge.ts'
import { Pager } from '../library/pager.ts'
import { noSelection, type Selection, type SelectionStep, selectionAfter } from '../library/selection.ts'
import { useNotices } from '../shell/noticeStore.ts'
import { say } from '../shell/sayStore.ts'

const isClosed = () =>
  useNotices.getState().notices.some(({ of, kind }) => of === 'transfers' && kind === 'closed')

interface TransferState {
  readonly summary: TransferSummary | null
  /** Bytes per second, oldest first, one a second, ten minutes of them. */
  readonly speeds: readonly number[]
  readonly isOpen: boolean
  readonly filter: TransferFilter
  readonly pager: Pager<Transfer>
  readonly selection: Selection
}

const speedsKept = 600

/** Says why rows could not be read. While they cannot be opened at all, a notice says so all the time. */
export const readFailed = (error: unknown) => {
  const failure = toFailure(error)
  if (!failure.code.startsWith('database.')) say(failure)
}
const pagerOf = (filter: TransferFilter) =>
  new Pager<Transfer>({
    read: (offset, limit) => ask('transfers.list', { offset, limit, filter }),
    onFailure: readFailed,
  })

export const useTransfers = create<TransferState>(() => ({
  summary: null,
  speeds: [],
  isOpen: false,
  filter: 'all',
  pager: pagerOf('all'),
  selection: noSelection,
}))

export const setQueueOpen = (isOpen: boolean): void => {
  useTransfers.setState({ isOpen })
  if (isOpen) useTransfers.getState().pager.refresh()
}

export const setQueueFilter = (filter: TransferFilter): void =>
  useTransfers.setState((before) => {
    if (before.filter === filter) return before
    before.pager.end()
    return { filter, pager: pagerOf(filter), selection: noSelection }
  })

export const selectTransfers = (step: SelectionStep): void =>
  useTransfers.setState(({ selection }) => ({ selection: selectionAfter(selection, step) }))

const changedListeners = new Set<(rows: readonly Transfer[]) => void>()

/** Hears of every changed transfer until the returned function is called. */
export function onTransfersChanged(listener: (rows: readonly Transfer[]) => void): () => void {
  changedListeners.add(listener)
  return () => changedListeners.delete(listener)
}

/** States and places in the list change with work: the order is read again, but not more than once a second. */
let isRefreshComing = false
function refreshSoon() {
  if (isRefreshComing) return
  isRefreshComing = true
  setTimeout(() => {
    isRefreshComing = false
    if (useTransfers.getState().isOpen) useTransfers.getState().pager.refresh()
  }, 1000)
}

function readSummary(): void {
  ask('transfers.summary').then((summary) => useTransfers.setState({ summary }), readFailed)
}

/** Reads the summary and follows main until the returned function is called. */
export function followTransfers(): () => void {
  readSummary()
  let wasClosed = isClosed()
  const endNotices = useNotices.subscribe(() => {
    const isOpenAgain = wasClosed && !isClosed()
    wasClosed = isClosed()
    if (!isOpenAgain) return
    readSummary()
    useTransfers.getState().pager.refresh()
  })
  const second = setInterval(() => {
    const { summary, speeds } = useTransfers.getState()
    const isQuiet = summary === null || (summary.moving === 0 && summary.bytesPerSecond === 0)
    if (isQuiet && (speeds.length === 0 || speeds.slice(-30).every((each) => each === 0))) return
    useTransfers.setState({ speeds: [...speeds.slice(1 - speedsKept), summary?.bytesPerSecond ?? 0] })
  }, 1000)
  const end = subscribe('transfers.changed', ({ summary, rows }) => {
    const { pager } = useTransfers.getState()
    useTransfers.setState({ summary })
    const byId = new Map(rows.map((row) => [row.id, row]))
    pager.change((row) => byId.get(row.id) ?? row)
    for (const listener of changedListeners) listener(rows)
    refreshSoon()
  })
  return () => {
    clearInterval(second)
    endNotices()
    end()
  }
}

type Command =
  | 'transfers.pause'
  | 'transfers.resume'
  | 'transfers.retry'
  | 'transfers.cancel'
  | 'transfers.sendFirst'

/** Tells main; a failure is said. */
export async function command(name: Command, which: TransferSelection): Promise<void> {
  try {
    await ask(name, { which })
  } catch (error) {
    say(toFailure(error))
  }
}

/** After they could not be opened; what still stands in the way is in the notice. */
export async function openTransfers(): Promise<void> {
  try {
    await ask('transfers.open')
  } catch (error) {
    if (!isClosed()) say(toFailure(error))
  }
}

export async function clearFinished(): Promise<void> {
  try {
    await ask('transfers.clear')
    useTransfers.getState().pager.refresh()
  } catch (error) {
    say(toFailure(error))
  }
}

/** The chosen transfers that are here, in no order. */
export function chosenTransfers(): Transfer[] {
  const { pager, selection } = useTransfers.getState()
  const found: Transfer[] = []
  pager.each((row) => {
    if (selection.ids.has(row.id)) found.push(row)
  })
  return found
}

export const chosenIds = (): TransferId[] => [...useTransfers.getState().selection.ids] as TransferId[]
