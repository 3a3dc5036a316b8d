import { z } from 'zod'
import { AppError } from '../../../shared/errors.ts'
import type { SignedParts, SignedUpload } from '../../transfers/signedParts.ts'
import type { FileAtService } from '../../transfers/uploadFile.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import { orElse } from './paging.ts'
import type { UploadFiles } from './uploadFiles.ts'
import { assetOf, idOf } from './uploadIds.ts'
import { checkedPartUrlsSchema, downloadUrlSchema, multipartUrlSchema, partUrlsSchema } from './wireFiles.ts'

const partsPerPage = 100
const TiB = 2 ** 40

/** How iconik signs the requests of a multipart upload to its S3 storages. */
export function createIconikSigned(client: IconikClient, address: string, files: UploadFiles): SignedParts {
  const pathOf = ({ facts, done }: FileAtService) => ({
    asset_id: assetOf(facts, done),
    file_id: idOf(done, 'file'),
  })
  async function urlsOf(
    upload: SignedUpload,
    query: {
      readonly type: 'complete_url' | 'abort_url' | 'list_parts_url'
      readonly max_part_number?: number
    },
    signal: AbortSignal,
  ) {
    return await client.call(
      calls['files.readMultipartUrl'],
      { path: pathOf(upload), query: { upload_id: upload.uploadId, ...query }, answer: multipartUrlSchema },
      signal,
    )
  }

  return {
    kind: 'signedParts',
    address,
    maxBytes: 5 * TiB,
    storageOf: ({ done }) => idOf(done, 'storage'),
    async createUrl(file, signal) {
      const { asset_id, file_id } = pathOf(file)
      const url = await files.uploadUrl(asset_id, file_id, signal)
      if (url === null) throw missing('multipart_upload_url')
      return url
    },
    async partUrls(upload, number, signal) {
      const { objects } = await client.call(
        calls['files.listPartUrls'],
        {
          path: pathOf(upload),
          query: {
            upload_id: upload.uploadId,
            parts_num: upload.partCount,
            per_page: partsPerPage,
            page: Math.ceil(number / partsPerPage),
          },
          answer: partUrlsSchema,
        },
        signal,
      )
      return objects
    },
    async checkedPartUrl(upload, number, md5, signal) {
      const { parts } = await client.call(
        calls['files.createPartUrls'],
        {
          path: pathOf(upload),
          body: { upload_id: upload.uploadId, parts: [{ part_number: number, checksum: md5 }] },
          answer: checkedPartUrlsSchema,
        },
        signal,
      )
      const found = parts.find(({ part_number }) => part_number === number)
      if (found === undefined) throw missing('parts')
      return found.url
    },
    async listUrls(upload, signal) {
      const query = { type: 'list_parts_url', max_part_number: upload.partCount } as const
      const { list_parts_url } = await urlsOf(upload, query, signal)
      if (list_parts_url.length === 0) throw missing('list_parts_url')
      return list_parts_url
    },
    async completeUrl(upload, signal) {
      const { complete_url } = await urlsOf(upload, { type: 'complete_url' }, signal)
      if (complete_url === null) throw missing('complete_url')
      return complete_url
    },
    async abortUrl(upload, signal) {
      const { abort_url } = await urlsOf(upload, { type: 'abort_url' }, signal)
      if (abort_url === null) throw missing('abort_url')
      return abort_url
    },
    async objectUrl(file, signal) {
      const path = pathOf(file)
      const url = await files.readUrl(path.asset_id, path.file_id, signal)
      if (url !== null && url !== '') return url
      const ask = () =>
        client.call(calls['files.readFileDownloadUrl'], { path, answer: downloadUrlSchema }, signal)
      return (await orElse(ask, undefined))?.url
    },
    async removeLost(file, signal) {
      const path = pathOf(file)
      try {
        await client.call(calls['files.cleanMultipart'], { path, body: { abort_upload: true } }, signal)
      } catch (error) {
        // The service may want an id. An upload that nobody knows holds no part, since no part was sent to it.
        const isRefused = error instanceof AppError && refusals.has(error.code)
        if (!isRefused) throw error
      }
    },
    async reach(signal) {
      await client.call(calls['auth.checkToken'], { answer: z.unknown() }, signal)
    },
  }
}

const refusals: ReadonlySet<string> = new Set(['remote.refused', 'remote.notFound', 'auth.forbidden'])

function missing(field: string): AppError {
  return new AppError('remote.badReply', { field, reason: 'shape' })
}
