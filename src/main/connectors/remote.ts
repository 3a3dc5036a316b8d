import type { Json } from '../../shared/json.ts'
import type { AssetKind, PlaceKind, ReviewStatus, Shelf } from '../../shared/place.ts'
import type { EntryProblem } from '../../shared/playlist.ts'
import type { PlayedSpan } from '../../shared/playlistSpan.ts'

/** A page of a remote list. `cursor` undefined: the last one. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly cursor: string | undefined
  /** What the server says it has in all, where it says so. */
  readonly total: number | undefined
}

/** A remote thing together with the connector's note of the place it was found in; of a root of the connection where it was met on its own. */
export interface RemoteRef {
  readonly remoteId: string
  readonly place: Json
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

/** A list of versions that the back end keeps. */
export interface RemotePlaylist {
  readonly remoteId: string
  readonly name: string
  readonly entryCount: number
  /** Epoch milliseconds. */
  readonly changedAt: number
}

/** What is put into such a list: an asset's version, or, with null, whatever is its newest; null for all of it. */
export interface RemoteEntryDraft {
  readonly asset: RemoteRef
  readonly versionRemoteId: string | null
  readonly span: PlayedSpan | null
  /** `asset` names a sequence of the service instead. */
  readonly isSequence?: boolean
}

/** One place in the list; `remoteId` names it within the list as long as it stands there. */
export interface RemoteEntry {
  readonly remoteId: string
  /** Of the asset, or of whatever else stands there. */
  readonly assetRemoteId: string
  readonly versionRemoteId: string | null
  readonly span: PlayedSpan | null
  readonly name: string
  /** Why there is nothing to play, as far as the service says. */
  readonly problem: Extract<EntryProblem, 'asset' | 'trash' | 'forbidden' | 'sequence'> | null
}

export interface RemotePlaylistWhole extends RemotePlaylist {
  /** In their order. */
  readonly entries: readonly RemoteEntry[]
  /** What stands in it and can be seen, each once. */
  readonly assets: readonly RemoteAsset[]
}

/** Where bytes can be read now. Such a URL is a secret: kept in memory only, asked for again when it dies. */
export interface MediaLink {
  readonly url: string
  readonly mediaType: string | null
}

/** An asset to show something of; `versionRemoteId` absent: its newest version. */
export interface MediaRef extends RemoteRef {
  readonly versionRemoteId?: string
}
