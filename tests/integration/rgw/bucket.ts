import { createHash } from 'node:crypto'
import { basename } from 'node:path'
import { GetObjectCommand, ListMultipartUploadsCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3'
import type { RgwCluster } from './cluster.ts'

export interface StoredObject {
  readonly key: string
  /** The last piece of the key. */
  readonly name: string
  readonly bytes: number
  readonly mediaType: string | undefined
  readonly sha256: string
}

/** Every object of the bucket under the prefix, downloaded and hashed. */
export async function storedObjects(cluster: RgwCluster, prefix: string): Promise<StoredObject[]> {
  const Bucket = cluster.storage.bucket
  const s3 = cluster.s3()
  const found: StoredObject[] = []
  for await (const page of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: prefix }))
    for (const { Key = '' } of page.Contents ?? []) {
      const { Body, ContentType } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      const hash = createHash('sha256')
      let bytes = 0
      for await (const chunk of Body as AsyncIterable<Uint8Array>) {
        hash.update(chunk)
        bytes += chunk.byteLength
      }
      found.push({
        key: Key,
        name: basename(Key),
        bytes,
        mediaType: ContentType,
        sha256: hash.digest('hex'),
      })
    }
  s3.destroy()
  return found
}

/** Keys of the multipart uploads that nobody has finished. */
export async function uploadsLeft(cluster: RgwCluster): Promise<string[]> {
  const s3 = cluster.s3()
  const { Uploads } = await s3.send(new ListMultipartUploadsCommand({ Bucket: cluster.storage.bucket }))
  s3.destroy()
  return (Uploads ?? []).map(({ Key = '' }) => Key)
}

/** Every answered request that brought a part of an object whose key ends so; `id` is `upload id/part number`. */
export function partRequests(
  cluster: RgwCluster,
  keyEnd: string,
): { readonly time: number; readonly status: number; readonly id: string }[] {
  return cluster
    .requests()
    .filter(({ method, query }) => method === 'PUT' && query.has('partNumber'))
    .filter(({ key }) => key.endsWith(keyEnd))
    .map(({ time, status, query }) => ({
      time,
      status,
      id: `${query.get('uploadId')}/${query.get('partNumber')}`,
    }))
}
