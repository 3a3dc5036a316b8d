import type { ConnectionId } from '../../shared/ids.ts'

const firstDelay = 5_000
const longestDelay = 60_000

export interface ReconnectParts {
  /** Asks the service once; what comes of it is told by `failed` or `reached`. */
  readonly ask: (id: ConnectionId) => void
  readonly random: () => number
  /** Calls back after the delay; returns the function that gives it up. */
  readonly later: (milliseconds: number, run: () => void) => () => void
}

/** Asks services that do not answer again by itself, later each time, until they do. */
export interface Reconnect {
  failed(id: ConnectionId): void
  /** It answers, needs the user, or is gone: nothing more to ask. */
  reached(id: ConnectionId): void
  /** The network may be back: everything that waits is asked at once. */
  now(): void
  stop(): void
}

export function createReconnect({ ask, random, later }: ReconnectParts): Reconnect {
  const delays = new Map<ConnectionId, number>()
  const waiting = new Map<ConnectionId, () => void>()
  const askNow = (id: ConnectionId) => {
    waiting.get(id)?.()
    waiting.delete(id)
    ask(id)
  }
  return {
    failed(id) {
      if (waiting.has(id)) return
      const delay = delays.get(id) ?? firstDelay
      delays.set(id, Math.min(delay * 2, longestDelay))
      waiting.set(
        id,
        later(delay * (0.75 + random() / 2), () => askNow(id)),
      )
    },
    reached(id) {
      waiting.get(id)?.()
      waiting.delete(id)
      delays.delete(id)
    },
    now() {
      delays.clear()
      for (const id of [...waiting.keys()]) askNow(id)
    },
    stop() {
      for (const cancel of waiting.values()) cancel()
      waiting.clear()
    },
  }
}
