import { useCallback, useState } from 'react'
import { type Failure, toFailure } from '../../shared/errors.ts'

interface SendingState {
  /** Somebody wanted to send it: from now on what is missing is said beside its field. */
  readonly isTried: boolean
  readonly isBusy: boolean
  readonly failure: Failure | null
}

interface Sending extends SendingState {
  /** Runs `act` and keeps what went wrong with it; null where something is missing yet. */
  readonly send: (act: (() => Promise<unknown>) | null) => void
  /** Something else went wrong, before anything was sent; while something is, that alone counts. */
  readonly fail: (error: unknown) => void
  /** As if nobody had tried yet. */
  readonly startAnew: () => void
}

const untried: SendingState = { isTried: false, isBusy: false, failure: null }

/** After something failed that is not the sending itself. */
export const failedBefore = (state: SendingState, error: unknown): SendingState =>
  state.isBusy ? state : { ...state, failure: toFailure(error) }

/** How the sending of a form stands. */
export function useSending(): Sending {
  const [state, setState] = useState(untried)
  const change = (part: Partial<SendingState>) => setState((before) => ({ ...before, ...part }))
  const fail = useCallback((error: unknown) => setState((before) => failedBefore(before, error)), [])
  return {
    ...state,
    send: (act) => {
      change({ isTried: true })
      if (act === null) return
      change({ isBusy: true, failure: null })
      act().then(
        () => change({ isBusy: false }),
        (error) => change({ isBusy: false, failure: toFailure(error) }),
      )
    },
    fail,
    startAnew: () => setState(untried),
  }
}
