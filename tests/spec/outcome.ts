import { z } from 'zod'
import type { Clock } from '../../src/main/transfers/clock.ts'
import { AppError } from '../../src/shared/errors.ts'

/** Something to ask a connector, and what it promises to answer. */
export type Act = readonly [name: string, asked: () => Promise<unknown>, result: z.ZodType]

/** How many malformed answers a run sends; the long size for a soak. */
export const malformed = process.env['RUSHES_SOAK'] ? 200_000 : 10_000
export const malformedMs = process.env['RUSHES_SOAK'] ? 3_600_000 : 120_000

/** Waits are over at once, and time passes with them. */
export function hurriedClock(): Clock {
  let at = 1_700_000_000_000
  return {
    now: () => at,
    ticks: () => at,
    wait(ms) {
      at += ms
      return Promise.resolve()
    },
  }
}

/** What a call came to: `value` when it is what was promised, an error's code, or in words what went wrong. */
export async function outcomeOf(asked: () => Promise<unknown>, promised: z.ZodType): Promise<string> {
  try {
    const read = promised.safeParse(await asked())
    return read.success ? 'value' : `not what was promised: ${JSON.stringify(read.error.issues[0])}`
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal.bug') return error.code
    return `crash: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
}

export const isFine = (outcome: string) => /^(value|[a-zA-Z]+\.[a-zA-Z]+)$/.test(outcome)

/** A value that JSON and a database can hold, without a name that reaches a prototype. */
export const soundSchema = z.unknown().refine(isSound)

function isSound(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value !== 'object' || value === null) return typeof value !== 'function'
  return !Object.hasOwn(value, '__proto__') && Object.values(value).every(isSound)
}

export function sayOutcomes(what: string, outcomes: ReadonlyMap<string, number>): void {
  const counted = [...outcomes].filter(([outcome]) => isFine(outcome)).toSorted(([, a], [, b]) => b - a)
  process.stdout.write(`malformed answers, ${what}: ${JSON.stringify(Object.fromEntries(counted))}\n`)
}
