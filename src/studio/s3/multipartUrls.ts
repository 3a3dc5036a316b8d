import type { RequestUrl } from './presign.ts'

/** S3 lists so many parts in one answer. */
const partsPerList = 1000

/** Where one multipart upload of one object goes on, step by step. */
export interface MultipartUrls {
  /** Starts an upload; its answer tells the upload id. */
  create(): string
  /** Takes one part; with an MD5, that part alone. */
  part(uploadId: string, number: number, md5?: string): string
  /** One URL for every thousand of the parts there may be. */
  listParts(uploadId: string, maxPartNumber: number): string[]
  complete(uploadId: string): string
  abort(uploadId: string): string
}

export function multipartUrls(url: RequestUrl, bucket: string, key: string): MultipartUrls {
  return {
    create: () => url({ method: 'POST', bucket, key, query: { uploads: '' } }),
    part: (uploadId, number, md5) =>
      url({
        method: 'PUT',
        bucket,
        key,
        query: { partNumber: String(number), uploadId },
        ...(md5 !== undefined && { md5 }),
      }),
    listParts: (uploadId, maxPartNumber) =>
      Array.from({ length: Math.max(1, Math.ceil(maxPartNumber / partsPerList)) }, (_, index) =>
        url({
          method: 'GET',
          bucket,
          key,
          query: {
            'max-parts': String(partsPerList),
            'part-number-marker': String(index * partsPerList),
            uploadId,
          },
        }),
      ),
    complete: (uploadId) => url({ method: 'POST', bucket, key, query: { uploadId } }),
    abort: (uploadId) => url({ method: 'DELETE', bucket, key, query: { uploadId } }),
  }
}
