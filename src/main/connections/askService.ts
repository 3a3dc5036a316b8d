import { AppError } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Connector } from '../connectors/connector.ts'
import type { Powers } from '../connectors/powers.ts'

export interface AskServiceParts {
  readonly connector: (id: ConnectionId) => Connector
  readonly reported: (id: ConnectionId, error: unknown) => void
}

/** Powers that are asked something, rather than merely there. */
export type AskedPower = Exclude<keyof Powers, 'versionUpload'>

/**
 * Asks a connection's service. Fails with `thing.notFound` for a connection that is gone, with what went wrong while
 * nobody is signed in, and with the codes of `Connector`; the connection hears how it went.
 */
export interface AskService {
  /** With a power it must have: `request.invalid` with the reason `notSupported` where it does not. */
  with<P extends AskedPower, T>(
    id: ConnectionId,
    name: P,
    ask: (power: NonNullable<Powers[P]>, signal: AbortSignal) => Promise<T>,
  ): Promise<T>
  /** With what every service can do. */
  plain<T>(id: ConnectionId, ask: (connector: Connector, signal: AbortSignal) => Promise<T>): Promise<T>
  /** `request.invalid` with the reason `notSupported` where the power is missing. */
  mustHave(id: ConnectionId, name: keyof Powers): void
  stop(): void
}

export function createAskService({ connector, reported }: AskServiceParts): AskService {
  const stopped = new AbortController()
  const plain: AskService['plain'] = async (id, ask) => {
    const service = connector(id)
    try {
      const answer = await ask(service, stopped.signal)
      reported(id, undefined)
      // Removed while it was asked, there is nothing left that the answer could be written to.
      connector(id)
      return answer
    } catch (error) {
      // What was cut off by the end of the app is nobody's fault.
      if (stopped.signal.aborted) throw new AppError('remote.unavailable', {}, error)
      reported(id, error)
      throw error
    }
  }
  const powerOf = <P extends keyof Powers>(id: ConnectionId, name: P): NonNullable<Powers[P]> => {
    const power: Powers[P] = connector(id).can[name]
    if (power === undefined || power === null)
      throw new AppError('request.invalid', { reason: 'notSupported', power: name })
    return power
  }
  return {
    plain,
    with: async (id, name, ask) => {
      const power = powerOf(id, name)
      return plain(id, (_connector, signal) => ask(power, signal))
    },
    mustHave(id, name) {
      powerOf(id, name)
    },
    stop: () => stopped.abort(),
  }
}
