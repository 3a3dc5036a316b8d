import { randomUUID } from 'node:crypto'
import { extname } from 'node:path'
import { z } from 'zod'
import { type Condition, where } from '../../sqlRows.ts'
import { readable } from '../acls/aclRows.ts'
import { noteHistory } from '../assets/history.ts'
import { type Call, created, done, type IconikAnswer, ok } from '../call.ts'
import { changed, twins } from '../change.ts'
import { body, date, flagOr, integer, lastIdQuery, uuid } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import {
  fileSets,
  fileStatuses,
  files,
  formats,
  type MediaFile,
  ownKey,
  setObjectKey,
} from '../media/mediaRows.ts'
import { rowOf, scopeOf, scopeOfVersion } from '../media/mediaScope.ts'
import { shownFile, urlOf } from '../media/shownMedia.ts'
import { isRemote, type Storage, storages } from '../media/storageRows.ts'
import { checkBytes, uploadFields } from '../media/uploads.ts'
import { lastIdPage } from '../page.ts'
import { type Route, route } from '../route.ts'

const ofAsset = '/v1/assets/{asset_id}/files' as const
const one = `${ofAsset}/{file_id}` as const

/** A name without a way out of its folder. */
const fileName = z
  .string()
  .min(1)
  .max(500)
  .refine((name) => !/[/\\]|\p{Cc}/u.test(name) && name !== '.' && name !== '..', 'This is no name of a file')
const folderPath = z
  .string()
  .max(2000)
  .refine((path) => !path.startsWith('/') && !path.split(/[/\\]/).includes('..'), 'This is no folder')

const fileFields = {
  original_name: fileName,
  directory_path: folderPath,
  type: z.enum(['FILE', 'DIRECTORY', 'SYMLINK']),
  file_set_id: uuid,
  asset_id: uuid.optional(),
  format_id: uuid.optional(),
  storage_id: uuid.optional(),
  version_id: uuid.optional(),
  parent_id: uuid.nullish(),
  name: fileName.optional(),
  size: integer.min(0).optional(),
  checksum: z.string().max(200).nullish(),
  status: z.enum(fileStatuses).optional(),
  file_date_created: date.optional(),
  file_date_modified: date.optional(),
  user_id: uuid.nullish(),
}
const disposition = z.enum(['inline', 'attachment']).default('inline')

/** A file of the path's asset. Fails with 404. */
export const fileOf = (call: Call): MediaFile =>
  files.parse(rowOf(call, files, call.param('file_id'), 'File'))

const shownOne = (call: Call, id: string, kind: 'inline' | 'attachment' = 'inline') =>
  shownFile({ call, hasUrl: true, disposition: kind }, rowOf(call, files, id, 'File'))

type Sent = Partial<z.output<z.ZodObject<typeof fileFields>>>

/** File set, format and storage of a file must belong together. Fails with 400. */
function placeOf(call: Call, sent: Sent, old?: MediaFile) {
  const set = fileSets.find(call.rows, sent.file_set_id ?? old?.file_set_id ?? '')
  if (set?.asset_id !== call.param('asset_id')) {
    throw IconikError.badRequest({ file_set_id: 'This asset has no such file set' })
  }
  const formatId = sent.format_id ?? old?.format_id ?? set.format_id
  if (formatId !== set.format_id || formats.find(call.rows, formatId) === undefined) {
    throw IconikError.badRequest({ format_id: 'The file set is of another format' })
  }
  if (sent.version_id !== undefined && sent.version_id !== set.version_id) {
    throw IconikError.badRequest({ version_id: 'The file set is of another version' })
  }
  if (sent.asset_id !== undefined && sent.asset_id !== set.asset_id) {
    throw IconikError.badRequest({ asset_id: 'This is not the asset of the path' })
  }
  const storage = storages.find(call.rows, sent.storage_id ?? old?.storage_id ?? set.storage_id ?? '')
  if (storage === undefined) throw IconikError.badRequest({ storage_id: 'There is no such storage' })
  return { set, storage, formatId }
}

/** A name that no other file has. */
const generatedName = (id: string, original: string): string => {
  const ending = extname(original)
  return `${original.slice(0, original.length - ending.length)}_${id}${ending}`
}

function addFile(
  call: Call,
  sent: Sent & { original_name: string; directory_path: string; type: MediaFile['type'] },
): MediaFile {
  const { set, storage, formatId } = placeOf(call, sent)
  const id = randomUUID()
  const { viewer, date: now } = call
  const name = sent.name ?? generatedName(id, sent.original_name)
  const file = files.insert(call.rows, {
    user_id: viewer.userId,
    ...sent,
    ...{ id, name, asset_id: set.asset_id, version_id: set.version_id, format_id: formatId },
    ...{ file_set_id: set.id, storage_id: storage.id, system_domain_id: viewer.systemDomainId },
    ...{ date_created: now, date_modified: now },
  })
  if (isRemote(storage) && file.type === 'FILE') setObjectKey(call.rows, files, id, ownKey(id, name))
  if (file.status === 'CLOSED') checkBytes(call, files, file)
  return file
}

function saveFile(call: Call, old: MediaFile, next: MediaFile): MediaFile {
  const isClosed = next.status === 'CLOSED' && old.status !== 'CLOSED'
  const bytes = isClosed ? checkBytes(call, files, next) : undefined
  const size = next.size ?? bytes
  const saved = files.save(call.rows, {
    ...next,
    ...(size !== undefined && { size }),
    date_modified: call.date,
  })
  if (isClosed) becameOnline(call, saved, storages.get(call.rows, saved.storage_id))
  return saved
}

/** A format is online once the first of its files is there. */
function becameOnline(call: Call, file: MediaFile, storage: Storage): void {
  const format = file.format_id === undefined ? undefined : formats.find(call.rows, file.format_id)
  if (format === undefined) return
  const storage_methods = [...new Set([...format.storage_methods, storage.method])]
  formats.save(call.rows, { ...format, storage_methods, is_online: true, date_modified: call.date })
  for (const table of ['iconik_version', 'iconik_asset'] as const) {
    const sql = `UPDATE ${table} SET document = json_set(document, '$.is_online', json('true')) WHERE id = ?`
    call.rows.run(sql, table === 'iconik_asset' ? file.asset_id : file.version_id)
  }
}

/** Files of a file set that was deleted are with it. */
const inPresentSets = where(
  "file_set_id IN (SELECT id FROM iconik_file_set s WHERE s.id = file_set_id AND s.status <> 'DELETED')",
)

const listQuery = { ...lastIdQuery, content_disposition: disposition }

function page(
  call: Call<
    unknown,
    { per_page: number; last_id?: string | undefined; content_disposition: 'inline' | 'attachment' }
  >,
  conditions: readonly Condition[],
  hasUrl: boolean,
): IconikAnswer {
  const showing = { call, hasUrl, disposition: call.query.content_disposition }
  const listing = { table: files.table, conditions: [...conditions, inPresentSets] }
  return ok(lastIdPage(call, listing, (rows) => rows.map((row) => shownFile(showing, row))))
}

function removeAll(call: Call, found: readonly MediaFile[]): IconikAnswer {
  return call.rows.transaction(() => {
    for (const file of found) {
      noteHistory(call, {
        ...{ assetId: file.asset_id, versionId: file.version_id, operation: 'DELETE_FILE' },
        description: file.original_name,
      })
      files.remove(call.rows, file.id)
    }
    call.api.worker.wake()
    return done(204)
  })
}

const readRoles = ['can_read_files']
const writeRoles = ['can_write_files']
const deleteRoles = ['can_delete_files']

export const fileRoutes: readonly Route[] = [
  route('files.listFiles', 'GET', `${ofAsset}/`, {
    roles: readRoles,
    access: 'guest',
    query: { ...listQuery, generate_signed_url: flagOr(false) },
    handle: (call) => page(call, scopeOf(call), call.query.generate_signed_url),
  }),
  route('files.listVersionFiles', 'GET', '/v1/assets/{asset_id}/versions/{version_id}/files/', {
    roles: readRoles,
    access: 'guest',
    query: { ...listQuery, generate_signed_url: flagOr(true) },
    handle: (call) => page(call, scopeOfVersion(call), call.query.generate_signed_url),
  }),
  route('files.createFile', 'POST', `${ofAsset}/`, {
    roles: writeRoles,
    access: 'guest',
    body: body(fileFields),
    handle(call) {
      const file = call.rows.transaction(() => addFile(call, call.body))
      return created(
        { ...shownOne(call, file.id), ...uploadFields(call, files, file), upload_filename: file.name },
        file.id,
      )
    },
  }),
  route('files.readFile', 'GET', `${one}/`, {
    roles: readRoles,
    access: 'guest',
    query: {
      generate_signed_post_url: flagOr(false),
      content_disposition: disposition,
      bypass_url_cache: flagOr(false),
    },
    handle(call) {
      const file = fileOf(call)
      const upload = call.query.generate_signed_post_url ? uploadFields(call, files, file) : {}
      return ok({ ...shownOne(call, file.id, call.query.content_disposition), ...upload }, file.id)
    },
  }),
  ...twins('files', 'File', `${one}/`, {
    roles: writeRoles,
    access: 'guest',
    body: body({ ...fileFields, system_domain_id: uuid.optional() }),
    handle(call, mode) {
      const old = fileOf(call)
      const { asset_id: _asset, version_id: _version, system_domain_id: _domain, ...sent } = call.body
      const { set, storage, formatId } = placeOf(call, call.body, old)
      const fields = [
        ...(['original_name', 'directory_path', 'type', 'parent_id', 'name', 'size', 'checksum'] as const),
        ...(['status', 'file_date_created', 'file_date_modified', 'user_id'] as const),
      ] as const
      const status = sent.status ?? old.status
      const next = changed(old, fields, { ...sent, status, name: sent.name ?? old.name }, mode)
      const place = { file_set_id: set.id, format_id: formatId, storage_id: storage.id }
      call.rows.transaction(() => saveFile(call, old, { ...next, ...place }))
      return ok(shownOne(call, old.id), old.id)
    },
  }),
  route('files.deleteFile', 'DELETE', `${one}/`, {
    roles: deleteRoles,
    handle: (call) => removeAll(call, [fileOf(call)]),
  }),
  route('files.deleteVersionFiles', 'DELETE', '/v1/assets/{asset_id}/versions/{version_id}/files/', {
    roles: deleteRoles,
    handle: (call) => removeAll(call, files.all(call.rows, scopeOfVersion(call))),
  }),
  route('files.deleteAllFiles', 'DELETE', '/v1/assets/{asset_id}/versions/all/files/', {
    roles: deleteRoles,
    handle: (call) => removeAll(call, files.all(call.rows, scopeOf(call, true))),
  }),
  route('files.readFileDownloadUrl', 'GET', `${one}/download_url/`, {
    roles: readRoles,
    access: 'guest',
    handle(call) {
      const file = fileOf(call)
      const row = rowOf(call, files, file.id, 'File')
      const { url } = urlOf({ call, hasUrl: true, disposition: 'attachment' }, row, file.original_name)
      if (url === undefined) throw IconikError.notFound('File')
      noteHistory(call, {
        ...{ assetId: file.asset_id, versionId: file.version_id, operation: 'DOWNLOAD' },
        description: file.original_name,
      })
      return ok({ url }, file.id)
    },
  }),
  route('files.findFilesByChecksum', 'GET', '/v1/files/checksum/{checksum}/', {
    roles: readRoles,
    query: lastIdQuery,
    handle(call) {
      const conditions = [
        where('checksum = ?', call.param('checksum')),
        ...readable(call.rows, call.viewer, "'assets'", 'asset_id'),
      ]
      const showing = { call, hasUrl: false, disposition: 'inline' as const }
      const found = lastIdPage(call, { table: files.table, conditions }, (rows) =>
        rows.map((row) => shownFile(showing, row)),
      )
      if (found.total === 0) throw IconikError.notFound('A file with this checksum')
      return ok(found)
    },
  }),
]
