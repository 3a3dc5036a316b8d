import type { ProviderId, RightName } from '../../shared/connection.ts'
import type { Json } from '../../shared/json.ts'
import type { Powers } from './powers.ts'
import type { MediaLink, MediaRef, Page, RemoteAsset, RemotePlace, RemoteRef } from './remote.ts'

export interface Account {
  readonly name: string
  /** A guest's session: nothing internal is asked for. */
  readonly isShare?: boolean
}

/** `original`: the file that was sent, whether it plays or not. */
export type MediaUse = 'play' | 'original' | 'thumbnail'

/**
 * The browse half of a back end. Every answer was parsed by the connector's `wire.ts`; what does not fit is `remote.badReply`.
 * All calls may fail with the `network.*`, `remote.*` and `auth.*` codes, stop at `signal`, and may be repeated.
 */
export interface Connector {
  readonly provider: ProviderId
  account(signal: AbortSignal): Promise<Account>
  /** Children of a place; null: the roots of the connection. */
  places(
    parent: RemotePlace | null,
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<RemotePlace>>
  /** Assets directly in a place, newest first where the service can sort. */
  assets(place: RemotePlace, cursor: string | undefined, signal: AbortSignal): Promise<Page<RemoteAsset>>
  asset(ref: RemoteRef, signal: AbortSignal): Promise<RemoteAsset>
  /** A link the player can use; undefined when the service has nothing to show yet. `fresh`: the last one has died. */
  media(ref: MediaRef, kind: MediaUse, fresh: boolean, signal: AbortSignal): Promise<MediaLink | undefined>
  /**
   * A place by its id at the service, with its parents from the root down: for what was found by a search or in an inbox.
   * Absent where every place is met on the way down.
   */
  place?(remoteId: string, signal: AbortSignal): Promise<readonly [RemotePlace, ...RemotePlace[]]>
  /** New open settings or secrets to keep, after a token was renewed by itself. */
  renewed?(listener: (secrets: Json) => void): void
  readonly can: Powers
  /** What `can` holds and this account may not do, as far as is known; absent where a service has no such rights. */
  readonly lacks?: readonly RightName[]
}
