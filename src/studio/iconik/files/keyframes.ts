import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { assets } from '../assets/assetRows.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, flag, flagOr, integer, lastIdQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import {
  fileStatuses,
  type Keyframe,
  keyframes,
  keyframeTypes,
  objectKeyOf,
  ownKey,
  resolutionSchema,
  setObjectKey,
} from '../media/mediaRows.ts'
import { rowOf, scopeOf, scopeOfVersion, versionFor } from '../media/mediaScope.ts'
import { shownKeyframe } from '../media/shownMedia.ts'
import { defaultStorage, isRemote, storages } from '../media/storageRows.ts'
import { checkBytes, uploadFields } from '../media/uploads.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'

const ofAsset = '/v1/assets/{asset_id}/keyframes' as const
const one = `${ofAsset}/{keyframe_id}` as const

const pictureFields = {
  type: z.enum(keyframeTypes),
  name: text.optional(),
  filename: text.optional(),
  format: text.nullish(),
  status: z.enum(fileStatuses).optional(),
  storage_id: uuid.optional(),
  resolution: resolutionSchema.partial().optional(),
  rotation: integer.nullish(),
  size: integer.min(0).nullish(),
  time_code: z
    .strictObject({
      frames_number: integer.optional(),
      is_drop_frame: z.boolean().optional(),
      time_base: z.strictObject({ numerator: integer, denominator: integer }).partial().optional(),
    })
    .optional(),
  is_custom_keyframe: z.boolean().optional(),
}
/** The same fields for the picture of a collection. */
export const collectionPictureFields = { ...pictureFields, collection_id: uuid.optional() }
const keyframeFields = { ...collectionPictureFields, asset_id: uuid.nullish(), version_id: uuid.nullish() }
const writable = [
  ...(['type', 'name', 'filename', 'format', 'status', 'storage_id', 'resolution', 'rotation'] as const),
  ...(['size', 'time_code', 'is_custom_keyframe'] as const),
] as const

export const keyframeOf = (call: Call, id = call.param('keyframe_id')): Keyframe =>
  keyframes.parse(rowOf(call, keyframes, id, 'Keyframe'))

export function shownPicture(call: Call, id: string) {
  const row = call.rows.get(`SELECT * FROM ${keyframes.table} WHERE id = ?`, id)
  if (row === undefined) throw IconikError.notFound('Keyframe')
  return shownKeyframe({ call, hasUrl: true, disposition: 'inline' }, row)
}

/** Adds a picture whose bytes are yet to come. `of`: what it is a picture of. */
export function addPicture(
  call: Call,
  { storage_id, ...sent }: z.output<z.ZodObject<typeof pictureFields>>,
  of: Pick<Keyframe, 'asset_id' | 'version_id' | 'collection_id'>,
): IconikAnswer {
  const storage =
    storage_id === undefined ? defaultStorage(call.rows, 'KEYFRAMES') : storages.find(call.rows, storage_id)
  if (storage === undefined) throw IconikError.badRequest({ storage_id: 'There is no such storage' })
  const id = randomUUID()
  const filename = sent.filename ?? `${id}.jpg`
  const picture = call.rows.transaction(() => {
    const added = keyframes.insert(call.rows, {
      ...sent,
      ...of,
      ...{ id, storage_id: storage.id, filename, date_created: call.date, date_modified: call.date },
    })
    if (isRemote(storage)) setObjectKey(call.rows, keyframes, id, ownKey(id, encodeURIComponent(filename)))
    if (added.status === 'CLOSED') checkBytes(call, keyframes, added)
    return added
  })
  const { multipart_upload_url: _parts, ...upload } = {
    multipart_upload_url: '',
    ...uploadFields(call, keyframes, picture),
  }
  return created({ ...shownPicture(call, id), ...upload }, id)
}

/** Stores a changed picture; one that is closed has its bytes. */
export function savePicture(call: Call, old: Keyframe, next: Keyframe): IconikAnswer {
  const isClosed = next.status === 'CLOSED' && old.status !== 'CLOSED'
  const size = next.size ?? (isClosed ? checkBytes(call, keyframes, next) : undefined)
  keyframes.save(call.rows, { ...next, ...(size !== undefined && { size }), date_modified: call.date })
  return ok(shownPicture(call, old.id), old.id)
}

export const changedPicture = (
  old: Keyframe,
  sent: Partial<z.output<z.ZodObject<typeof pictureFields>>>,
  mode: Parameters<typeof changed>[3],
): Keyframe => {
  const { storage_id = old.storage_id, status = old.status, filename = old.filename } = sent
  return changed(old, writable, { ...sent, storage_id, status, filename }, mode)
}

const disposition = z.enum(['inline', 'attachment']).default('inline')
const listQuery = { ...lastIdQuery, generate_signed_url: flagOr(true), content_disposition: disposition }

function page(
  call: Call<unknown, z.output<z.ZodObject<typeof listQuery>>>,
  conditions: readonly Condition[],
) {
  const { generate_signed_url: hasUrl, content_disposition } = call.query
  const showing = { call, hasUrl, disposition: content_disposition }
  return ok(
    lastIdPage(call, { table: keyframes.table, conditions }, (rows) =>
      rows.map((row) => shownKeyframe(showing, row)),
    ),
  )
}

const removeAll = (call: Call, conditions: readonly Condition[]): IconikAnswer =>
  call.rows.transaction(() => {
    for (const { id } of keyframes.all(call.rows, conditions)) keyframes.remove(call.rows, id)
    call.api.worker.wake()
    return done(204)
  })

const noPosters = (isKept: boolean | undefined): Condition[] => (isKept ? [where("type <> 'POSTER'")] : [])

/** A poster takes the place of the picture that stands for the asset. */
function setPoster(call: Call, poster: Keyframe): IconikAnswer {
  const asset = assets.get(call.rows, call.param('asset_id'))
  return call.rows.transaction(() => {
    keyframes.save(call.rows, { ...poster, is_custom_keyframe: true, date_modified: call.date })
    assets.save(call.rows, { ...asset, custom_keyframe: poster.id, custom_poster: poster.id })
    return created(shownPicture(call, poster.id), poster.id)
  })
}

/** A poster out of the picture that there is. Fails with 400 where there is none. */
function makePoster(call: Call): IconikAnswer {
  const [picture] = keyframes.all(call.rows, [...scopeOf(call), where("type = 'KEYFRAME'")], 'rowid DESC')
  const key = picture && objectKeyOf(call.rows, keyframes, picture.id)
  if (picture === undefined || key === undefined) {
    throw IconikError.badRequest('The asset has no picture to make a poster of')
  }
  return call.rows.transaction(() => {
    const dates = { date_created: call.date, date_modified: call.date }
    const poster = keyframes.insert(call.rows, { ...picture, id: randomUUID(), type: 'POSTER', ...dates })
    setObjectKey(call.rows, keyframes, poster.id, key)
    return setPoster(call, poster)
  })
}

const readRoles = ['can_read_assets']
const writeRoles = ['can_write_keyframes']

export const keyframeRoutes: readonly Route[] = [
  route('files.listKeyframes', 'GET', `${ofAsset}/`, {
    roles: readRoles,
    access: 'guest',
    query: { ...listQuery, include_all_versions: flagOr(false) },
    handle: (call) => page(call, scopeOf(call, call.query.include_all_versions)),
  }),
  route('files.listVersionKeyframes', 'GET', '/v1/assets/{asset_id}/versions/{version_id}/keyframes/', {
    roles: readRoles,
    access: 'guest',
    query: listQuery,
    handle: (call) => page(call, scopeOfVersion(call)),
  }),
  route('files.createKeyframe', 'POST', `${ofAsset}/`, {
    roles: writeRoles,
    body: body(keyframeFields),
    query: { use_google_resumable_upload: flagOr(false) },
    handle(call) {
      const { asset_id: _asset, version_id, collection_id: _collection, ...sent } = call.body
      return addPicture(call, sent, {
        asset_id: call.param('asset_id'),
        version_id: versionFor(call, version_id),
      })
    },
  }),
  route('files.readKeyframe', 'GET', `${one}/`, {
    roles: readRoles,
    access: 'guest',
    query: { content_disposition: disposition },
    handle: (call) => ok(shownPicture(call, keyframeOf(call).id)),
  }),
  ...twins('files', 'Keyframe', `${one}/`, {
    roles: writeRoles,
    body: body(keyframeFields),
    handle(call, mode) {
      const old = keyframeOf(call)
      return savePicture(call, old, changedPicture(old, call.body, mode))
    },
  }),
  route('files.deleteKeyframe', 'DELETE', `${one}/`, {
    roles: writeRoles,
    query: { keep_poster: flag.optional() },
    handle: (call) =>
      removeAll(call, [where('id = ?', keyframeOf(call).id), ...noPosters(call.query.keep_poster)]),
  }),
  route('files.deleteVersionKeyframes', 'DELETE', '/v1/assets/{asset_id}/versions/{version_id}/keyframes/', {
    roles: writeRoles,
    query: { keep_poster: flag.optional() },
    handle: (call) => removeAll(call, [...scopeOfVersion(call), ...noPosters(call.query.keep_poster)]),
  }),
  route('files.deleteAllKeyframes', 'DELETE', '/v1/assets/{asset_id}/versions/all/keyframes/', {
    roles: writeRoles,
    handle: (call) => removeAll(call, scopeOf(call, true)),
  }),
  route('files.createPoster', 'POST', '/v1/assets/{asset_id}/custom_keyframe/', {
    roles: writeRoles,
    handle: makePoster,
  }),
  route('files.setPoster', 'POST', '/v1/assets/{asset_id}/custom_keyframe/{poster_id}/', {
    roles: writeRoles,
    query: { overwrite: flag.optional() },
    handle(call) {
      const poster = keyframeOf(call, call.param('poster_id'))
      if (poster.type !== 'POSTER') throw IconikError.badRequest('This is no poster')
      return setPoster(call, poster)
    },
  }),
]
