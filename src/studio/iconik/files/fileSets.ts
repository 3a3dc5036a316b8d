import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { noteHistory } from '../assets/history.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, flagOr, lastIdQuery, text, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type FileSet, fileSets, files, formats } from '../media/mediaRows.ts'
import { rowOf, scopeOf, scopeOfVersion } from '../media/mediaScope.ts'
import { type Disposition, shownFile } from '../media/shownMedia.ts'
import { storages } from '../media/storageRows.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'
import { formatOf } from './formats.ts'

const ofAsset = '/v1/assets/{asset_id}/file_sets' as const
const one = `${ofAsset}/{file_set_id}` as const
const present = where("status <> 'DELETED'")

const fileSetFields = {
  name: text.min(1),
  base_dir: text,
  format_id: uuid,
  component_ids: z.array(uuid),
  storage_id: uuid.optional(),
  original_storage_id: uuid.optional(),
  version_id: uuid.optional(),
  is_archive: z.boolean().optional(),
  archive_file_set_id: uuid.optional(),
  status: z.enum(['ACTIVE', 'ARCHIVED', 'DELETED']).optional(),
}

const fileCount = (call: Call, id: string): number =>
  Number(call.rows.get('SELECT count(*) AS n FROM iconik_file WHERE file_set_id = ?', id)?.['n'])

const fileSetOf = (call: Call): FileSet =>
  fileSets.parse(rowOf(call, fileSets, call.param('file_set_id'), 'File set'))

/** Fails with 400 for what the file set names and is not there. */
function checkNamed(
  call: Call,
  sent: { format_id?: string | undefined; storage_id?: string | undefined },
): void {
  const format = sent.format_id === undefined ? undefined : formats.find(call.rows, sent.format_id)
  if (sent.format_id !== undefined && format?.asset_id !== call.param('asset_id')) {
    throw IconikError.badRequest({ format_id: 'This asset has no such format' })
  }
  if (sent.storage_id !== undefined && storages.find(call.rows, sent.storage_id) === undefined) {
    throw IconikError.badRequest({ storage_id: 'There is no such storage' })
  }
}

export function restoreFileSet(call: Call, set: FileSet): FileSet {
  noteHistory(call, { assetId: set.asset_id, versionId: set.version_id, operation: 'RESTORE_FILESET' })
  const restored = { date_deleted: undefined, deleted_by_user: undefined, date_modified: call.date }
  return fileSets.save(call.rows, { ...set, ...restored, status: 'ACTIVE' })
}

/** Removes for good what was marked as deleted. Fails with 400 for what is not. */
export function purgeFileSet(call: Call, set: FileSet): void {
  if (set.status !== 'DELETED') throw IconikError.badRequest('This file set is not deleted')
  fileSets.remove(call.rows, set.id)
  call.api.worker.wake()
}

function trash(call: Call, set: FileSet): FileSet {
  noteHistory(call, { assetId: set.asset_id, versionId: set.version_id, operation: 'DELETE_FILESET' })
  const removal = { date_deleted: call.date, deleted_by_user: call.viewer.userId, date_modified: call.date }
  return fileSets.save(call.rows, { ...set, ...removal, status: 'DELETED' })
}

type ListCall = Parameters<typeof lastIdPage>[0]
const page = (call: ListCall, conditions: readonly Condition[], hasCount: boolean) =>
  ok(
    lastIdPage(call, { table: fileSets.table, conditions: [...conditions, present] }, (rows) =>
      rows.map((row) => {
        const set = fileSets.parse(row)
        return hasCount ? { ...set, file_count: fileCount(call, set.id) } : set
      }),
    ),
  )

const trashAll = (call: Call, conditions: readonly Condition[]): IconikAnswer =>
  call.rows.transaction(() => {
    for (const set of fileSets.all(call.rows, [...conditions, present])) trash(call, set)
    return ok({})
  })

const filesOf = (call: ListCall, setId: string, hasUrl: boolean) => {
  const showing = { call, hasUrl, disposition: 'inline' as Disposition }
  const listing = { table: files.table, conditions: [where('file_set_id = ?', setId)] }
  return ok(lastIdPage(call, listing, (rows) => rows.map((row) => shownFile(showing, row))))
}

const readRoles = ['can_read_files']
const writeRoles = ['can_write_files']
const deleteRoles = ['can_delete_files']

export const fileSetRoutes: readonly Route[] = [
  route('files.listFileSets', 'GET', `${ofAsset}/`, {
    roles: readRoles,
    access: 'guest',
    query: { ...lastIdQuery, file_count: flagOr(false) },
    handle: (call) => page(call, scopeOf(call), call.query.file_count),
  }),
  route('files.listVersionFileSets', 'GET', '/v1/assets/{asset_id}/versions/{version_id}/file_sets/', {
    roles: readRoles,
    access: 'guest',
    query: { ...lastIdQuery, file_count: flagOr(false) },
    handle: (call) => page(call, scopeOfVersion(call), call.query.file_count),
  }),
  route('files.listFileSetsOfFormat', 'GET', '/v1/assets/{asset_id}/formats/{format_id}/file_sets/', {
    roles: readRoles,
    query: lastIdQuery,
    handle: (call) => page(call, [where('format_id = ?', formatOf(call).id)], false),
  }),
  route('files.createFileSet', 'POST', `${ofAsset}/`, {
    roles: writeRoles,
    access: 'guest',
    body: body(fileSetFields),
    handle(call) {
      checkNamed(call, call.body)
      const { version_id, ...fields } = call.body
      const format = formatOf(call, call.body.format_id)
      if (version_id !== undefined && version_id !== format.version_id) {
        throw IconikError.badRequest({ version_id: 'The format is of another version' })
      }
      const set = fileSets.insert(call.rows, {
        ...fields,
        ...{ id: randomUUID(), asset_id: format.asset_id, version_id: format.version_id },
        ...{ date_created: call.date, date_modified: call.date },
      })
      return created(set, set.id)
    },
  }),
  route('files.readFileSet', 'GET', `${one}/`, {
    roles: readRoles,
    access: 'guest',
    handle(call) {
      const set = fileSetOf(call)
      return ok({ ...set, file_count: fileCount(call, set.id) }, set.id)
    },
  }),
  ...twins('files', 'FileSet', `${one}/`, {
    roles: writeRoles,
    body: body(fileSetFields),
    handle(call, mode) {
      const set = fileSetOf(call)
      checkNamed(call, call.body)
      const fields = [
        ...(['name', 'base_dir', 'format_id', 'component_ids', 'storage_id', 'original_storage_id'] as const),
        ...(['is_archive', 'archive_file_set_id', 'status'] as const),
      ] as const
      const next = changed(set, fields, call.body, mode)
      noteHistory(call, { assetId: set.asset_id, versionId: set.version_id, operation: 'MODIFY_FILESET' })
      return ok(fileSets.save(call.rows, { ...next, date_modified: call.date }), set.id)
    },
  }),
  route('files.deleteFileSet', 'DELETE', `${one}/`, {
    roles: deleteRoles,
    query: { keep_source: flagOr(false), immediately: flagOr(false) },
    handle(call) {
      const set = fileSetOf(call)
      return call.rows.transaction(() => {
        const trashed = trash(call, set)
        if (!call.query.immediately) return ok(trashed, set.id)
        purgeFileSet(call, trashed)
        return done(204, set.id)
      })
    },
  }),
  route('files.deleteVersionFileSets', 'DELETE', '/v1/assets/{asset_id}/versions/{version_id}/file_sets/', {
    roles: deleteRoles,
    query: lastIdQuery,
    handle: (call) => trashAll(call, scopeOfVersion(call)),
  }),
  route('files.deleteAllFileSets', 'DELETE', '/v1/assets/{asset_id}/versions/all/file_sets/', {
    roles: deleteRoles,
    query: lastIdQuery,
    handle: (call) => trashAll(call, scopeOf(call, true)),
  }),
  route('files.restoreFileSet', 'PUT', `${one}/restore/`, {
    roles: writeRoles,
    handle: (call) => ok(call.rows.transaction(() => restoreFileSet(call, fileSetOf(call)))),
  }),
  route('files.purgeFileSet', 'DELETE', `${one}/purge/`, {
    roles: deleteRoles,
    handle(call) {
      purgeFileSet(call, fileSetOf(call))
      return done(204)
    },
  }),
  route('files.listFilesOfFileSet', 'GET', `${one}/files/`, {
    roles: readRoles,
    access: 'guest',
    query: { ...lastIdQuery, generate_signed_url: flagOr(true), file_count: flagOr(false) },
    handle: (call) => filesOf(call, fileSetOf(call).id, call.query.generate_signed_url),
  }),
]
