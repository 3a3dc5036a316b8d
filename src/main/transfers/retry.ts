import type { ErrorCode, Facts } from '../../shared/errors.ts'
import type { WaitReason } from '../../shared/transfer.ts'
import type { Random } from './clock.ts'
import { type FailureKind, StoreFailure } from './storeFailure.ts'

/** What becomes of one request that failed so. */
export interface RetryRule {
  /** Tries of one request before the transfer as a whole waits or fails. */
  readonly tries: number
  readonly baseMs: number
  readonly capMs: number
  /** Afterwards. `lane`: everything to this store waits, this transfer with it. */
  readonly after: 'wait' | 'lane' | 'fail'
  readonly reason: WaitReason
  readonly code: ErrorCode
}

const seconds = 1000
const always = Number.POSITIVE_INFINITY

/** The retry policy as data. Kinds that a phase settles itself (a lost upload, a bad plan) have one try here. */
export const retryRules: Readonly<Record<FailureKind, RetryRule>> = {
  network: {
    tries: always,
    baseMs: 1 * seconds,
    capMs: 60 * seconds,
    after: 'lane',
    reason: 'offline',
    code: 'network.offline',
  },
  untrusted: { tries: 1, baseMs: 0, capMs: 0, after: 'lane', reason: 'offline', code: 'network.untrusted' },
  idleClose: {
    tries: always,
    baseMs: 0.2 * seconds,
    capMs: 30 * seconds,
    after: 'wait',
    reason: 'backoff',
    code: 'remote.unavailable',
  },
  throttle: {
    tries: always,
    baseMs: 1 * seconds,
    capMs: 60 * seconds,
    after: 'wait',
    reason: 'throttled',
    code: 'remote.rateLimited',
  },
  server: {
    tries: 8,
    baseMs: 0.5 * seconds,
    capMs: 30 * seconds,
    after: 'wait',
    reason: 'backoff',
    code: 'remote.unavailable',
  },
  corrupt: {
    tries: 3,
    baseMs: 0.2 * seconds,
    capMs: 5 * seconds,
    after: 'fail',
    reason: 'backoff',
    code: 'upload.corruptPath',
  },
  skew: {
    tries: 3,
    baseMs: 0.1 * seconds,
    capMs: 1 * seconds,
    after: 'fail',
    reason: 'backoff',
    code: 'storage.denied',
  },
  token: { tries: 1, baseMs: 0, capMs: 0, after: 'lane', reason: 'auth', code: 'auth.expired' },
  denied: { tries: 1, baseMs: 0, capMs: 0, after: 'lane', reason: 'auth', code: 'storage.denied' },
  noBucket: { tries: 1, baseMs: 0, capMs: 0, after: 'lane', reason: 'auth', code: 'storage.notFound' },
  lostUpload: { tries: 1, baseMs: 0, capMs: 0, after: 'wait', reason: 'backoff', code: 'upload.expired' },
  // A signed URL ran out, or its signer lost the right: a fresh one is asked for each time.
  deadUrl: {
    tries: 4,
    baseMs: 0.2 * seconds,
    capMs: 5 * seconds,
    after: 'wait',
    reason: 'backoff',
    code: 'storage.denied',
  },
  badPlan: { tries: 1, baseMs: 0, capMs: 0, after: 'fail', reason: 'backoff', code: 'upload.badPlan' },
  exists: { tries: 1, baseMs: 0, capMs: 0, after: 'fail', reason: 'backoff', code: 'storage.conflict' },
  unsupported: { tries: 1, baseMs: 0, capMs: 0, after: 'fail', reason: 'backoff', code: 'upload.badPlan' },
  tooBig: { tries: 1, baseMs: 0, capMs: 0, after: 'fail', reason: 'backoff', code: 'storage.tooLarge' },
  refused: { tries: 1, baseMs: 0, capMs: 0, after: 'fail', reason: 'backoff', code: 'remote.refused' },
}

/** Full jitter: anywhere between nothing and the doubled base, so that many clients do not come back at once. `attempt` counts from 1. */
export function backoff(rule: { baseMs: number; capMs: number }, attempt: number, random: Random): number {
  return random() * Math.min(rule.capMs, rule.baseMs * 2 ** Math.min(attempt - 1, 30))
}

/** Between runs of one transfer: a minute, doubling to a quarter of an hour. */
export const transferBackoff = { baseMs: 60 * seconds, capMs: 15 * 60 * seconds }

/**
 * The end of a run that is no bug: the transfer waits (until `nextAt`, or until its cause is gone) or fails.
 * Thrown by the phases and turned into the state by the runner.
 */
export class Halt extends Error {
  readonly outcome: 'wait' | 'fail'
  readonly reason: WaitReason
  readonly code: ErrorCode
  readonly facts: Facts
  readonly nextAt: number | null
  constructor(
    halt: {
      readonly outcome: 'wait' | 'fail'
      readonly reason?: WaitReason
      readonly code: ErrorCode
      readonly facts?: Facts
      readonly nextAt?: number | null
    },
    cause?: unknown,
  ) {
    super(`${halt.outcome}: ${halt.code}`, cause === undefined ? undefined : { cause })
    this.name = 'Halt'
    this.outcome = halt.outcome
    this.reason = halt.reason ?? 'backoff'
    this.code = halt.code
    this.facts = halt.facts ?? {}
    this.nextAt = halt.nextAt ?? null
  }
}

/** Whether an error is a store's failure of one of these kinds. */
export function isKind(error: unknown, ...kinds: readonly FailureKind[]): error is StoreFailure {
  return error instanceof StoreFailure && kinds.includes(error.kind)
}
