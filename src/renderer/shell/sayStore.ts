import { create } from 'zustand'
import type { Failure } from '../../shared/errors.ts'

export interface Said {
  readonly id: number
  readonly failure: Failure | null
  readonly words: string | null
  /** What can be done about it, such as taking it back. */
  readonly action?: { readonly words: string; readonly run: () => void }
  /** It says that something is over and well: nothing is lost with whoever does not read it. */
  readonly isPlain: boolean
}

/** The line that tells about something that happened away from any screen of its own. One at a time; the newest wins. */
export const useSaid = create<{ readonly said: Said | null }>(() => ({ said: null }))

const shownMs = 12_000
const plainMs = 5_000

/** What rests on the line: it may be read, or about to be pressed. */
type Hold = 'pointer' | 'focus'
const holds = new Set<Hold>()
let timer: ReturnType<typeof setTimeout> | undefined

function goLater(): void {
  clearTimeout(timer)
  const { said } = useSaid.getState()
  if (said !== null && holds.size === 0) timer = setTimeout(sayNothing, said.isPlain ? plainMs : shownMs)
}

let last = 0
const put = (said: Omit<Said, 'id'>) => {
  last += 1
  useSaid.setState({ said: { id: last, ...said } })
  goLater()
}

export const say = (failure: Failure): void => put({ failure, words: null, isPlain: false })
export const sayWords = (words: string, action?: Said['action']): void =>
  put({ failure: null, words, isPlain: action === undefined, ...(action === undefined ? {} : { action }) })
/** As `sayWords`, where not all went as it was meant. */
export const sayTrouble = (words: string): void => put({ failure: null, words, isPlain: false })

export function sayNothing(): void {
  clearTimeout(timer)
  // What rested on the line goes with it, without a word.
  holds.clear()
  useSaid.setState({ said: null })
}

/** The element that was rested on is gone, and with it whatever would have told that nothing rests on it any more. */
export function letSaidGo(): void {
  holds.clear()
  goLater()
}

/** The line stays for as long as anything rests on it, and its whole time from then on. */
export function holdSaid(by: Hold, isOn: boolean): void {
  if (isOn) holds.add(by)
  else holds.delete(by)
  goLater()
}
