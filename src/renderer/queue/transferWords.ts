import type { ErrorCode, Failure } from '../../shared/errors.ts'
import { isRunning, type Transfer, type TransferSummary, type WaitReason } from '../../shared/transfer.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import type { StatusLook } from '../ui/StateLabel.tsx'

export interface TransferLine {
  readonly look: StatusLook
  readonly state: string
  /** What is safe or what goes on, one short sentence. */
  readonly more: string
}

/** Causes of a wait that its reason alone does not tell. */
const tellsMore: ReadonlySet<ErrorCode> = new Set(['network.untrusted', 'storage.denied', 'storage.notFound'])

const waitWords = (reason: WaitReason | null) => (reason === null ? null : text.transfers.waits[reason])

function moreWhileRunning(transfer: Transfer): string {
  const words = text.transfers
  switch (transfer.state) {
    case 'uploading':
      return transfer.partCount === null || transfer.partCount <= 1
        ? words.sizeOf(transfer.bytesStored + transfer.bytesInFlight, transfer.bytes)
        : words.partOf(transfer.partsStored, transfer.partCount, transfer.partsInFlight)
    case 'completing':
      return words.joining
    case 'verifying':
      return words.comparing(transfer.partsStored)
    case 'registering':
      return words.telling
    default:
      return words.reading
  }
}

/** A transfer's state in colour, shape and words. */
export function transferLine(transfer: Transfer): TransferLine {
  const words = text.transfers
  const { state } = transfer
  const state_ = words.states[state]
  if (state === 'failed') {
    const failure = transfer.failure && errorWords(transfer.failure)
    return {
      look: { tone: 'stop', shape: 'failed' },
      state: failure?.short ?? state_,
      more: failure?.more ?? words.storedPaused(transfer.bytesStored, transfer.bytes),
    }
  }
  if (state === 'waiting') {
    const reason = transfer.waitReason
    const failure =
      transfer.failure !== null && tellsMore.has(transfer.failure.code) ? transfer.failure : null
    if (failure !== null) {
      const { short, more } = errorWords(failure)
      return { look: { tone: 'wait', shape: 'waiting' }, state: short, more }
    }
    const isKept = reason === 'offline' && transfer.bytesStored > 0
    return {
      look: { tone: 'wait', shape: 'waiting' },
      state: waitWords(reason) ?? state_,
      more: isKept
        ? words.storedKept(transfer.bytesStored, transfer.bytes)
        : reason === null
          ? ''
          : words.waitMore[reason],
    }
  }
  if (isRunning(state)) {
    const isChecking = state === 'completing' || state === 'verifying' || state === 'registering'
    return {
      look: isChecking ? { tone: 'check', shape: 'verifying' } : { tone: 'live', shape: 'moving' },
      state: state === 'registering' ? words.addingTo(transfer.destination.path.at(-1) ?? '') : state_,
      more: moreWhileRunning(transfer),
    }
  }
  switch (state) {
    case 'done':
      return {
        look: { tone: 'done', shape: 'done' },
        state: state_,
        more: words.verifiedAt(transfer.updatedAt),
      }
    case 'paused':
      return {
        look: { tone: 'idle', shape: 'paused' },
        state: state_,
        more: words.storedPaused(transfer.bytesStored, transfer.bytes),
      }
    case 'canceling':
      return { look: { tone: 'idle', shape: 'canceled' }, state: state_, more: words.removing }
    case 'canceled':
      return { look: { tone: 'idle', shape: 'canceled' }, state: state_, more: words.removed }
    default:
      return { look: { tone: 'idle', shape: 'idle' }, state: state_, more: '' }
  }
}

/** How much of it the storage has, 0 to 1. */
export const storedShare = (transfer: Transfer): number =>
  transfer.state === 'done' ? 1 : transfer.bytes === 0 ? 0 : transfer.bytesStored / transfer.bytes

/** The names from the production down, as one line. */
export const placeLine = (transfer: Transfer): string => {
  const path = transfer.destination.path
  return (path.length > 2 ? path.slice(-2) : path).join(' / ')
}

/** What a person may do with it now. The table in `shared/transfer.ts` decides what main takes. */
export type TransferButton = 'pause' | 'resume' | 'tryNow' | 'signIn' | 'startAgain' | 'sendFirst'

/** `canSignIn`: its connection is an account that new secrets can be given to. */
export function mainButton(transfer: Transfer, canSignIn = false): TransferButton | undefined {
  switch (transfer.state) {
    case 'paused':
      return 'resume'
    case 'failed':
      return buttonAgainst(transfer.failure)
    case 'waiting':
      return canSignIn && wantsSignIn(transfer) ? 'signIn' : 'tryNow'
    case 'queued':
      return 'sendFirst'
    default:
      return transfer.isStoppable && isRunning(transfer.state) ? 'pause' : undefined
  }
}

/** Nothing is offered against what trying again cannot help. */
function buttonAgainst(failure: Failure | null): TransferButton | undefined {
  const remedy = failure === null ? 'retry' : errorWords(failure).remedy
  if (remedy === 'none') return undefined
  return remedy === 'startAgain' ? 'startAgain' : 'tryNow'
}

/** Whether it waits for somebody to sign in, not for keys or a bucket to be put right. */
const wantsSignIn = ({ waitReason, failure }: Transfer): boolean =>
  waitReason === 'auth' && (failure === null || errorWords(failure).remedy === 'signIn')

/** Those that wait without anybody having to sign in. */
export const waitingByItself = ({ waiting, needsYou, failed }: TransferSummary): number =>
  waiting - (needsYou - failed)

export const canCancel = (transfer: Transfer): boolean =>
  transfer.isStoppable && !['done', 'canceled', 'canceling'].includes(transfer.state)
