import { create } from 'zustand'
import type { Failure } from '../../shared/errors.ts'

export interface Said {
  readonly id: number
  readonly failure: Failure | null
  readonly words: string | null
  /** What can be done about it, such as taking it back. */
  readonly action?: { readonly words: string; readonly run: () => void }
}

/** The line that tells about something that failed away from any screen of its own. One at a time; the newest wins. */
export const useSaid = create<{ readonly said: Said | null }>(() => ({ said: null }))

let last = 0
const put = (said: Omit<Said, 'id'>) => {
  last += 1
  useSaid.setState({ said: { id: last, ...said } })
}

export const say = (failure: Failure): void => put({ failure, words: null })
export const sayWords = (words: string, action?: Said['action']): void =>
  put({ failure: null, words, ...(action === undefined ? {} : { action }) })
export const sayNothing = (): void => useSaid.setState({ said: null })
