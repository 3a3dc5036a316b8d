import { create } from 'zustand'
import type { Transfer } from '../../shared/transfer.ts'
import { command } from './transferStore.ts'
import { canCancel } from './transferWords.ts'

/** Transfers that wait for the answer to "Cancel this transfer?". */
export const useCancelQuestion = create<{ readonly asked: readonly Transfer[] }>(() => ({ asked: [] }))

/** Less than this is sent again in a moment: no question. */
const worthAsking = 64 * 1024 * 1024

/** Cancels what can be canceled; asks once if much of it is stored already. */
export function askToCancel(transfers: readonly Transfer[]): void {
  const open = transfers.filter(canCancel)
  if (open.length === 0) return
  const stored = open.reduce((sum, transfer) => sum + transfer.bytesStored, 0)
  if (stored >= worthAsking) useCancelQuestion.setState({ asked: open })
  else cancelNow(open)
}

export function cancelNow(transfers: readonly Transfer[]): void {
  useCancelQuestion.setState({ asked: [] })
  const which = transfers.map((transfer) => transfer.id)
  if (which.length > 0) void command('transfers.cancel', which)
}

export const keepSending = (): void => useCancelQuestion.setState({ asked: [] })
