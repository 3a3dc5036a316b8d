import { getBucketLocation, headBucket, listMultipartUploads, listObjectsV2 } from './listCalls.ts'
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listParts,
  uploadPart,
} from './multipartCalls.ts'
import { deleteObject, putObject, readObject } from './objectCalls.ts'
import { S3Error } from './s3Error.ts'
import type { S3Answer, S3Request } from './s3Request.ts'

export interface Operation {
  /** As S3 calls it; the request log and faults use it. */
  readonly name: string
  readonly method: string
  readonly on: 'bucket' | 'object'
  /** Query names that must be there; `name=value` also fixes the value. */
  readonly marks: readonly string[]
  run(request: S3Request): Promise<S3Answer>
}

/** What the store can do. The first row that fits a request is the one. */
const operations: readonly Operation[] = [
  { name: 'UploadPart', method: 'PUT', on: 'object', marks: ['partNumber', 'uploadId'], run: uploadPart },
  { name: 'PutObject', method: 'PUT', on: 'object', marks: [], run: putObject },
  {
    name: 'CreateMultipartUpload',
    method: 'POST',
    on: 'object',
    marks: ['uploads'],
    run: createMultipartUpload,
  },
  {
    name: 'CompleteMultipartUpload',
    method: 'POST',
    on: 'object',
    marks: ['uploadId'],
    run: completeMultipartUpload,
  },
  {
    name: 'AbortMultipartUpload',
    method: 'DELETE',
    on: 'object',
    marks: ['uploadId'],
    run: abortMultipartUpload,
  },
  { name: 'DeleteObject', method: 'DELETE', on: 'object', marks: [], run: deleteObject },
  { name: 'ListParts', method: 'GET', on: 'object', marks: ['uploadId'], run: listParts },
  { name: 'GetObject', method: 'GET', on: 'object', marks: [], run: readObject },
  { name: 'HeadObject', method: 'HEAD', on: 'object', marks: [], run: readObject },
  { name: 'HeadBucket', method: 'HEAD', on: 'bucket', marks: [], run: headBucket },
  { name: 'GetBucketLocation', method: 'GET', on: 'bucket', marks: ['location'], run: getBucketLocation },
  {
    name: 'ListMultipartUploads',
    method: 'GET',
    on: 'bucket',
    marks: ['uploads'],
    run: listMultipartUploads,
  },
  { name: 'ListObjectsV2', method: 'GET', on: 'bucket', marks: ['list-type=2'], run: listObjectsV2 },
]

/** Parts of S3 that a query or header may ask for and that are not here: refused, never passed over. */
const absentMarks = [
  ...['accelerate', 'acl', 'analytics', 'attributes', 'cors', 'delete', 'encryption', 'intelligent-tiering'],
  ...['inventory', 'legal-hold', 'lifecycle', 'logging', 'metrics', 'notification', 'object-lock', 'policy'],
  ...[
    'publicAccessBlock',
    'replication',
    'requestPayment',
    'restore',
    'retention',
    'select',
    'session',
    'tagging',
  ],
  ...['torrent', 'versionId', 'versioning', 'versions', 'website', 'ownershipControls', 'renameObject'],
]
const absentHeaders = [
  'x-amz-copy-source',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-write-offset-bytes',
]

function isMarked(query: ReadonlyMap<string, string>, mark: string): boolean {
  const [name = '', value] = mark.split('=')
  return query.has(name) && (value === undefined || query.get(name) === value)
}

/** Fails with `NotImplemented` or `MethodNotAllowed`. */
export function operationOf(request: Pick<S3Request, 'method' | 'key' | 'query' | 'headers'>): Operation {
  const { method, query, headers } = request
  const absent =
    absentMarks.find((mark) => query.has(mark)) ?? absentHeaders.find((name) => headers[name] !== undefined)
  if (absent !== undefined) {
    throw new S3Error(
      'NotImplemented',
      'A header or query you provided implies functionality that is not implemented',
      {
        Header: absent,
      },
    )
  }
  const on = request.key === '' ? 'bucket' : 'object'
  const found = operations.find(
    (row) => row.method === method && row.on === on && row.marks.every((mark) => isMarked(query, mark)),
  )
  if (found !== undefined) return found
  throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
    Method: method,
    ResourceType: on.toUpperCase(),
  })
}
