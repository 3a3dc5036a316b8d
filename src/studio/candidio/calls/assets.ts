import { z } from 'zod'
import type { Row } from '../../sqlRows.ts'
import { ApiError, okBody } from '../apiError.ts'
import { type Call, type CallAnswer, type Handler, parsed, viewerOf } from '../call.ts'
import { added, type Columns, update } from '../crud.ts'
import { flag, given, idText } from '../fields.ts'
import type { TableName } from '../ids.ts'
import { mimetypeOf, previewOf } from '../media.ts'
import { neededWorkspace, ownWorkspace, type Place, placeOf, publicPlaceOf } from '../place.ts'

/** An asset hangs on one of these at most. */
const targets = {
  production_id: 'production',
  description_id: 'description',
  deliverable_id: 'deliverable',
  revision_id: 'revision',
  video_series_id: 'video_series',
} as const satisfies Record<string, TableName>
const targetColumns = Object.keys(targets) as (keyof typeof targets)[]

const targetFields = {
  production_id: idText.nullish(),
  description_id: idText.nullish(),
  deliverable_id: idText.nullish(),
  revision_id: idText.nullish(),
  video_series_id: idText.nullish(),
}
type TargetIds = { [T in keyof typeof targets]?: string | null | undefined }

const fileName = z.string().min(1, 'is required').max(1024)

const createSchema = z.object({
  workspace_id: idText.optional(),
  user_id: idText.nullish(),
  ...targetFields,
  bucket: z.string().min(1, 'is required').max(255),
  object_key: z.string().min(1, 'is required').max(1024),
  file_name: fileName,
  file_type: z.string().max(64),
  size: z.int().nonnegative(),
  mimetype: z
    .string()
    .regex(/^[\w.+-]+\/[\w.+-]+$/, 'is not a media type')
    .max(255),
  is_completed_production: flag.optional(),
  is_stock: flag.optional(),
})
type NewAsset = z.output<typeof createSchema>

const updateSchema = z.object({
  workspace_id: idText.optional(),
  user_id: idText.nullish(),
  ...targetFields,
  file_name: fileName.optional(),
  is_stock: flag.optional(),
  is_transcoded: flag.optional(),
  is_completed_production: flag.optional(),
})

/** The columns of what an asset hangs on. A target inside of a production leads to that production too. */
function targetOf(call: Call, ids: TargetIds, workspaceId: string, inPath: Row | undefined): Columns {
  const { records } = call.api
  const pathId = inPath === undefined ? undefined : String(inPath['id'])
  const named = targetColumns.filter((column) => ids[column] != null)
  const inside = named.filter((column) => column !== 'production_id' || ids.production_id !== pathId)
  if (inside.length > 1 || (inside.length === 1 && named.length > 1)) {
    const message = `an asset hangs on one of ${targetColumns.join(', ')}`
    throw ApiError.invalid(Object.fromEntries(named.map((column) => [column, [message]])))
  }
  const columns: Record<string, string | null> = Object.fromEntries(
    targetColumns.map((column) => [column, null]),
  )
  columns['production_id'] = pathId ?? null
  const [column] = inside
  if (column === undefined) return columns
  const id = ids[column] ?? ''
  const table = targets[column]
  const sql = `SELECT * FROM ${table} WHERE id = ? AND workspace_id = ?`
  const target = records.rows.get(sql, id, workspaceId)
  if (target === undefined) throw ApiError.invalid({ [column]: ['is not in this workspace'] })
  const productionId = column === 'production_id' ? id : (target['production_id'] ?? pathId ?? null)
  if (pathId !== undefined && productionId !== pathId) {
    throw ApiError.invalid({ [column]: ['is not in the production of the path'] })
  }
  return { ...columns, [column]: id, production_id: productionId }
}

/** The file must be in the store already, and be as large as the client says. */
function checkObject({ api }: Call, { bucket, object_key: key, size }: NewAsset): void {
  if (bucket !== api.store.bucket) throw ApiError.invalid({ bucket: ['does not exist'] })
  const object = api.store.find(key)
  if (object === undefined) throw ApiError.invalid({ object_key: ['is not in the bucket'] })
  if (object.bytes !== size)
    throw ApiError.invalid({ size: [`is not the size of the object, ${object.bytes}`] })
}

function ownerOf(call: Call, userId: string | null | undefined, workspaceId: string): string | null {
  const viewer = viewerOf(call)
  if (userId == null || userId === viewer.userId) return viewer.userId
  const sql = 'SELECT user_id FROM member WHERE workspace_id = ? AND user_id = ?'
  if (call.api.records.rows.get(sql, workspaceId, userId) === undefined) {
    throw ApiError.invalid({ user_id: ['is no member of this workspace'] })
  }
  return userId
}

function register(
  call: Call,
  place: Place,
  userIdOf: (data: NewAsset, workspaceId: string) => string | null,
) {
  const data = parsed(call, createSchema)
  const workspaceId = neededWorkspace(place)
  if (data.workspace_id !== undefined && data.workspace_id !== workspaceId) {
    throw ApiError.invalid({ workspace_id: ['is not the workspace of the path'] })
  }
  const target = targetOf(call, data, workspaceId, place.production)
  checkObject(call, data)
  const hangsOnNothing = targetColumns.every((column) => target[column] === null)
  const answer = added(call, 'asset', {
    ...target,
    workspace_id: workspaceId,
    user_id: userIdOf(data, workspaceId),
    bucket: data.bucket,
    object_key: data.object_key,
    file_name: data.file_name,
    file_type: data.file_type,
    size: data.size,
    mimetype: mimetypeOf(data.file_type, data.mimetype),
    is_completed_production: data.is_completed_production ?? 0,
    // What hangs on nothing is the workspace's own: My Brand.
    is_stock: data.is_stock ?? (hangsOnNothing ? 1 : 0),
    is_transcoded: previewOf(data.file_type) === undefined ? 0 : 1,
  })
  return { ...answer, objectKey: data.object_key }
}

export const createAsset: Handler = (call) =>
  register(call, placeOf(call), (data, workspaceId) => ownerOf(call, data.user_id, workspaceId))

/** Without a token, where the production allows it. Such an asset belongs to no user. */
export const createPublicAsset: Handler = (call) => {
  const place = publicPlaceOf(call)
  if (place.production?.['allow_public_upload'] !== 1) {
    throw ApiError.forbidden('This production takes no public uploads.')
  }
  return register(call, place, (data) => {
    if (data.user_id != null) throw ApiError.invalid({ user_id: ['cannot be set without a token'] })
    return null
  })
}

export const updateAsset: Handler = update('asset', updateSchema, (data, row, call) => {
  const workspaceId = data.workspace_id ?? String(row['workspace_id'])
  const isMoved = workspaceId !== row['workspace_id']
  if (isMoved) ownWorkspace(call, workspaceId)
  const isRetargeted = targetColumns.some((column) => data[column] !== undefined)
  const target = isRetargeted || isMoved ? targetOf(call, data, workspaceId, undefined) : {}
  const { file_name, is_stock, is_transcoded, is_completed_production } = data
  const owner = data.user_id == null ? undefined : ownerOf(call, data.user_id, workspaceId)
  return {
    ...target,
    workspace_id: workspaceId,
    ...given({ user_id: owner, file_name, is_stock, is_transcoded, is_completed_production }),
  }
})

function assetAndShot(call: Call): { assetId: string; shot: Row; assetRow: Row } {
  const { conditions } = placeOf(call)
  const { records } = call.api
  const assetRow = records.get('asset', call.params['a'] ?? '', ...conditions)
  const shot = records.get('description', call.params['d'] ?? '', ...conditions)
  return { assetId: String(assetRow['id']), shot, assetRow }
}

/** Hangs an asset on a shot, and so on the shot's production. */
export const attachAsset: Handler = (call): CallAnswer => {
  const { assetId, shot } = assetAndShot(call)
  call.api.records.rows.update('asset', assetId, {
    ...Object.fromEntries(targetColumns.map((column) => [column, null])),
    description_id: shot['id'] ?? null,
    production_id: shot['production_id'] ?? null,
  })
  return { status: 200, body: okBody, id: assetId }
}

/** Takes it off again; it stays in the production. */
export const detachAsset: Handler = (call): CallAnswer => {
  const { assetId, shot, assetRow } = assetAndShot(call)
  if (assetRow['description_id'] !== shot['id']) throw ApiError.notFound('attachment')
  call.api.records.rows.update('asset', assetId, { description_id: null })
  return { status: 200, body: okBody, id: assetId }
}
