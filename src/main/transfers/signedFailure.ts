import { AppError } from '../../shared/errors.ts'
import { readFailure } from './s3Failure.ts'
import type { SignedAnswer } from './signedHttp.ts'
import { readXml } from './signedXml.ts'
import { type FailureKind, StoreFailure } from './storeFailure.ts'

/** A signed request that got no answer. */
export function requestFailure(error: unknown, now: number): StoreFailure {
  return readFailure(error, now)
}

/**
 * An answer that is no success. What is said of keys, rights or clocks is about the signer, not about us: the URL is
 * dead, and a fresh one is the only thing to ask for. A bucket that is gone is the service's to mend.
 */
export function answerFailure(answer: SignedAnswer, now: number): StoreFailure | AppError {
  const { status, headers, text } = answer
  const said = readXml(text)
  const name = said.text('Code') ?? `Status${status}`
  const failure = readFailure(
    Object.assign(new Error(said.text('Message') ?? name), {
      name,
      $response: { statusCode: status, headers },
    }),
    now,
  )
  const { kind, facts } = failure
  const isDead =
    kind === 'denied' || kind === 'token' || kind === 'skew' || name === 'AuthorizationQueryParametersError'
  if (isDead) return new StoreFailure('deadUrl', facts, failure)
  if (kind === 'noBucket') return new AppError('storage.notFound', { status, reason: name }, failure)
  return failure
}

const kinds: Partial<Record<AppError['code'], FailureKind>> = {
  'network.offline': 'network',
  'network.untrusted': 'untrusted',
  'remote.unavailable': 'server',
  'remote.rateLimited': 'throttle',
  'auth.expired': 'token',
}

/** The service could not be asked for a URL now: the same as a store that cannot. Its refusals stay what they are. */
export function serviceFailure(error: unknown): unknown {
  if (!(error instanceof AppError)) return error
  const kind = kinds[error.code]
  if (kind === undefined) return error
  const { status, retryAt, reason } = error.facts
  return new StoreFailure(
    kind,
    {
      name: typeof reason === 'string' ? reason : error.code,
      ...(typeof status === 'number' ? { status } : {}),
      ...(typeof retryAt === 'number' ? { retryAt } : {}),
    },
    error,
  )
}

/**
 * A URL to send a file to, checked before any byte goes there. Plain http is for a service on this computer only, and
 * only such a service may point back at it. Fails with `remote.badReply`.
 */
export function signedUrl(text: string, serviceAddress: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isAllowed =
    url !== undefined &&
    url.username === '' &&
    url.password === '' &&
    (isHere(url) ? isHere(new URL(serviceAddress)) : url.protocol === 'https:') &&
    (url.protocol === 'https:' || url.protocol === 'http:')
  if (url === undefined || !isAllowed)
    throw new AppError('remote.badReply', { field: 'url', reason: 'address' })
  return url
}

function isHere({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname)
}
