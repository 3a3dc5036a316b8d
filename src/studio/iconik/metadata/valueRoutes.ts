import { z } from 'zod'
import { checkPermission } from '../acls/aclRows.ts'
import { type Call, done, type IconikAnswer, ok } from '../call.ts'
import { contentBelow } from '../collections/tree.ts'
import { body, date, flag, flagOr, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Route, route } from '../route.ts'
import { foundBySaved } from '../search/savedRows.ts'
import {
  type MetadataOwner,
  type MetadataView,
  mergedFields,
  metadataOf,
  type StoredMetadata,
  views,
} from './metadataRows.ts'
import { changesBody, type MetadataChanges } from './valueFields.ts'
import { checkAll, checkOwner, versionValues, writeValues } from './writeValues.ts'

const ofObject = '/v1/{object_type}/{object_id}/'
const ofPart = '/v1/assets/{asset_id}/{object_type}/{object_id}/'
const reads = ['can_read_metadata_values']
const writes = ['can_write_metadata_values']

const dates = { date_created: date.optional(), date_modified: date.optional() }
const valuesBody = body({
  metadata_values: changesBody,
  job_id: uuid.optional(),
  object_id: uuid.optional(),
  object_type: z.string().optional(),
  version_id: uuid.optional(),
  ...dates,
})
const subclipQuery = { check_if_subclip: flag.optional() }

const viewOf = (call: Call): MetadataView => views.get(call.rows, call.param('view_id'))
const ownerOf = (call: Call): MetadataOwner => ({
  objectType: call.param('object_type'),
  objectId: call.param('object_id'),
})

interface Shown {
  readonly owner: MetadataOwner
  readonly stored: StoredMetadata
  /** Only these fields; absent: all. */
  readonly names?: readonly string[]
  readonly asText?: boolean
}

function shown({ owner, stored, names, asText }: Shown): IconikAnswer {
  const entries = Object.entries(stored.values).filter(
    ([name]) => names === undefined || names.includes(name),
  )
  const values = entries.map(([name, { field_values, ...field }]) => {
    const text = field_values.map((one) => ({ ...one, value: String(one.value ?? '') }))
    return [name, { ...field, field_values: asText === true ? text : field_values }]
  })
  return ok(
    {
      ...{
        metadata_values: Object.fromEntries(values),
        object_id: owner.objectId,
        object_type: owner.objectType,
      },
      ...(owner.versionId !== undefined && { version_id: owner.versionId }),
      ...{ date_created: stored.date_created, date_modified: stored.date_modified },
    },
    owner.objectId,
  )
}

/** Fails with 404 for an object that never had values. */
function inView(
  call: Call,
  owner: MetadataOwner,
  found: StoredMetadata | undefined,
  asText: boolean,
): IconikAnswer {
  const view = viewOf(call)
  if (found === undefined) throw IconikError.notFound('Metadata values for this object and view')
  return shown({ owner, stored: found, names: view.view_fields.map(({ name }) => name), asText })
}

/** Fails with 400 when the body names another object than the path. */
function checkNamed(call: Call<z.output<typeof valuesBody>>, owner: MetadataOwner): void {
  const { object_id = owner.objectId, object_type = owner.objectType } = call.body
  if (object_id !== owner.objectId || object_type !== owner.objectType) {
    throw IconikError.badRequest('Path and body name different objects')
  }
}

function write(call: Call<z.output<typeof valuesBody>>, owner: MetadataOwner): IconikAnswer {
  const view = viewOf(call)
  checkNamed(call, owner)
  const { version_id: versionId } = call.body
  const of = { ...owner, ...(versionId !== undefined && { versionId }) }
  const fields = mergedFields(call.rows, view)
  const stored = writeValues(call, { owner: of, changes: call.body.metadata_values, fields, viewId: view.id })
  return shown({ owner: of, stored, names: view.view_fields.map(({ name }) => name) })
}

function writeMany(call: Call, objectType: string, ids: readonly string[], changes: MetadataChanges): void {
  const view = viewOf(call)
  const fields = mergedFields(call.rows, view)
  checkPermission(call, 'write', objectType, ids)
  for (const objectId of ids)
    writeValues(call, { owner: { objectType, objectId }, changes, fields, viewId: view.id })
}

/** Fails with 403: calls without a view are for administrators. */
function checkAdmin(call: Call): void {
  if (!call.viewer.isAdmin) throw IconikError.forbidden()
}

export const valueRoutes: readonly Route[] = [
  route('metadata.readViewValues', 'GET', `${ofObject}views/{view_id}/`, {
    roles: reads,
    access: 'guest',
    query: { ...subclipQuery, reencode_values_to_string: flagOr(false) },
    handle: (call) => {
      const owner = ownerOf(call)
      checkOwner(call, owner)
      return inView(call, owner, metadataOf(call.rows, owner), call.query.reencode_values_to_string)
    },
  }),
  route('metadata.replaceViewValues', 'PUT', `${ofObject}views/{view_id}/`, {
    roles: writes,
    query: subclipQuery,
    body: valuesBody,
    handle: (call) => write(call, ownerOf(call)),
  }),
  route('metadata.readValues', 'GET', ofObject, {
    query: { ...subclipQuery, include_values_for_deleted_fields: flagOr(false) },
    handle: (call) => {
      checkAdmin(call)
      const owner = ownerOf(call)
      checkOwner(call, owner)
      const stored = metadataOf(call.rows, owner)
      if (stored === undefined) throw IconikError.notFound('Metadata values for this object')
      const known = call.rows.all('SELECT id FROM iconik_metadata_field').map(({ id }) => String(id))
      const withGone = call.query.include_values_for_deleted_fields
      return shown({ owner, stored, ...(!withGone && { names: known }) })
    },
  }),
  route('metadata.replaceValues', 'PUT', ofObject, {
    query: subclipQuery,
    body: valuesBody,
    handle: (call) => {
      checkAdmin(call)
      const owner = ownerOf(call)
      checkNamed(call, owner)
      return shown({ owner, stored: writeValues(call, { owner, changes: call.body.metadata_values }) })
    },
  }),
  route(
    'metadata.readVersionViewValues',
    'GET',
    '/v1/assets/{asset_id}/versions/{version_id}/views/{view_id}/',
    {
      roles: reads,
      query: { reencode_values_to_string: flagOr(false) },
      handle: (call) => {
        const objectId = call.param('asset_id')
        const versionId = call.param('version_id')
        const found = versionValues(call, objectId, versionId)
        const owner = { objectType: 'assets', objectId, versionId }
        return inView(call, owner, found, call.query.reencode_values_to_string)
      },
    },
  ),
  route('metadata.readPartViewValues', 'GET', `${ofPart}views/{view_id}/`, {
    roles: reads,
    query: { reencode_values_to_string: flagOr(false) },
    handle: (call) => {
      const owner = ownerOf(call)
      checkOwner(call, owner)
      return inView(call, owner, metadataOf(call.rows, owner), call.query.reencode_values_to_string)
    },
  }),
  route('metadata.readPartVersionMetadata', 'GET', `${ofPart}versions/{version_id}/views/{view_id}/`, {
    roles: reads,
    handle: (call) => {
      const owner = ownerOf(call)
      checkOwner(call, owner)
      return inView(call, owner, metadataOf(call.rows, owner), false)
    },
  }),
  route('metadata.replacePartViewValues', 'PUT', `${ofPart}views/{view_id}/`, {
    roles: writes,
    body: valuesBody,
    handle: (call) => write(call, ownerOf(call)),
  }),
  route('metadata.replaceViewValuesInBulk', 'PUT', '/v1/{object_type}/views/{view_id}/', {
    roles: writes,
    body: body({
      metadata_values: changesBody,
      object_ids: z.array(uuid).min(1).max(500),
      object_type: z.string().optional(),
      ...dates,
    }),
    handle: (call) => {
      const { object_ids, metadata_values } = call.body
      const objectType = call.param('object_type')
      checkAll(call, objectType, object_ids)
      call.rows.transaction(() => writeMany(call, objectType, object_ids, metadata_values))
      return done(202)
    },
  }),
  route('metadata.addViewValuesInBulk', 'POST', '/v1/{object_type}/views/{view_id}/', {
    roles: writes,
    body: body({
      asset_id: uuid.optional(),
      metadata_values_object_id_mapping: z.array(body({ id: uuid, metadata_values: changesBody })).max(500),
      object_ids: z.array(uuid).max(500),
      object_type: z.string().optional(),
      ...dates,
    }),
    handle: (call) => {
      const { object_ids, metadata_values_object_id_mapping: mapping } = call.body
      const objectType = call.param('object_type')
      checkAll(call, objectType, object_ids)
      if (mapping.some(({ id }) => !object_ids.includes(id))) {
        throw IconikError.badRequest({ object_ids: 'Does not name every object' })
      }
      call.rows.transaction(() => {
        for (const one of mapping) writeMany(call, objectType, [one.id], one.metadata_values)
      })
      return done(202)
    },
  }),
  route('metadata.replaceContentViewValues', 'PUT', '/v1/{object_type}/content/views/{view_id}/', {
    roles: writes,
    body: body({
      metadata_values: changesBody,
      object_ids: z.array(uuid).min(1).max(500),
      include_assets: z.boolean(),
      include_collections: z.boolean(),
      object_type: z.string().optional(),
      ...dates,
    }),
    handle: (call) => {
      const { object_ids, include_assets, include_collections, metadata_values } = call.body
      const { assets, collections } = contentOf(call, object_ids)
      call.rows.transaction(() => {
        if (include_assets) writeMany(call, 'assets', assets, metadata_values)
        if (include_collections) writeMany(call, 'collections', collections, metadata_values)
      })
      return done(202)
    },
  }),
]

function contentOf(
  call: Call,
  ids: readonly string[],
): { readonly assets: readonly string[]; readonly collections: readonly string[] } {
  if (call.param('object_type') === 'collections') {
    checkAll(call, 'collections', ids)
    return contentBelow(call.rows, ids)
  }
  if (call.param('object_type') !== 'saved_searches')
    throw IconikError.badRequest({ object_type: 'Has no content' })
  const found = ids.flatMap((id) => foundBySaved(call, id))
  const of = (type: string) => found.filter((one) => one.type === type).map(({ id }) => id)
  return { assets: of('assets'), collections: of('collections') }
}
