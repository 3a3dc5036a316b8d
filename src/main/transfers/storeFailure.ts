/** What went wrong between us and a store, by what can be done about it. */
export type FailureKind =
  | 'network'
  | 'untrusted'
  | 'idleClose'
  | 'throttle'
  | 'server'
  | 'corrupt'
  | 'skew'
  | 'token'
  | 'denied'
  | 'noBucket'
  | 'lostUpload'
  | 'deadUrl'
  | 'badPlan'
  | 'exists'
  | 'unsupported'
  | 'tooBig'
  | 'refused'

export interface FailureFacts {
  /** The store's own name for it (`SlowDown`) or the system's (`ECONNRESET`). */
  readonly name: string
  readonly status?: number | undefined
  /** The store asked us not to come back before this time, epoch milliseconds. */
  readonly retryAt?: number | undefined
}

/** A request to a store that did not end well. */
export class StoreFailure extends Error {
  readonly kind: FailureKind
  readonly facts: FailureFacts
  constructor(kind: FailureKind, facts: FailureFacts, cause?: unknown) {
    super(`${kind}: ${facts.name}`, cause === undefined ? undefined : { cause })
    this.name = 'StoreFailure'
    this.kind = kind
    this.facts = facts
  }
}

const kindByName: Readonly<Record<string, FailureKind>> = {
  RequestTimeout: 'idleClose',
  SlowDown: 'throttle',
  ServiceUnavailable: 'throttle',
  TooManyRequests: 'throttle',
  TooManyRequestsException: 'throttle',
  ThrottlingException: 'throttle',
  Throttling: 'throttle',
  RequestLimitExceeded: 'throttle',
  BandwidthLimitExceeded: 'throttle',
  InternalError: 'server',
  BadDigest: 'corrupt',
  InvalidDigest: 'corrupt',
  XAmzContentSHA256Mismatch: 'corrupt',
  XAmzContentChecksumMismatch: 'corrupt',
  ContentMD5Mismatch: 'corrupt',
  IncompleteBody: 'network',
  RequestTimeTooSkewed: 'skew',
  ExpiredToken: 'token',
  ExpiredTokenException: 'token',
  InvalidToken: 'token',
  TokenRefreshRequired: 'token',
  AccessDenied: 'denied',
  AllAccessDisabled: 'denied',
  AccountProblem: 'denied',
  InvalidAccessKeyId: 'denied',
  SignatureDoesNotMatch: 'denied',
  InvalidSecurity: 'denied',
  NoSuchBucket: 'noBucket',
  PermanentRedirect: 'noBucket',
  AuthorizationHeaderMalformed: 'noBucket',
  NoSuchUpload: 'lostUpload',
  InvalidPart: 'badPlan',
  InvalidPartOrder: 'badPlan',
  EntityTooSmall: 'badPlan',
  PreconditionFailed: 'exists',
  ConditionalRequestConflict: 'exists',
  OperationAborted: 'exists',
  NotImplemented: 'unsupported',
  XNotImplemented: 'unsupported',
  EntityTooLarge: 'tooBig',
  MaxMessageLengthExceeded: 'tooBig',
}

const untrusted = /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH)/
const systemCode = /^(E[A-Z]{3,}|EAI_AGAIN|UND_ERR_|HPE_)/

const mostSkew = 4 * 60_000

/** What is known of a failed request, whatever library made it. */
export interface FailedRequest {
  /** The socket's or resolver's code. Read first: libraries call a reset connection a time-out. */
  readonly code?: string | undefined
  readonly name: string
  readonly message?: string | undefined
  readonly status?: number | undefined
  /** The server's clock when it answered, epoch milliseconds. */
  readonly serverTime?: number | undefined
  readonly now: number
}

export function kindOf({ code, name, message, status, serverTime, now }: FailedRequest): FailureKind {
  if (code !== undefined && untrusted.test(code)) return 'untrusted'
  if (status === 407) return 'untrusted'
  if (code !== undefined && systemCode.test(code) && status === undefined) return 'network'
  const isSkewed = serverTime !== undefined && Math.abs(serverTime - now) > mostSkew
  if (status === 403 && isSkewed) return 'skew'
  const named = kindByName[name]
  if (named !== undefined) return named
  if (name === 'InvalidRequest' || name === 'InvalidArgument')
    return /checksum|trailer|algorithm/i.test(message ?? '') ? 'unsupported' : 'refused'
  if (status === undefined) return 'network'
  if (status === 408) return 'idleClose'
  if (status === 429 || status === 503 || status === 509) return 'throttle'
  if (status >= 500) return status === 501 ? 'unsupported' : 'server'
  if (status === 401 || status === 403) return 'denied'
  if (status === 409 || status === 412) return 'exists'
  if (status === 413) return 'tooBig'
  // An answer that is not the store's: a portal's page, a truncated reply.
  if (status < 400) return 'network'
  return 'refused'
}
