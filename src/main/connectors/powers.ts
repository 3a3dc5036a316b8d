import type { ApprovalRequest, ApprovalState, Approver, Vote } from '../../shared/approval.ts'
import type { HistoryEntry, RelationType } from '../../shared/assetLife.ts'
import type { CommentsHold } from '../../shared/connection.ts'
import type { FrameRate } from '../../shared/frameRate.ts'
import type { FrameTimes } from '../../shared/frameTimes.ts'
import type { InboxItem } from '../../shared/inbox.ts'
import type { MetadataValues, MetadataView } from '../../shared/metadata.ts'
import type { Person, PersonGroup } from '../../shared/people.ts'
import type { ReviewStatus } from '../../shared/place.ts'
import type { PlaylistService, PlaylistStep } from '../../shared/playlist.ts'
import type { Comment, CommentKind } from '../../shared/review.ts'
import type { Facet } from '../../shared/search.ts'
import type { Share, ShareDraft } from '../../shared/share.ts'
import type {
  MediaLink,
  MediaRef,
  Page,
  RemoteAsset,
  RemoteEntryDraft,
  RemotePlace,
  RemotePlaylist,
  RemotePlaylistWhole,
  RemoteRef,
  RemoteVersion,
} from './remote.ts'

/**
 * What a back end can do beyond browsing and playing. All calls may fail with the `network.*`, `remote.*` and `auth.*`
 * codes and stop at `signal`. Those that change something say whether they may be repeated.
 */

export interface RemoteComment {
  readonly remoteId: string
}

/** A version: `remoteId` is its own, `assetRemoteId` that of the asset it belongs to. */
export interface VersionRef extends RemoteRef {
  readonly assetRemoteId: string
  /** Of the media, where it was read here already: what comments count their frames at. */
  readonly rate?: FrameRate
  /** Where each frame of it starts, where the rate does not tell. */
  readonly times?: FrameTimes
}

/**
 * Comments at the back end. Each write says what it could not hold; the app tells the user before it is lost.
 * Writes may be repeated after a lost reply: `create` looks for `comment.id` first where the service can carry it.
 */
export interface CommentPower {
  readonly holds: CommentsHold
  /**
   * All of them, with their remote ids. `id` and `parentId` agree within the list and mean nothing outside it, but for
   * a comment of ours whose own id the service carries; `versionId` and `pending` are not looked at.
   */
  list(version: VersionRef, signal: AbortSignal): Promise<readonly Comment[]>
  create(
    version: VersionRef,
    comment: Comment,
    parentRemoteId: string | null,
    signal: AbortSignal,
  ): Promise<RemoteComment>
  change(version: VersionRef, comment: Comment, signal: AbortSignal): Promise<void>
  remove(version: VersionRef, remoteId: string, signal: AbortSignal): Promise<void>
  /** Many at once, where the service can; at most 500. Otherwise one after the other. */
  readonly many?: {
    change(version: VersionRef, comments: readonly Comment[], signal: AbortSignal): Promise<void>
    remove(version: VersionRef, remoteIds: readonly string[], signal: AbortSignal): Promise<void>
  }
  /** The service's own export as text. */
  readonly export?: (
    version: VersionRef,
    format: 'csv' | 'srt' | 'vtt',
    kinds: readonly CommentKind[],
    signal: AbortSignal,
  ) => Promise<string>
}

/** The service's own search. `chosen` as in `SearchQuery`. */
export interface SearchPower {
  find(
    text: string,
    chosen: Readonly<Record<string, readonly string[]>>,
    cursor: string | undefined,
    signal: AbortSignal,
  ): Promise<Page<RemoteAsset> & { readonly facets: readonly Facet[] }>
}

export interface FavouritePower {
  /** May be repeated. */
  set(remoteIds: readonly string[], isFavourite: boolean, signal: AbortSignal): Promise<void>
}

/** All may be repeated: what is gone already counts as done. */
export interface TrashPower {
  remove(assets: readonly RemoteRef[], signal: AbortSignal): Promise<void>
  restore(remoteIds: readonly string[], signal: AbortSignal): Promise<void>
  purge(remoteIds: readonly string[], signal: AbortSignal): Promise<void>
  removePlace(place: RemotePlace, signal: AbortSignal): Promise<void>
  restorePlace(place: RemotePlace, signal: AbortSignal): Promise<void>
  purgePlace(place: RemotePlace, signal: AbortSignal): Promise<void>
}

export interface EditingPower {
  renameAsset(ref: RemoteRef, name: string, signal: AbortSignal): Promise<RemoteAsset>
  renamePlace(place: RemotePlace, name: string, signal: AbortSignal): Promise<RemotePlace>
  /** Not to be repeated blindly: looks for a folder of this name first. */
  createPlace(parent: RemotePlace, name: string, signal: AbortSignal): Promise<RemotePlace>
}

/** Order kept by hand in a place. */
export interface OrderingPower {
  setOrdered(place: RemotePlace, isOrdered: boolean, signal: AbortSignal): Promise<RemotePlace>
  /** `before` null: to the end. */
  move(place: RemotePlace, remoteId: string, before: string | null, signal: AbortSignal): Promise<void>
}

export interface HistoryPower {
  entries(ref: RemoteRef, signal: AbortSignal): Promise<readonly HistoryEntry[]>
}

export interface RemoteRelation {
  readonly type: string
  readonly words: string
  readonly otherRemoteId: string
  readonly otherName: string
  readonly description: string
}

export interface RelationPower {
  types(signal: AbortSignal): Promise<readonly RelationType[]>
  list(ref: RemoteRef, signal: AbortSignal): Promise<readonly RemoteRelation[]>
  add(
    ref: RemoteRef,
    otherRemoteId: string,
    type: string,
    description: string,
    signal: AbortSignal,
  ): Promise<void>
  remove(ref: RemoteRef, otherRemoteId: string, type: string, signal: AbortSignal): Promise<void>
}

/** All may be repeated: what is gone, or back, already counts as done. */
export interface VersionPower {
  promote(asset: RemoteRef, versionRemoteId: string, signal: AbortSignal): Promise<void>
  /** Marked as deleted: `deleted` lists it, as far as the service still tells. */
  remove(asset: RemoteRef, versionRemoteId: string, signal: AbortSignal): Promise<void>
  /** Newest first. */
  deleted(asset: RemoteRef, signal: AbortSignal): Promise<readonly Omit<RemoteVersion, 'review'>[]>
  restore(asset: RemoteRef, versionRemoteId: string, signal: AbortSignal): Promise<void>
  /** For good. */
  purge(asset: RemoteRef, versionRemoteId: string, signal: AbortSignal): Promise<void>
}

export interface MetadataPower {
  /** The views that belong to an asset, and its values. */
  read(
    ref: RemoteRef,
    signal: AbortSignal,
  ): Promise<{ readonly views: readonly MetadataView[]; readonly values: MetadataValues }>
  /** Answers all values as they stand then. */
  write(ref: RemoteRef, viewKey: string, values: MetadataValues, signal: AbortSignal): Promise<MetadataValues>
  /** Asked when files are sent to a place. */
  wanted(place: RemotePlace, signal: AbortSignal): Promise<readonly MetadataView[]>
}

export interface PeoplePower {
  find(
    text: string,
    signal: AbortSignal,
  ): Promise<{ readonly people: readonly Person[]; readonly groups: readonly PersonGroup[] }>
}

export interface RemoteApproval {
  readonly state: ApprovalState
  readonly minimum: number
  readonly requestedBy: string | null
  readonly requestedAt: number | null
  readonly approvers: readonly Approver[]
}

export interface ApprovalPower {
  read(version: VersionRef, signal: AbortSignal): Promise<RemoteApproval>
  /** Where versions stand, by their remote id; what this account is not told is left out. */
  reviews(versions: readonly VersionRef[], signal: AbortSignal): Promise<ReadonlyMap<string, ReviewStatus>>
  /** Replaces the request there is: may be repeated. */
  request(version: VersionRef, request: ApprovalRequest, signal: AbortSignal): Promise<void>
  vote(version: VersionRef, vote: Vote | null, signal: AbortSignal): Promise<void>
  withdraw(version: VersionRef, signal: AbortSignal): Promise<void>
  bulk(assetRemoteIds: readonly string[], vote: Vote | null, signal: AbortSignal): Promise<void>
}

export type RemoteShareTarget = { readonly kind: 'asset' | 'place'; readonly remoteId: string }

/** A share whose target is still named as the service does; null for one of another kind. */
export interface RemoteShare extends Omit<Share, 'target' | 'isTargetGone'> {
  readonly target: RemoteShareTarget | null
}

export interface SharePower {
  list(target: RemoteShareTarget | null, signal: AbortSignal): Promise<readonly RemoteShare[]>
  /** Not to be repeated blindly: a second call mails people a second time. */
  create(
    targets: readonly RemoteShareTarget[],
    draft: Omit<ShareDraft, 'targets'>,
    signal: AbortSignal,
  ): Promise<RemoteShare>
  /** The link, a secret. `thing.notFound` where the service does not tell it again. */
  link(key: string, signal: AbortSignal): Promise<string>
  remove(keys: readonly string[], signal: AbortSignal): Promise<void>
  invite(key: string, email: string, signal: AbortSignal): Promise<RemoteShare>
  revoke(key: string, guestKey: string, signal: AbortSignal): Promise<RemoteShare>
}

/** An item whose asset and version are still named as the service does. */
export interface RemoteInboxItem extends Omit<InboxItem, 'connectionId' | 'assetId' | 'versionId'> {
  readonly assetRemoteId: string | null
  readonly versionRemoteId: string | null
}

export interface InboxPower {
  /** Newest first, at most some hundred. */
  list(signal: AbortSignal): Promise<readonly RemoteInboxItem[]>
  markRead(keys: readonly string[], signal: AbortSignal): Promise<void>
}

/** Present means supported. Callers test for presence, never for the provider's name. */
export interface RemoteCaptions {
  /** Names them among those of the version. */
  readonly key: string
  readonly label: string
}

/** Captions of versions that lie at the service. */
export interface CaptionPower {
  list(version: VersionRef, signal: AbortSignal): Promise<readonly RemoteCaptions[]>
  /** As WebVTT or SubRip. */
  read(version: VersionRef, key: string, signal: AbortSignal): Promise<string>
}

/** Proxies that the service made of a version, next to the file that was sent. */
export interface ProxyPower {
  /** Those that can be watched now, each by a key; the one that `media` gives out for playing comes first. */
  list(
    ref: MediaRef,
    signal: AbortSignal,
  ): Promise<readonly { readonly key: string; readonly link: MediaLink }[]>
  /** Undefined when it is not there any more. `fresh`: the last link has died. */
  link(ref: MediaRef, key: string, fresh: boolean, signal: AbortSignal): Promise<MediaLink | undefined>
}

/**
 * Playlists that the service keeps. A write answers when it is done, without reading: what the list is then, `read` tells,
 * also after one that was broken off half-way and has done part of it. None that adds may be repeated blindly.
 */
export interface PlaylistPower {
  readonly holds: PlaylistService['holds']
  /** Read anew each time: rights become known while one is signed in. */
  readonly may: readonly (PlaylistStep | 'create')[]
  /** All of them, at most some thousand. */
  list(signal: AbortSignal): Promise<readonly RemotePlaylist[]>
  read(remoteId: string, signal: AbortSignal): Promise<RemotePlaylistWhole>
  /** Answers its remote id. */
  create(name: string, entries: readonly RemoteEntryDraft[], signal: AbortSignal): Promise<string>
  rename(remoteId: string, name: string, signal: AbortSignal): Promise<void>
  /** Gone already counts as done. */
  remove(remoteId: string, signal: AbortSignal): Promise<void>
  /** To its end. Answers the remote id of each. */
  add(remoteId: string, entries: readonly RemoteEntryDraft[], signal: AbortSignal): Promise<readonly string[]>
  /** One after the other, before another one or, with null, to the end. */
  move(
    remoteId: string,
    entryRemoteIds: readonly string[],
    before: string | null,
    signal: AbortSignal,
  ): Promise<void>
  change(remoteId: string, entryRemoteId: string, entry: RemoteEntryDraft, signal: AbortSignal): Promise<void>
  /** Those that are out already count as done. */
  takeOut(remoteId: string, entryRemoteIds: readonly string[], signal: AbortSignal): Promise<void>
}

export interface Powers {
  readonly comments?: CommentPower
  readonly search?: SearchPower
  readonly favourites?: FavouritePower
  readonly trash?: TrashPower
  readonly editing?: EditingPower
  readonly ordering?: OrderingPower
  readonly history?: HistoryPower
  readonly relations?: RelationPower
  readonly versionEditing?: VersionPower
  readonly metadata?: MetadataPower
  readonly people?: PeoplePower
  readonly approvals?: ApprovalPower
  readonly shares?: SharePower
  readonly inbox?: InboxPower
  readonly captions?: CaptionPower
  readonly proxies?: ProxyPower
  readonly playlists?: PlaylistPower
  /** A file may become a new version of an asset that is there. */
  readonly versionUpload?: true
}
