import { kindOf, StoreFailure } from './storeFailure.ts'

const longestHold = 24 * 3_600_000

/** What the SDK threw, as a failure of the store. Nothing of the request (keys, addresses) is kept besides the cause. */
export function readFailure(error: unknown, now: number): StoreFailure {
  const fields = (typeof error === 'object' && error !== null ? error : {}) as {
    name?: unknown
    message?: unknown
    code?: unknown
    isStaleSocket?: unknown
    $metadata?: { httpStatusCode?: number }
    $response?: { statusCode?: number; headers?: Record<string, string> }
  }
  const status = fields.$metadata?.httpStatusCode ?? fields.$response?.statusCode
  const headers = fields.$response?.headers
  const code = typeof fields.code === 'string' ? fields.code : undefined
  const name = typeof fields.name === 'string' ? fields.name : 'unknown'
  const kind =
    fields.isStaleSocket === true && status === undefined
      ? 'idleClose'
      : kindOf({
          code,
          name,
          message: typeof fields.message === 'string' ? fields.message : undefined,
          status,
          serverTime: timeIn(headers?.['date']),
          now,
        })
  return new StoreFailure(
    kind,
    { name: code ?? name, status, retryAt: retryAtOf(headers?.['retry-after'], now) },
    error,
  )
}

function timeIn(text: string | undefined): number | undefined {
  const at = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isFinite(at) ? at : undefined
}

function retryAtOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  const at = /^\s*\d+\s*$/.test(text) ? now + Number(text) * 1000 : timeIn(text)
  return at === undefined ? undefined : Math.min(Math.max(at, now), now + longestHold)
}
