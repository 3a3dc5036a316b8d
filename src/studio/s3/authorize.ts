import type { IncomingHttpHeaders } from 'node:http'
import { S3Error } from './s3Error.ts'
import {
  algorithm,
  amzDateOf,
  canonicalRequest,
  isSame,
  type Query,
  type Scope,
  type StreamSeed,
  scopeText,
  sign,
  signingKey,
  stringToSign,
  timeOfAmzDate,
} from './signature.ts'

export interface S3Keys {
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** What the signature says about the body. */
export type PayloadRule =
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'sha256'; readonly hex: string }
  | { readonly kind: 'chunked'; readonly seed: StreamSeed | undefined; readonly hasTrailer: boolean }

export interface RequestHead {
  readonly method: string
  readonly rawPath: string
  readonly query: Query
  readonly headers: IncomingHttpHeaders
}

const maxSkewMs = 15 * 60_000
const maxExpirySeconds = 7 * 24 * 3600

const single = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(',') : value

/**
 * Checks the signature of a request, in its headers or its query, and says what it promises about the body.
 * Refuses as S3 does: an unknown key before a wrong time, a wrong time before a wrong signature.
 */
export function authorize(head: RequestHead, keys: S3Keys, now: number): PayloadRule {
  if (head.headers.authorization !== undefined) return authorizeByHeader(head, keys, now)
  if (head.query.some(([name]) => name === 'X-Amz-Signature')) return authorizeByQuery(head, keys, now)
  throw new S3Error('AccessDenied', 'Access Denied')
}

interface Claim {
  readonly accessKeyId: string
  readonly scope: Scope
  readonly amzDate: string
  readonly signedHeaders: readonly string[]
  readonly signature: string
}

function parseCredential(text: string): { accessKeyId: string; scope: Scope } | undefined {
  const [accessKeyId, day, region, service, ending, ...more] = text.split('/')
  if (!accessKeyId || !day || !region || !service || ending !== 'aws4_request' || more.length > 0)
    return undefined
  return { accessKeyId, scope: { day, region, service } }
}

function authorizeByHeader(head: RequestHead, keys: S3Keys, now: number): PayloadRule {
  const match =
    /^AWS4-HMAC-SHA256 +Credential=([^,\s]+), *SignedHeaders=([^,\s]+), *Signature=([0-9a-f]{64})$/.exec(
      head.headers.authorization ?? '',
    )
  const credential = parseCredential(match?.[1] ?? '')
  if (match === null || credential === undefined) {
    throw new S3Error('AuthorizationHeaderMalformed', 'The authorization header is malformed.')
  }
  const dated = single(head.headers['x-amz-date']) ?? head.headers.date ?? ''
  const time = timeOfAmzDate(dated) ?? Date.parse(dated)
  if (Number.isNaN(time)) {
    throw new S3Error('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header')
  }
  const claim: Claim = {
    ...credential,
    amzDate: amzDateOf(time),
    signedHeaders: (match[2] ?? '').split(';'),
    signature: match[3] ?? '',
  }
  checkKey(claim, keys, 'AuthorizationHeaderMalformed')
  if (Math.abs(now - time) > maxSkewMs) {
    throw new S3Error(
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
      {
        RequestTime: claim.amzDate,
        ServerTime: new Date(now).toISOString(),
        MaxAllowedSkewMilliseconds: maxSkewMs,
      },
    )
  }
  const payloadHash = single(head.headers['x-amz-content-sha256'])
  if (payloadHash === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256')
  }
  const key = checkSignature(head, claim, keys, head.query, payloadHash)
  return payloadRule(payloadHash, {
    key,
    amzDate: claim.amzDate,
    scope: claim.scope,
    signature: claim.signature,
  })
}

function authorizeByQuery(head: RequestHead, keys: S3Keys, now: number): PayloadRule {
  const value = (name: string) => head.query.find(([candidate]) => candidate === name)?.[1] ?? ''
  const malformed = (message: string) => new S3Error('AuthorizationQueryParametersError', message)
  if (value('X-Amz-Algorithm') !== algorithm) {
    throw malformed(`X-Amz-Algorithm only supports "${algorithm}"`)
  }
  const credential = parseCredential(value('X-Amz-Credential'))
  if (credential === undefined) throw malformed('Error parsing the X-Amz-Credential parameter.')
  const amzDate = value('X-Amz-Date')
  const time = timeOfAmzDate(amzDate)
  if (time === undefined)
    throw malformed("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"")
  const expiresIn = /^\d{1,9}$/.test(value('X-Amz-Expires')) ? Number(value('X-Amz-Expires')) : -1
  if (expiresIn < 0) throw malformed('X-Amz-Expires should be a number')
  if (expiresIn > maxExpirySeconds) throw malformed('X-Amz-Expires must be less than a week (in seconds)')
  const claim: Claim = {
    ...credential,
    amzDate,
    signedHeaders: value('X-Amz-SignedHeaders').split(';'),
    signature: value('X-Amz-Signature'),
  }
  checkKey(claim, keys, 'AuthorizationQueryParametersError')
  if (now < time - maxSkewMs) throw new S3Error('AccessDenied', 'Request is not yet valid')
  const expires = time + expiresIn * 1000
  if (now > expires) {
    throw new S3Error('AccessDenied', 'Request has expired', {
      'X-Amz-Expires': expiresIn,
      Expires: new Date(expires).toISOString(),
      ServerTime: new Date(now).toISOString(),
    })
  }
  const query = head.query.filter(([name]) => name !== 'X-Amz-Signature')
  const payloadHash =
    single(head.headers['x-amz-content-sha256']) ?? (value('X-Amz-Content-Sha256') || 'UNSIGNED-PAYLOAD')
  const key = checkSignature(head, claim, keys, query, payloadHash)
  return payloadRule(payloadHash, { key, amzDate, scope: claim.scope, signature: claim.signature })
}

function checkKey(
  { accessKeyId, scope, amzDate }: Claim,
  keys: S3Keys,
  malformed: 'AuthorizationHeaderMalformed' | 'AuthorizationQueryParametersError',
): void {
  if (!isSame(accessKeyId, keys.accessKeyId)) {
    throw new S3Error(
      'InvalidAccessKeyId',
      'The AWS Access Key Id you provided does not exist in our records.',
      {
        AWSAccessKeyId: accessKeyId,
      },
    )
  }
  const refuse = (message: string, details: Record<string, string> = {}) =>
    new S3Error(malformed, `The authorization is malformed; ${message}`, details)
  if (scope.region !== keys.region) {
    throw refuse(`the region '${scope.region}' is wrong; expecting '${keys.region}'`, { Region: keys.region })
  }
  if (scope.service !== 's3') throw refuse(`incorrect service "${scope.service}"`)
  if (scope.day !== amzDate.slice(0, 8)) throw refuse(`invalid credential date "${scope.day}"`)
}

/** Returns the signing key, which the chunks of a stream are checked with too. */
function checkSignature(
  head: RequestHead,
  claim: Claim,
  keys: S3Keys,
  query: Query,
  payloadHash: string,
): Buffer {
  const signed = new Set(claim.signedHeaders)
  const loose = Object.keys(head.headers).filter((name) => name.startsWith('x-amz-') && !signed.has(name))
  if (!signed.has('host') || loose.length > 0) {
    throw new S3Error('AccessDenied', 'There were headers present in the request which were not signed', {
      HeadersNotSigned: signed.has('host') ? loose.join(', ') : 'host',
    })
  }
  const headers = claim.signedHeaders.map((name) => [name, single(head.headers[name]) ?? ''] as const)
  const { method, rawPath } = head
  const canonical = canonicalRequest({ method, rawPath, query, headers, payloadHash })
  const text = stringToSign(claim.amzDate, claim.scope, canonical)
  const key = signingKey(keys.secretAccessKey, claim.scope)
  if (!isSame(sign(key, text), claim.signature)) {
    throw new S3Error(
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
      {
        AWSAccessKeyId: claim.accessKeyId,
        StringToSign: text,
        SignatureProvided: claim.signature,
        CanonicalRequest: canonical,
        Scope: scopeText(claim.scope),
      },
    )
  }
  return key
}

function payloadRule(payloadHash: string, seed: StreamSeed): PayloadRule {
  switch (payloadHash) {
    case 'UNSIGNED-PAYLOAD':
      return { kind: 'unsigned' }
    case 'STREAMING-UNSIGNED-PAYLOAD-TRAILER':
      return { kind: 'chunked', seed: undefined, hasTrailer: true }
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD':
      return { kind: 'chunked', seed, hasTrailer: false }
    case 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER':
      return { kind: 'chunked', seed, hasTrailer: true }
  }
  if (/^[0-9a-f]{64}$/i.test(payloadHash)) return { kind: 'sha256', hex: payloadHash.toLowerCase() }
  throw new S3Error(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, or a valid sha256 value.',
    { ArgumentName: 'x-amz-content-sha256', ArgumentValue: payloadHash },
  )
}
