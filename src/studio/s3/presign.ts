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

/**
 * Returns a function that makes URLs anyone can read an object with until they expire. One function serves one
 * answer: all its URLs carry the same time, so the key and most of the text are worked out once.
 */
export function objectUrls(endpoint: string, keys: S3Keys, now: number, expiresInSeconds: number): ObjectUrl {
  const { host } = new URL(endpoint)
  const amzDate = amzDateOf(now)
  const scope: Scope = { day: amzDate.slice(0, 8), region: keys.region, service: 's3' }
  const key = signingKey(keys.secretAccessKey, scope)
  const common: readonly (readonly [string, string])[] = [
    ['X-Amz-Algorithm', algorithm],
    ['X-Amz-Credential', `${keys.accessKeyId}/${scopeText(scope)}`],
    ['X-Amz-Date', amzDate],
    ['X-Amz-Expires', String(expiresInSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
  ]
  const commonText = canonicalQuery(common)
  const prefix = `${algorithm}\n${amzDate}\n${scopeText(scope)}\n`
  return (bucket, objectKey, overrides = {}) => {
    const path = `/${encode(bucket)}/${objectKey.split('/').map(encode).join('/')}`
    const more = canonicalQuery(Object.entries(overrides))
    // Capitals sort before small letters, so the overrides (`response-…`) follow the common part.
    const query = more === '' ? commonText : `${commonText}&${more}`
    const request = `GET\n${path}\n${query}\nhost:${host}\n\nhost\nUNSIGNED-PAYLOAD`
    const signature = sign(key, `${prefix}${sha256Hex(request)}`)
    return `${endpoint}${path}?${query}&X-Amz-Signature=${signature}`
  }
}
