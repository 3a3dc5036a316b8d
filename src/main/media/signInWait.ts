import { once } from 'node:events'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, VersionId } from '../../shared/ids.ts'

/** What is asked for while nobody is signed in, and of whom. */
export interface Asked {
  readonly connectionId: ConnectionId
  readonly versionId: VersionId
  readonly signal: AbortSignal
}

/**
 * Media of a session that has ended. Whoever shows it asks again by itself, and an element that was refused once is of no
 * more use; so no refusal is given: each version is asked for once, and once more when somebody has signed in.
 */
export interface SignInWait {
  /** What `ask` answers. While that is `auth.expired` it waits for `again`; ends with the reason of `signal`. */
  answer<T>(asked: Asked, ask: () => Promise<T>): Promise<T>
  /** The connection answers again, or is gone: what waits for it is asked once more. */
  again(id: ConnectionId): void
}

interface Gate {
  readonly refused: Set<VersionId>
  readonly opened: AbortController
}

export function createSignInWait(): SignInWait {
  const gates = new Map<ConnectionId, Gate>()

  const gateOf = (id: ConnectionId): Gate => {
    const gate = gates.get(id) ?? { refused: new Set(), opened: new AbortController() }
    gates.set(id, gate)
    return gate
  }

  return {
    async answer({ connectionId, versionId, signal }, ask) {
      for (;;) {
        const gate = gates.get(connectionId)
        if (gate?.refused.has(versionId)) {
          const either = AbortSignal.any([signal, gate.opened.signal])
          if (!either.aborted) await once(either, 'abort')
          signal.throwIfAborted()
        }
        try {
          return await ask()
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'auth.expired') throw error
          gateOf(connectionId).refused.add(versionId)
        }
      }
    },
    again(id) {
      const gate = gates.get(id)
      gates.delete(id)
      gate?.opened.abort()
    },
  }
}
