import { useCallback, useEffect, useState } from 'react'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Share, ShareTarget } from '../../shared/share.ts'
import { ask } from '../bridge.ts'
import { say, sayWords } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'

/** Main puts the link on the clipboard; it never comes here. */
export async function copyLink(connectionId: ConnectionId, key: string): Promise<void> {
  try {
    await ask('shares.copyLink', { connectionId, key })
    sayWords(text.shares.copied)
  } catch (error) {
    say(toFailure(error))
  }
}

export interface Shares {
  /** Null until the first answer. */
  readonly shares: readonly Share[] | null
  readonly failure: Failure | null
  readonly end: (keys: readonly string[]) => Promise<void>
  readonly revoke: (key: string, guestKey: string) => Promise<void>
}

/** The shares of one thing, or, with null, all of mine. */
export function useShares(connectionId: ConnectionId, target: ShareTarget | null): Shares {
  const [shares, setShares] = useState<readonly Share[] | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const wanted = JSON.stringify(target)
  const read = useCallback(async () => {
    try {
      setShares(await ask('shares.list', { connectionId, target: JSON.parse(wanted) }))
      setFailure(null)
    } catch (error) {
      setFailure(toFailure(error))
    }
  }, [connectionId, wanted])
  useEffect(() => void read(), [read])
  const then = async (act: Promise<unknown>) => {
    try {
      await act
    } catch (error) {
      say(toFailure(error))
    }
    await read()
  }
  return {
    shares,
    failure,
    end: (keys) => then(ask('shares.remove', { connectionId, keys: [...keys] })),
    revoke: (key, guestKey) => then(ask('shares.revokeGuest', { connectionId, key, guestKey })),
  }
}
