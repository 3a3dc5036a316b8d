import { type MultipartUrls, multipartUrls } from '../../s3/multipartUrls.ts'
import type { Call } from '../call.ts'
import { IconikError } from '../iconikError.ts'
import { type ObjectTable, objectKeyOf } from './mediaRows.ts'
import { isRemote, type Storage, storages } from './storageRows.ts'

/** The bucket's URLs for the bytes of a row. Fails with 400 where its storage takes none. */
export function uploadUrls(
  call: Call,
  documents: ObjectTable,
  id: string,
  storage: Storage | undefined,
): MultipartUrls {
  const key = objectKeyOf(call.rows, documents, id)
  if (key === undefined || storage === undefined || !isRemote(storage)) {
    throw IconikError.badRequest('The storage takes no uploads of this kind')
  }
  return multipartUrls(call.sign, call.api.store.bucket, key)
}

/** What a client needs to send bytes, where the storage takes them from clients at all. */
export function uploadFields(
  call: Call,
  documents: ObjectTable,
  { id, storage_id }: { readonly id: string; readonly storage_id?: string | undefined },
) {
  const storage = storage_id === undefined ? undefined : storages.find(call.rows, storage_id)
  const key = objectKeyOf(call.rows, documents, id)
  if (key === undefined || storage === undefined || !isRemote(storage)) return {}
  const { bucket } = call.api.store
  return {
    upload_url: call.sign({ method: 'PUT', bucket, key }),
    multipart_upload_url: multipartUrls(call.sign, bucket, key).create(),
    ...{ upload_method: 'PUT', upload_credentials: {} },
  }
}

/**
 * Fails with 400 when a row is to be closed and its bytes are not there whole. The service itself does not look; here
 * whoever forgets to send or to complete is told at once.
 */
export function checkBytes(
  call: Call,
  documents: ObjectTable,
  { id, size }: { id: string; size?: number | null | undefined },
): number | undefined {
  const key = objectKeyOf(call.rows, documents, id)
  if (key === undefined) return undefined
  const object = call.api.store.find(key)
  if (object === undefined) throw IconikError.badRequest({ status: 'The bytes are not on the storage' })
  if (typeof size === 'number' && size !== object.bytes) {
    throw IconikError.badRequest({ size: `The storage has ${object.bytes} bytes` })
  }
  return object.bytes
}
