import { z } from 'zod'
import type { Call, IconikAnswer } from '../call.ts'
import { body, flagOr } from '../fields.ts'
import { IconikError } from '../iconikError.ts'
import { type Route, route } from '../route.ts'
import { fileOf } from './files.ts'

const one = '/v1/assets/{asset_id}/files/{file_id}' as const
const options = { roles: ['can_write_files'], query: { temporary: flagOr(false) } }
const group = z.number().int().nullish()

/** Such uploads are of other clouds; a studio stores on S3 alone. */
function refuse(call: Call): IconikAnswer {
  fileOf(call)
  throw IconikError.badRequest('The storage takes no uploads of this kind')
}

/** Uploads to Backblaze and Google, and files behind a gateway: looked at as strictly as any call, and refused. */
export const otherStorageRoutes: readonly Route[] = [
  route('files.startB2Multipart', 'POST', `${one}/multipart/b2/start/`, {
    ...options,
    body: body({ upload_file_id: z.string().nullish() }),
    handle: refuse,
  }),
  route('files.finishB2Multipart', 'POST', `${one}/multipart/b2/finish/`, {
    ...options,
    body: body({ upload_file_id: z.string(), sha1_list: z.array(z.string()) }),
    handle: refuse,
  }),
  route('files.cancelB2Multipart', 'POST', `${one}/multipart/b2/cancel/`, {
    ...options,
    body: body({ upload_file_id: z.string() }),
    handle: refuse,
  }),
  route('files.readComposeUrl', 'POST', `${one}/multipart/gcs/compose_url/`, {
    ...options,
    body: body({ content_type: z.string().nullish(), parts_group: group }),
    handle: refuse,
  }),
  route('files.completeGoogleMultipart', 'POST', `${one}/multipart/`, {
    ...options,
    body: body({ parts_range: z.array(z.string()), parts_group: group }),
    handle: refuse,
  }),
  route('files.readFileGatewayUrl', 'GET', `${one}/isg_handler_url/`, {
    roles: ['can_read_files'],
    handle(call) {
      fileOf(call)
      throw IconikError.notFound('A gateway for this file')
    },
  }),
]
