import { z } from 'zod'
import type { MultipartUrls } from '../../s3/multipartUrls.ts'
import { type Call, done, type IconikAnswer, ok } from '../call.ts'
import { body, flagOr, number } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { abortUploads } from '../media/droppedObjects.ts'
import { files, type ObjectTable, objectKeyOf, proxies } from '../media/mediaRows.ts'
import { rowOf } from '../media/mediaScope.ts'
import { needsMd5, type Storage, storages } from '../media/storageRows.ts'
import { uploadUrls } from '../media/uploads.ts'
import { type Route, route } from '../route.ts'
import { fileOf } from './files.ts'

const maxParts = 10_000
const uploadId = z.string().min(1).max(200)

/** What an upload goes to: a file, or a proxy. */
interface Target {
  readonly documents: ObjectTable
  readonly id: string
  readonly storage: Storage | undefined
}

function ofFile(call: Call): Target {
  const file = fileOf(call)
  return { documents: files, id: file.id, storage: storages.find(call.rows, file.storage_id) }
}

function ofProxy(call: Call): Target {
  const proxy = proxies.parse(rowOf(call, proxies, call.param('proxy_id'), 'Proxy'))
  const storage = proxy.storage_id === undefined ? undefined : storages.find(call.rows, proxy.storage_id)
  return { documents: proxies, id: proxy.id, storage }
}

const urlsOf = (call: Call, { documents, id, storage }: Target): MultipartUrls =>
  uploadUrls(call, documents, id, storage)

const urlTypes = ['complete_url', 'abort_url', 'list_parts_url'] as const
const urlQuery = {
  upload_id: uploadId,
  type: z.enum(urlTypes).optional(),
  max_part_number: number.pipe(z.number().min(1).max(maxParts)).optional(),
}

function readUrls(call: Call<unknown, z.output<z.ZodObject<typeof urlQuery>>>, target: Target): IconikAnswer {
  const { upload_id, type, max_part_number = maxParts } = call.query
  const urls = urlsOf(call, target)
  const make = {
    complete_url: () => urls.complete(upload_id),
    abort_url: () => urls.abort(upload_id),
    list_parts_url: () => urls.listParts(upload_id, max_part_number),
  }
  const wanted = type === undefined ? urlTypes : [type]
  return ok(Object.fromEntries(wanted.map((name) => [name, make[name]()])), target.id)
}

const partQuery = {
  upload_id: uploadId.optional(),
  parts_num: number.pipe(z.number().min(1).max(maxParts)),
  per_page: number.pipe(z.number().min(1).max(1000)).default(10),
  page: number.pipe(z.number().min(1)).default(1),
}

function listPartUrls(
  call: Call<unknown, z.output<z.ZodObject<typeof partQuery>>>,
  target: Target,
): IconikAnswer {
  const { upload_id, parts_num, per_page, page } = call.query
  if (upload_id === undefined) throw IconikError.badRequest({ upload_id: 'This storage needs it' })
  if (target.storage !== undefined && needsMd5(target.storage)) {
    throw IconikError.badRequest('This storage signs parts with their MD5 only')
  }
  const urls = urlsOf(call, target)
  const first = (page - 1) * per_page + 1
  const last = Math.min(parts_num, first + per_page - 1)
  if (first > parts_num) throw IconikError.notFound('Requested page')
  const numbers = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  return ok(
    { objects: numbers.map((part) => ({ number: part, url: urls.part(upload_id, part) })) },
    target.id,
  )
}

/** Ends the upload that nobody goes on with, or all of them when none is named. */
async function clean(
  call: Call,
  target: Target,
  upload: string | undefined,
  isAborted: boolean,
): Promise<IconikAnswer> {
  const key = objectKeyOf(call.rows, target.documents, target.id)
  if (isAborted && key !== undefined) await abortUploads(call.api.store, key, upload)
  return done(200, target.id)
}

const file = '/v1/assets/{asset_id}/files/{file_id}' as const
const proxy = '/v1/assets/{asset_id}/proxies/{proxy_id}' as const
const fileRoles = ['can_write_files']
const proxyRoles = ['can_write_proxies']
/** Temporary files are gateways' business; the flag is known and must be false. */
const temporary = flagOr(false).refine((isTemporary) => !isTemporary, 'There are no temporary files here')

export const multipartRoutes: readonly Route[] = [
  route('files.readMultipartUrl', 'GET', `${file}/multipart_url/`, {
    roles: fileRoles,
    access: 'guest',
    query: { ...urlQuery, temporary },
    handle: (call) => readUrls(call, ofFile(call)),
  }),
  route('files.listPartUrls', 'GET', `${file}/multipart_url/part/`, {
    roles: fileRoles,
    access: 'guest',
    query: { ...partQuery, temporary },
    handle: (call) => listPartUrls(call, ofFile(call)),
  }),
  route('files.createPartUrls', 'POST', `${file}/multipart_url/s3/part/`, {
    roles: fileRoles,
    access: 'guest',
    query: { temporary },
    body: body({
      upload_id: uploadId,
      parts: z
        .array(
          z.strictObject({
            part_number: z.number().int().min(1).max(maxParts),
            checksum: z.base64().length(24, 'This is no MD5 in base64').nullish(),
          }),
        )
        .min(1)
        .max(1000),
    }),
    handle(call) {
      const target = ofFile(call)
      const urls = urlsOf(call, target)
      const { upload_id, parts } = call.body
      const isStrict = target.storage !== undefined && needsMd5(target.storage)
      return ok({
        upload_id,
        parts: parts.map(({ part_number, checksum }) => {
          if (isStrict && !checksum) throw IconikError.badRequest({ checksum: 'This storage needs the MD5' })
          return { part_number, checksum, url: urls.part(upload_id, part_number, checksum ?? undefined) }
        }),
      })
    },
  }),
  route('files.cleanMultipart', 'POST', `${file}/multipart/cleanup/`, {
    roles: fileRoles,
    access: 'guest',
    body: body({
      upload_id: uploadId.optional(),
      abort_upload: z.boolean().optional(),
      parts_number: z.number().int().min(1).optional(),
      parts_group_number: z.number().int().nullish(),
      temporary: z.literal(false).optional(),
    }),
    handle: (call) => clean(call, ofFile(call), call.body.upload_id, call.body.abort_upload === true),
  }),
  route('files.readProxyMultipartUrl', 'GET', `${proxy}/multipart_url/`, {
    roles: proxyRoles,
    query: urlQuery,
    handle: (call) => readUrls(call, ofProxy(call)),
  }),
  route('files.listProxyPartUrls', 'GET', `${proxy}/multipart_url/part/`, {
    roles: proxyRoles,
    query: partQuery,
    handle: (call) => listPartUrls(call, ofProxy(call)),
  }),
  route('files.cleanProxyMultipart', 'POST', `${proxy}/multipart/cleanup/`, {
    roles: proxyRoles,
    body: body({ upload_id: uploadId.optional(), abort_upload: z.boolean().optional() }),
    handle: (call) => clean(call, ofProxy(call), call.body.upload_id, call.body.abort_upload === true),
  }),
]
