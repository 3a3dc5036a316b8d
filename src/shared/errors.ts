import { z } from 'zod'

/**
 * What a failure means for the work that met it.
 * `auto`: waits and tries again by itself. `afterUser`: stays until somebody does something. `never`: repeating cannot help.
 */
export type RetryClass = 'auto' | 'afterUser' | 'never'

/** Every error code of the app and how it may be retried. The renderer has words for each; the compiler checks that none is missing. */
export const errorCodes = {
  'network.offline': 'auto',
  'network.untrusted': 'auto',
  'remote.unavailable': 'auto',
  'remote.rateLimited': 'auto',
  'remote.badReply': 'never',
  'remote.refused': 'afterUser',
  'remote.notFound': 'afterUser',
  'auth.expired': 'afterUser',
  'auth.forbidden': 'afterUser',
  'auth.codeNeeded': 'afterUser',
  'auth.passwordNeeded': 'afterUser',
  'storage.denied': 'afterUser',
  'storage.notFound': 'afterUser',
  'storage.conflict': 'afterUser',
  'storage.tooLarge': 'never',
  'source.missing': 'auto',
  'source.locked': 'auto',
  'source.unreadable': 'afterUser',
  'source.changed': 'afterUser',
  'upload.expired': 'auto',
  'upload.checksumMismatch': 'auto',
  'upload.corruptPath': 'afterUser',
  'upload.badPlan': 'never',
  'transfer.notStoppable': 'never',
  'transfer.hostStopped': 'auto',
  'database.full': 'auto',
  'database.corrupt': 'afterUser',
  'database.newer': 'afterUser',
  'database.unavailable': 'auto',
  'secrets.unavailable': 'afterUser',
  'file.unwritable': 'afterUser',
  'media.unplayable': 'never',
  'ffmpeg.missing': 'afterUser',
  'ffmpeg.unfit': 'afterUser',
  'proxy.failed': 'afterUser',
  'proxy.tooLarge': 'afterUser',
  'proxy.diskFull': 'afterUser',
  'captions.unreadable': 'afterUser',
  'captions.notRead': 'afterUser',
  'request.invalid': 'never',
  'request.foreign': 'never',
  'request.unknown': 'never',
  'thing.notFound': 'never',
  'internal.bug': 'never',
} as const satisfies Record<string, RetryClass>

export type ErrorCode = keyof typeof errorCodes

/** Small, safe details for the words shown: counts, names, times. Never paths, tokens or URLs. */
export type Facts = Readonly<Record<string, string | number | boolean>>

/** An expected refusal. `cause` goes to the log only; code and facts may cross to the renderer. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly facts: Facts
  constructor(code: ErrorCode, facts: Facts = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause })
    this.name = 'AppError'
    this.code = code
    this.facts = facts
  }
}

const codeNames = Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]
export const errorCodeSchema = z.enum(codeNames)
export const factsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export const failureSchema = z.object({ code: errorCodeSchema, facts: factsSchema })

/** An error as data: what crosses a process boundary or is stored with a row. */
export type Failure = z.infer<typeof failureSchema>

/** Turns anything thrown into a failure. What is not an AppError is a bug: its text stays in the log. */
export function toFailure(error: unknown): Failure {
  if (error instanceof AppError) return { code: error.code, facts: { ...error.facts } }
  return { code: 'internal.bug', facts: {} }
}

/** The error a failure stands for, on the other side of a process boundary. */
export function fromFailure(failure: Failure): AppError {
  return new AppError(failure.code, failure.facts)
}
