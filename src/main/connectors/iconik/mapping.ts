import type { Json } from '../../../shared/json.ts'
import { toJson } from '../../../shared/json.ts'
import type { ReviewStatus, Shelf } from '../../../shared/place.ts'
import { mediaTypeOf } from '../../transfers/mediaTypes.ts'
import { kindOf } from '../assetKind.ts'
import type { RemoteAsset, RemotePlace, RemoteVersion } from '../remote.ts'
import { nameOf, timeOf } from './mappingShared.ts'
import type { PlaceNote } from './placeNote.ts'
import type { AssetRow, Version } from './wireAssets.ts'
import type { Collection, Project } from './wireCollections.ts'

/** The whole of what an account sees. */
export function domainPlace(domainId: string, name: string): RemotePlace {
  const note: PlaceNote = { domainId, collectionId: null, storageId: null }
  return {
    remoteId: domainId,
    kind: 'workspace',
    name,
    status: null,
    hasChildren: true,
    takesUploads: false,
    remote: toJson(note),
  }
}

export const shelves = {
  favourites: 'Favourites',
  recent: 'Recently viewed',
  deleted: 'Deleted items',
} as const satisfies Partial<Record<Shelf, string>>

export function shelfPlace(domainId: string, shelf: keyof typeof shelves): RemotePlace {
  const note: PlaceNote = { domainId, collectionId: null, storageId: null, shelf }
  return {
    remoteId: `${domainId}/${shelf}`,
    kind: 'folder',
    name: shelves[shelf],
    status: null,
    // Stars and the trash hold collections, too.
    hasChildren: shelf !== 'recent',
    takesUploads: false,
    remote: toJson(note),
    shelf,
  }
}

/** What a guest was shown, where it is no collection. */
export function sharedPlace(
  domainId: string,
  shared: NonNullable<PlaceNote['shared']>,
  name: string,
): RemotePlace {
  const note: PlaceNote = { domainId, collectionId: null, storageId: null, shelf: 'shared', shared }
  return {
    remoteId: `${domainId}/${shared.objectType}/${shared.objectId}`,
    kind: 'production',
    name,
    status: null,
    hasChildren: false,
    takesUploads: false,
    remote: toJson(note),
    shelf: 'shared',
  }
}

export interface PlaceRights {
  /** Whether the account may add files anywhere at all. */
  readonly mayUpload: boolean
}

/** A collection; with its project, or at the root, it is a production of its own. */
export function collectionPlace(
  domainId: string,
  collection: Collection,
  kind: 'production' | 'folder',
  { mayUpload }: PlaceRights,
  project?: Project,
): RemotePlace {
  const { permissions } = collection
  const mayWrite = permissions.length === 0 || permissions.includes('write')
  const isOrdered = collection.custom_order_status === 'ENABLED'
  const note: PlaceNote = {
    domainId,
    collectionId: collection.id,
    storageId: collection.storage_id ?? project?.storage_id ?? null,
    ...(project === undefined ? {} : { projectId: project.id }),
    ...(isOrdered ? { isOrdered } : {}),
  }
  return {
    remoteId: collection.id,
    kind,
    name: (project?.name || collection.title) ?? 'Untitled',
    status: null,
    hasChildren: true,
    takesUploads: mayUpload && mayWrite && collection.status !== 'DELETED',
    remote: toJson(note),
    isOrdered,
    ...(permissions.length === 0 ? {} : { mayEdit: mayWrite }),
  }
}

/** A project whose collection could not be read: there all the same. */
export function projectPlace(domainId: string, project: Project, { mayUpload }: PlaceRights): RemotePlace {
  const note: PlaceNote = {
    domainId,
    collectionId: project.collection_id,
    storageId: project.storage_id,
    projectId: project.id,
  }
  return {
    remoteId: project.collection_id,
    kind: 'production',
    name: project.name || 'Untitled',
    status: null,
    hasChildren: true,
    takesUploads: mayUpload,
    remote: toJson(note),
  }
}

type Attached = AssetRow['keyframes'][number]

const isGone = new Set(['DELETED', 'DELETING'])

/** The versions that are there, newest first. */
export const versionsOf = (versions: readonly Version[]): Version[] =>
  versions
    .filter(({ status }) => !isGone.has(status ?? ''))
    .sort((a, b) => (b.version_number ?? 0) - (a.version_number ?? 0))

/** Those that were deleted and can be brought back; newest first. */
export const deletedVersionsOf = (versions: readonly Version[]): Version[] =>
  versions
    .filter(({ status }) => status === 'DELETED')
    .sort((a, b) => (b.version_number ?? 0) - (a.version_number ?? 0))

/** An asset of a list. Links are left out: they are secrets and die. */
export function assetOf(row: AssetRow, reviewOf: (versionId: string) => ReviewStatus): RemoteAsset {
  const versions = versionsOf(row.versions)
  const newest = versions[0]?.id
  const file = largest(row.files.filter((one) => isOf(one, newest)))
  const fileName = file?.name ?? row.title
  const kind = kindOf(row.media_type, endingOf(fileName) ?? endingOf(row.title))
  const createdAt = timeOf(row.date_created, null)
  const [first = unversioned(row, createdAt), ...older] = versions.map((version, index) =>
    versionOf(version, versions.length - index, reviewOf),
  )
  const hasPreview = row.proxies.some((one) => isOf(one, newest) && isThere(one))
  const picture = pictureOf(row)
  return {
    remoteId: row.id,
    name: row.title || fileName || 'Untitled',
    kind,
    mediaType: typeOf(fileName),
    bytes: file?.size ?? null,
    createdAt,
    isReady: kind === 'other' || hasPreview || (kind === 'image' && picture !== undefined),
    thumbnailKey: picture?.id ?? null,
    versions: [first, ...older],
    isFavourite: row.favoured === true,
    placeRemoteIds: row.in_collections,
    ...(row.external_id === null ? {} : { transferId: row.external_id }),
    extra: extraOf(row),
  }
}

function versionOf(
  version: Version,
  place: number,
  reviewOf: (versionId: string) => ReviewStatus,
): RemoteVersion {
  return {
    remoteId: version.id,
    number: Math.max(1, version.version_number ?? place),
    createdAt: timeOf(version.date_created, null),
    author: nameOf(version.created_by_user_info) ?? null,
    review: reviewOf(version.id),
  }
}

/** What is shown of an asset without a version: it stands in for one. */
const unversioned = (row: AssetRow, createdAt: number | null): RemoteVersion => ({
  remoteId: row.id,
  number: 1,
  createdAt,
  author: nameOf(row.created_by_user_info) ?? null,
  review: 'none',
})

const isOf = ({ version_id }: Attached, versionId: string | undefined) =>
  version_id === null || versionId === undefined || version_id === versionId
const isThere = ({ status }: Attached) => status === null || status === 'CLOSED'

function largest(files: readonly Attached[]): Attached | undefined {
  return files.reduce<Attached | undefined>(
    (most, file) => ((file.size ?? -1) > (most?.size ?? -2) ? file : most),
    undefined,
  )
}

/** The picture somebody chose, else the one the service made of the newest version; maps of many pictures are none. */
export function pictureOf(
  row: Pick<AssetRow, 'keyframes' | 'custom_poster' | 'custom_keyframe' | 'versions'>,
) {
  const newest = versionsOf(row.versions)[0]?.id
  const there = row.keyframes.filter((one) => one.type !== 'KEYFRAME_MAP' && isThere(one) && one.id !== null)
  const chosen = (id: string | null) => there.find((one) => id !== null && one.id === id)
  const made = there.filter((one) => isOf(one, newest))
  return (
    chosen(row.custom_poster) ??
    chosen(row.custom_keyframe) ??
    made.find(({ type }) => type === 'POSTER') ??
    made[0] ??
    there[0]
  )
}

function endingOf(name: string): string | null {
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? null : name.slice(dot + 1)
}

function typeOf(name: string): string | null {
  const type = mediaTypeOf(name)
  return type === 'application/octet-stream' ? null : type
}

function extraOf(row: AssetRow): Record<string, Json> {
  const { type, status, category, external_id, warning, archive_status, duration_milliseconds } = row
  const known = { type, status, category, external_id, warning, archive_status, duration_milliseconds }
  return Object.fromEntries(
    Object.entries(known).filter((entry): entry is [string, string | number] => entry[1] !== null),
  )
}
