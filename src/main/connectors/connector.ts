import type { ProviderId } from '../../shared/connection.ts'
import type { Json } from '../../shared/json.ts'
import type { AssetKind, PlaceKind, ReviewStatus } from '../../shared/place.ts'
import type { Comment } from '../../shared/review.ts'

/** A page of a remote list. `cursor` undefined: the last one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly cursor: string | undefined
  /** What the server says it has in all, where it says so. */
  readonly total: number | undefined
}

export interface Account {
  readonly name: string
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
  readonly versions: readonly [RemoteVersion, ...RemoteVersion[]]
  /** Fields we do not know, kept. */
  readonly extra: Readonly<Record<string, Json>>
}

export type MediaUse = 'play' | 'thumbnail'

/** Where bytes can be read now. Such a URL is a secret: kept in memory only, asked for again when it dies. */
export interface MediaLink {
  readonly url: string
  readonly mediaType: string | null
}

export interface RemoteComment {
  readonly remoteId: string
}

/**
 * Comments at the back end. Each write says what it could not hold; the app tells the user before it is lost.
 * Writes may be repeated after a lost reply: `create` looks for `comment.id` first where the service can carry it.
 */
export interface CommentPower {
  readonly holds: {
    readonly ranges: boolean
    readonly drawings: boolean
    readonly replies: boolean
    readonly resolved: boolean
    readonly internal: boolean
  }
  list(version: RemoteRef, signal: AbortSignal): Promise<readonly Comment[]>
  create(
    version: RemoteRef,
    comment: Comment,
    parentRemoteId: string | null,
    signal: AbortSignal,
  ): Promise<RemoteComment>
  change(version: RemoteRef, comment: Comment, signal: AbortSignal): Promise<void>
  remove(version: RemoteRef, remoteId: string, signal: AbortSignal): Promise<void>
}

/** A remote thing together with the connector's note of the place it was found in. */
export interface RemoteRef {
  readonly remoteId: string
  readonly place: Json
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
  media(ref: RemoteRef, kind: MediaUse, fresh: boolean, signal: AbortSignal): Promise<MediaLink | undefined>
  /** Present means supported. Callers test for presence, never for the provider's name. */
  readonly can: { readonly comments?: CommentPower }
}
