import type { S3Keys } from './authorize.ts'
import {
  algorithm,
  amzDateOf,
  canonicalQuery,
  encode,
  type Scope,
  scopeText,
  sha256Hex,
  sign,
  signingKey,
} from './signature.ts'

export type ObjectUrl = (bucket: string, key: string, overrides?: Readonly<Record<string, string>>) => string

/** One request that whoever holds its URL may make. */
export interface SignedRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE'
  readonly bucket: string
  readonly key: string
  /** Names start with a small letter, as all of S3's own do. */
  readonly query?: Readonly<Record<string, string>>
  /** Of the body, base64: S3 takes no other, and the request must carry it as `Content-MD5`. */
  readonly md5?: string
}
export type RequestUrl = (request: SignedRequest) => string

/**
 * Returns a function that makes URLs anyone can make a request of the store with until they expire. One function
 * serves one answer: all its URLs carry the same time, so the key and most of the text are worked out once.
 */
export function requestUrls(
  endpoint: string,
  keys: S3Keys,
  now: number,
  expiresInSeconds: number,
): RequestUrl {
  const { host } = new URL(endpoint)
  const amzDate = amzDateOf(now)
  const scope: Scope = { day: amzDate.slice(0, 8), region: keys.region, service: 's3' }
  const signature = signingKey(keys.secretAccessKey, scope)
  const common = canonicalQuery([
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${keys.accessKeyId}/${scopeText(scope)}`],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', String(expiresInSeconds)],
  ])
  const prefix = `${algorithm}\n${amzDate}\n${scopeText(scope)}\n`
  return ({ method, bucket, key, query = {}, md5 }) => {
    const path = `/${encode(bucket)}/${key.split('/').map(encode).join('/')}`
    const headers = md5 === undefined ? `host:${host}\n` : `content-md5:${md5}\nhost:${host}\n`
    const names = md5 === undefined ? 'host' : 'content-md5;host'
    const more = canonicalQuery(Object.entries(query))
    // Capitals sort before small letters, so the request's own query follows the common part.
    const text = `${common}&X-Amz-SignedHeaders=${encode(names)}${more === '' ? '' : `&${more}`}`
    const request = `${method}\n${path}\n${text}\n${headers}\n${names}\nUNSIGNED-PAYLOAD`
    return `${endpoint}${path}?${text}&X-Amz-Signature=${sign(signature, `${prefix}${sha256Hex(request)}`)}`
  }
}

/** The same for reading alone: `overrides` are the `response-…` names, such as `response-content-disposition`. */
export const readingUrls =
  (url: RequestUrl): ObjectUrl =>
  (bucket, key, query = {}) =>
    url({ method: 'GET', bucket, key, query })
