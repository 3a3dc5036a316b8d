import { AppError } from '../../shared/errors.ts'

const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
  'UND_ERR_CONNECT_TIMEOUT',
])
const untrusted = /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO$)/

/** The error code of the innermost cause that carries one: fetch wraps the socket's error, sometimes twice. */
export function systemCodeOf(error: unknown): string | undefined {
  let code: string | undefined
  for (let at = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth += 1) {
    const own: unknown = Reflect.get(at, 'code')
    if (typeof own === 'string') code = own
  }
  return code
}

/** Whether the failure surely came before any byte of the request left. */
export function isBeforeSending(error: unknown): boolean {
  const code = systemCodeOf(error)
  return code !== undefined && (neverLeft.has(code) || untrusted.test(code))
}

/** A request that got no answer: `network.untrusted` for a certificate that does not hold, else `network.offline`. */
export function networkFailure(error: unknown, isUnsent: boolean): AppError {
  const code = systemCodeOf(error)
  const facts = { isSent: !isUnsent, ...(code === undefined ? {} : { reason: code }) }
  return new AppError(
    code !== undefined && untrusted.test(code) ? 'network.untrusted' : 'network.offline',
    facts,
    error,
  )
}
