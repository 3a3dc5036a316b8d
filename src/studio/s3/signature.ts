import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { S3Error } from './s3Error.ts'

export const algorithm = 'AWS4-HMAC-SHA256'
export const emptySha256 = createHash('sha256').digest('hex')

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Percent-encoding as AWS signs it: only letters, digits and `-._~` stay. */
export function encode(text: string): string {
  // Most keys need nothing, and lists sign thousands of them.
  if (/^[\w.~-]*$/.test(text)) return text
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The path with every segment encoded again, so that all writings of one path sign alike. */
export const canonicalPath = (rawPath: string): string =>
  rawPath
    .split('/')
    .map((segment) => encode(decodeText(segment)))
    .join('/')

export function decodeText(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new S3Error('InvalidURI', "Couldn't parse the specified URI.")
  }
}

export type Query = readonly (readonly [name: string, value: string])[]

/** `+` stands for itself, as in S3. */
export const parseQuery = (rawQuery: string): Query =>
  rawQuery
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=')
      return at < 0
        ? ([decodeText(pair), ''] as const)
        : ([decodeText(pair.slice(0, at)), decodeText(pair.slice(at + 1))] as const)
    })

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

export const canonicalQuery = (query: Query): string =>
  query
    .map(([name, value]) => [encode(name), encode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')

export interface Signable {
  readonly method: string
  readonly rawPath: string
  readonly query: Query
  /** Names in lower case, in order, with their values. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly payloadHash: string
}

export function canonicalRequest({ method, rawPath, query, headers, payloadHash }: Signable): string {
  const lines = headers.map(([name, value]) => `${name}:${value.trim().replace(/ +/g, ' ')}\n`).join('')
  const names = headers.map(([name]) => name).join(';')
  return [method, canonicalPath(rawPath), canonicalQuery(query), lines, names, payloadHash].join('\n')
}

/** Date, region and service that a signing key is made for. */
export interface Scope {
  readonly day: string
  readonly region: string
  readonly service: string
}
export const scopeText = ({ day, region, service }: Scope): string =>
  `${day}/${region}/${service}/aws4_request`

export const signingKey = (secret: string, { day, region, service }: Scope): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), service), 'aws4_request')

export const stringToSign = (amzDate: string, scope: Scope, request: string): string =>
  [algorithm, amzDate, scopeText(scope), sha256Hex(request)].join('\n')

export const sign = (key: Buffer, text: string): string => hmac(key, text).toString('hex')

/** In a time that tells nothing about where they differ. */
export function isSame(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

/** `20260102T030405Z` */
export const amzDateOf = (time: number): string => new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, '')

/** Epoch milliseconds; undefined if it is not such a date. */
export function timeOfAmzDate(text: string): number | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour, minute, second] = match
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(time) ? undefined : time
}

/** What every chunk of a signed stream is checked against, each by the one before. */
export interface StreamSeed {
  readonly key: Buffer
  readonly amzDate: string
  readonly scope: Scope
  readonly signature: string
}

export const chunkSignature = (seed: StreamSeed, previous: string, chunkSha256: string): string =>
  sign(
    seed.key,
    [
      'AWS4-HMAC-SHA256-PAYLOAD',
      seed.amzDate,
      scopeText(seed.scope),
      previous,
      emptySha256,
      chunkSha256,
    ].join('\n'),
  )

export const trailerSignature = (seed: StreamSeed, previous: string, trailer: string): string =>
  sign(
    seed.key,
    ['AWS4-HMAC-SHA256-TRAILER', seed.amzDate, scopeText(seed.scope), previous, sha256Hex(trailer)].join(
      '\n',
    ),
  )
