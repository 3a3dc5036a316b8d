import { createHash } from 'node:crypto'
import { expectStatus, listAt, textAt } from './iconikBench.ts'
import type { IconikAnswer, IconikClient } from './iconikClient.ts'

export const partBytes = 5 * 2 ** 20

/** Where the bytes of a new file go, step by step, as a client of the service walks it. */
export interface OpenFile {
  readonly assetId: string
  readonly fileId: string
  readonly formatId: string
  readonly fileSetId: string
  /** Path of the file below the service: `files/v1/assets/…/files/…`. */
  readonly path: string
  readonly created: IconikAnswer
}

/** Format, file set and file of a version; the newest when none is named. */
export async function openFile(
  client: IconikClient,
  assetId: string,
  name: string,
  bytes: number,
  more: { readonly versionId?: string; readonly storageId?: string } = {},
): Promise<OpenFile> {
  const version = more.versionId === undefined ? {} : { version_id: more.versionId }
  const storage = await expectStatus(client, 200, 'GET', 'files/v1/storages/matching/FILES/')
  const storage_id = more.storageId ?? textAt(storage, 'id')
  const base = `files/v1/assets/${assetId}`
  const format = await expectStatus(client, 201, 'POST', `${base}/formats/`, {
    name: 'ORIGINAL',
    metadata: [{ internet_media_type: 'video/mp4' }],
    storage_methods: ['S3'],
    ...version,
  })
  const formatId = textAt(format, 'id')
  const set = await expectStatus(client, 201, 'POST', `${base}/file_sets/`, {
    ...{ format_id: formatId, storage_id, base_dir: '', name, component_ids: [] },
    ...version,
  })
  const fileSetId = textAt(set, 'id')
  const created = await expectStatus(client, 201, 'POST', `${base}/files/`, {
    ...{ original_name: name, directory_path: '', type: 'FILE', size: bytes },
    ...{ storage_id, file_set_id: fileSetId, format_id: formatId },
    ...version,
  })
  const fileId = textAt(created, 'id')
  return { assetId, fileId, formatId, fileSetId, created, path: `${base}/files/${fileId}` }
}

/** Starts a multipart upload at the signed URL, with no header of the service. */
export async function startUpload(created: IconikAnswer): Promise<string> {
  const answer = await fetch(textAt(created, 'multipart_upload_url'), { method: 'POST' })
  return /<UploadId>([^<]+)</.exec(await answer.text())?.[1] ?? ''
}

export const slices = (bytes: Buffer): Buffer[] =>
  Array.from({ length: Math.max(1, Math.ceil(bytes.length / partBytes)) }, (_, index) =>
    bytes.subarray(index * partBytes, (index + 1) * partBytes),
  )

/** The URLs of all parts, asked for in pages. */
export async function partUrls(
  client: IconikClient,
  path: string,
  uploadId: string,
  count: number,
  perPage = 2,
): Promise<string[]> {
  const urls: string[] = []
  for (let page = 1; urls.length < count; page++) {
    const query = `upload_id=${uploadId}&parts_num=${count}&per_page=${perPage}&page=${page}`
    const answer = await expectStatus(client, 200, 'GET', `${path}/multipart_url/part/?${query}`)
    for (const [index] of listAt(answer, 'objects').entries())
      urls.push(textAt(answer, 'objects', index, 'url'))
  }
  return urls
}

export async function putPart(
  url: string,
  bytes: Buffer,
  headers: Record<string, string> = {},
): Promise<Response> {
  return await fetch(url, { method: 'PUT', body: new Uint8Array(bytes), headers })
}

export const completion = (etags: readonly string[]): string =>
  `<CompleteMultipartUpload>${etags
    .map((etag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${etag}</ETag></Part>`)
    .join('')}</CompleteMultipartUpload>`

export async function complete(
  client: IconikClient,
  path: string,
  uploadId: string,
  etags: readonly string[],
): Promise<{ status: number; text: string }> {
  const answer = await expectStatus(
    client,
    200,
    'GET',
    `${path}/multipart_url/?upload_id=${uploadId}&type=complete_url`,
  )
  const done = await fetch(textAt(answer, 'complete_url'), {
    method: 'POST',
    headers: { 'content-type': 'application/xml' },
    body: completion(etags),
  })
  return { status: done.status, text: await done.text() }
}

/** The whole upload, up to a closed file. */
export async function uploadWhole(
  client: IconikClient,
  assetId: string,
  name: string,
  bytes: Buffer,
  more: { readonly versionId?: string } = {},
): Promise<OpenFile> {
  const file = await openFile(client, assetId, name, bytes.length, more)
  const uploadId = await startUpload(file.created)
  const parts = slices(bytes)
  const urls = await partUrls(client, file.path, uploadId, parts.length, 100)
  const etags: string[] = []
  for (const [index, part] of parts.entries()) {
    const answer = await putPart(urls[index] ?? '', part)
    etags.push(answer.headers.get('etag') ?? '')
  }
  await complete(client, file.path, uploadId, etags)
  await expectStatus(client, 200, 'PATCH', `${file.path}/`, { status: 'CLOSED' })
  return file
}

export const md5Of = (bytes: Buffer) => createHash('md5').update(bytes)
