import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { where } from '../../sqlRows.ts'
import { noteHistory } from '../assets/history.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { anyObject, body, flag, flagOr, lastIdQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { archiveStatuses, componentTypes, type Format, fileSets, formats } from '../media/mediaRows.ts'
import { rowOf, scopeOf, scopeOfVersion, versionFor } from '../media/mediaScope.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'

const ofAsset = '/v1/assets/{asset_id}/formats' as const
const one = `${ofAsset}/{format_id}` as const
const byId = { format_id: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/ }
const active = where("status = 'ACTIVE'")

const component = {
  name: text.min(1),
  type: z.enum(componentTypes),
  metadata: z.record(z.string(), z.string()).optional(),
}
const formatFields = {
  name: text.min(1),
  user_id: uuid.optional(),
  version_id: uuid.optional(),
  status: z.enum(['ACTIVE', 'DELETED']).optional(),
  archive_status: z.enum(archiveStatuses).optional(),
  is_online: z.boolean().optional(),
  metadata: z.array(anyObject).max(10_000).optional(),
  components: z.array(z.strictObject(component)).optional(),
  storage_methods: z.array(z.string()).optional(),
}

const withIds = (components: readonly z.output<z.ZodObject<typeof component>>[]) =>
  components.map(({ metadata = {}, ...part }) => ({ id: randomUUID() as string, metadata, ...part }))

/** A format of the path's asset, deleted or not. Fails with 404. */
export const formatOf = (call: Call, id = call.param('format_id')): Format =>
  formats.parse(rowOf(call, formats, id, 'Format'))

/** Marks a format and its file sets as deleted, so that they can be had back. */
export function trashFormat(call: Call, format: Format): Format {
  const removal = { date_deleted: call.date, deleted_by_user: call.viewer.userId, date_modified: call.date }
  for (const set of fileSets.all(call.rows, [where('format_id = ?', format.id), active])) {
    fileSets.save(call.rows, { ...set, ...removal, status: 'DELETED' })
  }
  return formats.save(call.rows, { ...format, ...removal, status: 'DELETED' })
}

export function restoreFormat(call: Call, format: Format): Format {
  const restored = { date_deleted: undefined, deleted_by_user: undefined, date_modified: call.date }
  const gone = where("status = 'DELETED'")
  for (const set of fileSets.all(call.rows, [where('format_id = ?', format.id), gone])) {
    fileSets.save(call.rows, { ...set, ...restored, status: 'ACTIVE' })
  }
  return formats.save(call.rows, { ...format, ...restored, status: 'ACTIVE' })
}

/** Removes for good what was marked as deleted. Fails with 400 for what is not. */
export function purgeFormat(call: Call, format: Format): void {
  if (format.status !== 'DELETED') throw IconikError.badRequest('This format is not deleted')
  formats.remove(call.rows, format.id)
  call.api.worker.wake()
}

const remove = (call: Call, found: readonly Format[], isAtOnce: boolean | undefined): IconikAnswer =>
  call.rows.transaction(() => {
    for (const format of found) {
      noteHistory(call, {
        ...{ assetId: format.asset_id, versionId: format.version_id, operation: 'DELETE_FORMAT' },
        description: format.name,
      })
      if (isAtOnce === true) formats.remove(call.rows, format.id)
      else trashFormat(call, format)
    }
    call.api.worker.wake()
    return isAtOnce === true ? done(204) : ok(found.length === 1 ? formatOf(call, found[0]?.id) : {})
  })

const page = (call: Parameters<typeof lastIdPage>[0], conditions: ReturnType<typeof scopeOf>) =>
  ok(
    lastIdPage(call, { table: formats.table, conditions: [...conditions, active] }, (rows) =>
      rows.map((row) => formats.parse(row)),
    ),
  )

const readRoles = ['can_read_formats']
const writeRoles = ['can_write_formats']
const deleteRoles = ['can_delete_formats']

export const formatRoutes: readonly Route[] = [
  route('files.listFormats', 'GET', `${ofAsset}/`, {
    roles: readRoles,
    access: 'guest',
    query: { ...lastIdQuery, include_all_versions: flagOr(false) },
    handle: (call) => page(call, scopeOf(call, call.query.include_all_versions)),
  }),
  route('files.listVersionFormats', 'GET', '/v1/assets/{asset_id}/versions/{version_id}/formats/', {
    roles: readRoles,
    access: 'guest',
    query: lastIdQuery,
    handle: (call) => page(call, scopeOfVersion(call)),
  }),
  route('files.createFormat', 'POST', `${ofAsset}/`, {
    roles: writeRoles,
    access: 'guest',
    body: body(formatFields),
    handle(call) {
      const { components = [], version_id, ...fields } = call.body
      const { viewer, date } = call
      return call.rows.transaction(() => {
        const format = formats.insert(call.rows, {
          ...fields,
          user_id: fields.user_id ?? viewer.userId,
          ...{ id: randomUUID(), asset_id: call.param('asset_id'), version_id: versionFor(call, version_id) },
          ...{ components: withIds(components), date_created: date, date_modified: date },
        })
        noteHistory(call, {
          ...{ assetId: format.asset_id, versionId: format.version_id, operation: 'ADD_FORMAT' },
          description: format.name,
        })
        return created(format, format.id)
      })
    },
  }),
  route('files.readFormat', 'GET', `${one}/`, {
    where: byId,
    roles: readRoles,
    access: 'guest',
    handle: (call) => ok(formatOf(call)),
  }),
  route('files.readFormatByName', 'GET', `${ofAsset}/{name}/`, {
    roles: readRoles,
    access: 'guest',
    handle(call) {
      const named = where('name = ?', call.param('name'))
      const [found] = formats.all(call.rows, [...scopeOf(call), named, active], 'rowid DESC')
      if (found === undefined) throw IconikError.notFound('Format')
      return ok(found, found.id)
    },
  }),
  ...twins('files', 'Format', `${one}/`, {
    roles: writeRoles,
    body: body(formatFields),
    handle(call, mode) {
      const format = formatOf(call)
      const { components, version_id, ...sent } = call.body
      const fields = [
        ...(['name', 'user_id', 'status', 'archive_status', 'is_online', 'metadata'] as const),
        ...(['components', 'storage_methods'] as const),
      ] as const
      const user_id = sent.user_id ?? format.user_id
      const next = changed(
        format,
        fields,
        { ...sent, user_id, ...(components && { components: withIds(components) }) },
        mode,
      )
      const version = version_id === undefined ? format.version_id : versionFor(call, version_id)
      return ok(
        formats.save(call.rows, { ...next, version_id: version, date_modified: call.date }),
        format.id,
      )
    },
  }),
  route('files.deleteFormat', 'DELETE', `${one}/`, {
    where: byId,
    roles: deleteRoles,
    query: { immediately: flag.optional() },
    handle: (call) => remove(call, [formatOf(call)], call.query.immediately),
  }),
  route('files.deleteVersionFormats', 'DELETE', '/v1/assets/{asset_id}/versions/{version_id}/formats/', {
    roles: deleteRoles,
    query: { immediately: flag.optional() },
    handle: (call) =>
      remove(call, formats.all(call.rows, [...scopeOfVersion(call), active]), call.query.immediately),
  }),
  route('files.deleteAllFormats', 'DELETE', '/v1/assets/{asset_id}/versions/all/formats/', {
    roles: deleteRoles,
    query: { immediately: flag.optional() },
    handle: (call) =>
      remove(call, formats.all(call.rows, [...scopeOf(call, true), active]), call.query.immediately),
  }),
  route('files.restoreFormat', 'PUT', `${one}/restore/`, {
    roles: writeRoles,
    handle: (call) => ok(call.rows.transaction(() => restoreFormat(call, formatOf(call)))),
  }),
  route('files.purgeFormat', 'DELETE', `${one}/purge/`, {
    roles: deleteRoles,
    handle(call) {
      purgeFormat(call, formatOf(call))
      return done(204)
    },
  }),
  route('files.listComponents', 'GET', `${one}/components/`, {
    roles: readRoles,
    handle: (call) => ok({ objects: formatOf(call).components }),
  }),
  route('files.createComponent', 'POST', `${one}/components/`, {
    roles: ['can_create_formats'],
    body: body(component),
    handle(call) {
      const format = formatOf(call)
      const components = [...format.components, ...withIds([call.body])]
      formats.save(call.rows, { ...format, components, date_modified: call.date })
      return ok(components.at(-1))
    },
  }),
]
