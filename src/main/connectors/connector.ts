import type { ProviderId, RightName } from '../../shared/connection.ts'
import type { Json } from '../../shared/json.ts'
import type { AssetKind, PlaceKind, ReviewStatus, Shelf } from '../../shared/place.ts'
import type { Powers } from './powers.ts'

/** A page of a remote list. `cursor` undefined: the last one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly cursor: string | undefined
  /** What the server says it has in all, where it says so. */
  readonly total: number | undefined
}

export interface Account {
  readonly name: string
  /** A guest's session: nothing internal is asked for. */
  readonly isShare?: boolean
}

/** A place as the back end knows it. `remote` is the connector's own note: enough to list it again and to upload to it. */
export interface RemotePlace {
  readonly remoteId: string
  readonly kind: PlaceKind
  readonly name: string
  readonly status: string | null
  readonly hasChildren: boolean
  readonly takesUploads: boolean
  readonly remote: Json
  readonly shelf?: Shelf
  /** Kept in order by hand: `places` and `assets` answer in that order. */
  readonly isOrdered?: boolean
  readonly mayEdit?: boolean
}

export interface RemoteVersion {
  readonly remoteId: string
  readonly number: number
  readonly createdAt: number | null
  readonly author: string | null
  readonly review: ReviewStatus
}

export interface RemoteAsset {
  readonly remoteId: string
  readonly name: string
  readonly kind: AssetKind
  readonly mediaType: string | null
  readonly bytes: number | null
  readonly createdAt: number | null
  readonly isReady: boolean
  /** Changes when the picture may have; null when there is none. */
  readonly thumbnailKey: string | null
  /** The current one first, whatever its number. */
  readonly versions: readonly [RemoteVersion, ...RemoteVersion[]]
  readonly isFavourite?: boolean
  /** Ids, at the service, of the places it lies in, as far as the answer says: where it belongs when it was met elsewhere first. */
  readonly placeRemoteIds?: readonly string[]
  /** The transfer of ours that made it, where the service carries its id. */
  readonly transferId?: string
  /** Fields we do not know, kept. */
  readonly extra: Readonly<Record<string, Json>>
}

/** `original`: the file that was sent, whether it plays or not. */
export type MediaUse = 'play' | 'original' | 'thumbnail'

/** Where bytes can be read now. Such a URL is a secret: kept in memory only, asked for again when it dies. */
export interface MediaLink {
  readonly url: string
  readonly mediaType: string | null
}

/** A remote thing together with the connector's note of the place it was found in; of a root of the connection where it was met on its own. */
export interface RemoteRef {
  readonly remoteId: string
  readonly place: Json
}

/** An asset to show something of; `versionRemoteId` absent: its newest version. */
export interface MediaRef extends RemoteRef {
  readonly versionRemoteId?: string
}

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
