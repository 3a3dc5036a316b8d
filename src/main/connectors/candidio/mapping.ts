import { createHash } from 'node:crypto'
import type { Json } from '../../../shared/json.ts'
import { kindOf } from '../assetKind.ts'
import type { RemoteAsset, RemotePlace } from '../remote.ts'
import type { Asset, CandidioPlace, Production, Workspace } from './wire.ts'
import { readDate } from './wire.ts'

export function workspacePlace(workspace: Workspace): RemotePlace {
  return {
    remoteId: workspace.id,
    kind: 'workspace',
    name: workspace.workspace_name || workspace.organization_name || 'Workspace',
    status: null,
    hasChildren: true,
    takesUploads: false,
    remote: { workspaceId: workspace.id, productionId: null } satisfies CandidioPlace,
  }
}

export function productionPlace(workspaceId: string, production: Production): RemotePlace {
  return {
    remoteId: production.id,
    kind: 'production',
    name: production.title || 'Untitled production',
    status: production.status_state ?? null,
    hasChildren: false,
    takesUploads: true,
    remote: { workspaceId, productionId: production.id } satisfies CandidioPlace,
  }
}

/** Material of the whole workspace; Candidio calls it "My Brand" and gives it no id of its own. */
export function brandPlace(workspaceId: string): RemotePlace {
  return {
    remoteId: `${workspaceId}/brand`,
    kind: 'folder',
    name: 'My Brand',
    status: null,
    hasChildren: false,
    takesUploads: true,
    remote: { workspaceId, productionId: null, isBrand: true } satisfies CandidioPlace,
  }
}

const knownFields = new Set([
  'type',
  'id',
  'file_name',
  'file_type',
  'mimetype',
  'size',
  'is_transcoded',
  'link_download',
  'link_thumbnail',
  'link_fullsize',
  'link_preview_mp4',
  'link_preview_webm',
  'created_at',
  'updated_at',
])

/** An asset as the app knows it. Links are left out: they are secrets and die. */
export function assetOf(asset: Asset): RemoteAsset {
  const createdAt = readDate(asset.created_at)
  const picture = asset.link_thumbnail ?? asset.link_fullsize
  const extra: Record<string, Json> = {}
  for (const [name, value] of Object.entries(asset)) if (!knownFields.has(name)) extra[name] = value as Json
  return {
    remoteId: asset.id,
    name: fullName(asset),
    kind: kindOf(asset.mimetype, asset.file_type),
    mediaType: asset.mimetype ?? null,
    bytes: asset.size === null || asset.size === undefined ? null : Math.max(0, Math.trunc(asset.size)),
    createdAt,
    isReady: asset.is_transcoded === true,
    thumbnailKey: picture === null || picture === undefined ? null : pictureKey(picture),
    versions: [{ remoteId: asset.id, number: 1, createdAt, author: null, review: 'none' }],
    ...transferOf(asset.link_download),
    extra,
  }
}

/** Answers carry the name without its extension, which stands in `file_type`, in small letters. */
function fullName(asset: Asset): string {
  const type = asset.file_type ?? ''
  if (type === '' || asset.file_name.toLowerCase().endsWith(`.${type.toLowerCase()}`)) return asset.file_name
  return `${asset.file_name}.${asWritten(type, asset.link_download) ?? type}`
}

/** Objects sent from here lie in a folder named after their transfer. */
function transferOf(link: string | null | undefined): { transferId?: string } {
  const found = /\/([0-7][0-9A-HJKMNP-TV-Z]{25})\/[^/?#]+(?:[?#]|$)/.exec(link ?? '')?.[1]
  return found === undefined ? {} : { transferId: found }
}

/** The extension as the file itself writes it, where the stored object is called so, too. */
function asWritten(type: string, link: string | null | undefined): string | undefined {
  const path = link?.split(/[?#]/)[0] ?? ''
  const ending = path.slice(path.lastIndexOf('.') + 1)
  return ending.toLowerCase() === type.toLowerCase() ? ending : undefined
}

/** Names the picture without its signature, which differs in every answer. */
function pictureKey(link: string): string {
  const path = link.split('?')[0] ?? link
  return createHash('sha256').update(path).digest('hex').slice(0, 16)
}
