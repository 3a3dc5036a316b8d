import { create } from 'zustand'
import type { Thread } from '../comments/threads.ts'

const none: readonly Thread[] = []

/** What was said of earlier versions, while it is shown: the list, the timeline and the picture draw it faded. */
export const useEarlierThreads = create<{ readonly threads: readonly Thread[] }>(() => ({ threads: none }))

export const showEarlier = (threads: readonly Thread[]): void => {
  if (useEarlierThreads.getState().threads !== threads) useEarlierThreads.setState({ threads })
}
export const hideEarlier = (): void => showEarlier(none)
