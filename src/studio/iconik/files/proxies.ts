import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, flagOr, integer, lastIdQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import {
  fileStatuses,
  type MediaProxy,
  ownKey,
  proxies,
  resolutionSchema,
  setObjectKey,
} from '../media/mediaRows.ts'
import { rowOf, scopeOf, scopeOfVersion, versionFor } from '../media/mediaScope.ts'
import { type Disposition, shownProxy, urlOf } from '../media/shownMedia.ts'
import { defaultStorage, isRemote, storages } from '../media/storageRows.ts'
import { checkBytes, uploadFields } from '../media/uploads.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'
import { checkRight } from '../shares/guest.ts'

const ofAsset = '/v1/assets/{asset_id}/proxies' as const
const one = `${ofAsset}/{proxy_id}` as const

const proxyFields = {
  asset_id: uuid.optional(),
  version_id: uuid.nullish(),
  storage_id: uuid.optional(),
  name: text.optional(),
  filename: text.optional(),
  format: text.optional(),
  codec: text.optional(),
  status: z.enum(fileStatuses).optional(),
  resolution: resolutionSchema.partial().optional(),
  rotation: integer.nullish(),
  size: integer.min(0).nullish(),
  bit_rate: integer.optional(),
  audio_bitrate: integer.optional(),
  frame_rate: text.nullish(),
  is_drop_frame: z.boolean().nullish(),
  start_time_code: text.nullish(),
}
const writable = [
  ...(['storage_id', 'name', 'filename', 'format', 'codec', 'status', 'resolution', 'rotation'] as const),
  ...(['size', 'bit_rate', 'audio_bitrate', 'frame_rate', 'is_drop_frame', 'start_time_code'] as const),
] as const

const disposition = z.enum(['inline', 'attachment']).default('inline')

export const proxyOf = (call: Call): MediaProxy =>
  proxies.parse(rowOf(call, proxies, call.param('proxy_id'), 'Proxy'))

/** A guest who may not download gets URLs for watching only. */
function dispositionFor(call: Call, wanted: Disposition): Disposition {
  if (wanted === 'attachment') checkRight(call, 'allow_download_proxy')
  return wanted
}

const shownOne = (call: Call, id: string, kind: Disposition = 'inline') =>
  shownProxy({ call, hasUrl: true, disposition: kind }, rowOf(call, proxies, id, 'Proxy'))

const listQuery = {
  ...lastIdQuery,
  generate_signed_url: flagOr(true),
  content_disposition: disposition,
  bypass_url_cache: flagOr(false),
}

function page(
  call: Call<unknown, z.output<z.ZodObject<typeof listQuery>>>,
  conditions: readonly Condition[],
) {
  const { generate_signed_url: hasUrl, content_disposition } = call.query
  const showing = { call, hasUrl, disposition: dispositionFor(call, content_disposition) }
  const listing = { table: proxies.table, conditions: [...conditions, where("status <> 'DELETED'")] }
  return ok(lastIdPage(call, listing, (rows) => rows.map((row) => shownProxy(showing, row))))
}

function add(call: Call<z.output<z.ZodObject<typeof proxyFields>>>): IconikAnswer {
  const { version_id, asset_id: _asset, storage_id, ...sent } = call.body
  const storage =
    storage_id === undefined ? defaultStorage(call.rows, 'PROXIES') : storages.find(call.rows, storage_id)
  if (storage === undefined) throw IconikError.badRequest({ storage_id: 'There is no such storage' })
  const id = randomUUID()
  const name = sent.filename ?? sent.name ?? `${id}.mp4`
  const proxy = call.rows.transaction(() => {
    const added = proxies.insert(call.rows, {
      ...sent,
      ...{ id, asset_id: call.param('asset_id'), version_id: versionFor(call, version_id) },
      ...{ storage_id: storage.id, filename: name, date_created: call.date, date_modified: call.date },
    })
    if (isRemote(storage)) setObjectKey(call.rows, proxies, id, ownKey(id, encodeURIComponent(name)))
    if (added.status === 'CLOSED') checkBytes(call, proxies, added)
    return added
  })
  return created({ ...shownOne(call, proxy.id), ...uploadFields(call, proxies, proxy) }, proxy.id)
}

const remove = (call: Call, conditions: readonly Condition[]): IconikAnswer =>
  call.rows.transaction(() => {
    for (const { id } of proxies.all(call.rows, conditions)) proxies.remove(call.rows, id)
    call.api.worker.wake()
    return done(204)
  })

const setPublic = (call: Call, is_public: boolean): IconikAnswer => {
  const proxy = proxies.save(call.rows, { ...proxyOf(call), is_public, date_modified: call.date })
  return created(shownOne(call, proxy.id), proxy.id)
}

const readRoles = ['can_read_proxies']
const writeRoles = ['can_write_proxies']
const deleteRoles = ['can_delete_proxies']

export const proxyRoutes: readonly Route[] = [
  route('files.listProxies', 'GET', `${ofAsset}/`, {
    roles: readRoles,
    access: 'guest',
    query: { ...listQuery, include_all_versions: flagOr(false) },
    handle: (call) => page(call, scopeOf(call, call.query.include_all_versions)),
  }),
  route('files.listVersionProxies', 'GET', '/v1/assets/{asset_id}/versions/{version_id}/proxies/', {
    roles: readRoles,
    access: 'guest',
    query: listQuery,
    handle: (call) => page(call, scopeOfVersion(call)),
  }),
  route('files.createProxy', 'POST', `${ofAsset}/`, {
    roles: writeRoles,
    body: body(proxyFields),
    handle: add,
  }),
  route('files.readProxy', 'GET', `${one}/`, {
    roles: readRoles,
    access: 'guest',
    query: { content_disposition: disposition },
    handle: (call) =>
      ok(shownOne(call, proxyOf(call).id, dispositionFor(call, call.query.content_disposition))),
  }),
  ...twins('files', 'Proxy', `${one}/`, {
    roles: writeRoles,
    body: body(proxyFields),
    handle(call, mode) {
      const old = proxyOf(call)
      const { version_id, asset_id: _asset, ...sent } = call.body
      const { storage_id = old.storage_id, status = old.status, filename = old.filename } = sent
      const next = changed(old, writable, { ...sent, storage_id, status, filename }, mode)
      const isClosed = next.status === 'CLOSED' && old.status !== 'CLOSED'
      const bytes = isClosed ? checkBytes(call, proxies, next) : undefined
      const size = next.size ?? bytes
      proxies.save(call.rows, {
        ...next,
        ...(size !== undefined && { size }),
        version_id: version_id == null ? old.version_id : versionFor(call, version_id),
        date_modified: call.date,
      })
      return ok(shownOne(call, old.id), old.id)
    },
  }),
  route('files.deleteProxy', 'DELETE', `${one}/`, {
    roles: deleteRoles,
    handle: (call) => remove(call, [where('id = ?', proxyOf(call).id)]),
  }),
  route('files.deleteVersionProxies', 'DELETE', '/v1/assets/{asset_id}/versions/{version_id}/proxies/', {
    roles: deleteRoles,
    handle: (call) => remove(call, scopeOfVersion(call)),
  }),
  route('files.deleteAllProxies', 'DELETE', '/v1/assets/{asset_id}/versions/all/proxies/', {
    roles: deleteRoles,
    handle: (call) => remove(call, scopeOf(call, true)),
  }),
  route('files.readProxyDownloadUrl', 'GET', `${one}/download_url/`, {
    roles: readRoles,
    access: 'guest',
    handle(call) {
      const proxy = proxyOf(call)
      checkRight(call, 'allow_download_proxy')
      const row = rowOf(call, proxies, proxy.id, 'Proxy')
      const { url } = urlOf({ call, hasUrl: true, disposition: 'attachment' }, row, proxy.filename ?? 'proxy')
      if (url === undefined) throw IconikError.notFound('Proxy')
      return ok({ url }, proxy.id)
    },
  }),
  route('files.publishProxy', 'POST', `${one}/public/`, {
    roles: writeRoles,
    handle: (call) => setPublic(call, true),
  }),
  route('files.unpublishProxy', 'DELETE', `${one}/public/`, {
    roles: writeRoles,
    handle: (call) => setPublic(call, false),
  }),
]
