import { create } from 'zustand'
import { toFailure } from '../../shared/errors.ts'
import type { KeptState, Notice } from '../../shared/notice.ts'
import { ask, subscribe } from '../bridge.ts'
import { say } from './sayStore.ts'

/** What has to be known about what is kept on this computer; stays until it is over or put away. */
export const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }))

/** Follows main until the returned function is called. */
export function followNotices(): () => void {
  ask('notices.list').then(
    (notices) => useNotices.setState({ notices }),
    (error: unknown) => say(toFailure(error)),
  )
  return subscribe('notices.changed', (notices) => useNotices.setState({ notices }))
}

export async function putAway(of: KeptState): Promise<void> {
  try {
    await ask('notices.putAway', { of })
  } catch (error) {
    say(toFailure(error))
  }
}

/** Why there are no transfers to show; null while there are. */
export const useTransfersClosed = () =>
  useNotices(({ notices }) => {
    const found = notices.find((notice) => notice.of === 'transfers')
    return found?.kind === 'closed' ? found.failure : null
  })
