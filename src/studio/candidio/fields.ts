import { z } from 'zod'

/** Field types of payloads. */

const maxText = 20_000

export const shortText = z.string().trim().min(1, 'is required').max(500)
export const longText = z.string().max(maxText)
export const idText = z.string().regex(/^[a-z]{3}_\w{1,64}$/, 'is not an id')

/** JSON clients write flags in several ways; rows hold 0 and 1. */
export const flag = z.union([z.boolean(), z.literal(0), z.literal(1)]).transform((value) => (value ? 1 : 0))

export const dateField = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/, 'is not a date')
  .refine((text) => !Number.isNaN(Date.parse(`${text.slice(0, 10)}T00:00:00Z`)), 'is not a date')
  .transform((text) => (text.length === 10 ? `${text} 00:00:00` : text))

export const emailField = z
  .string()
  .trim()
  .max(254)
  .regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'is not an e-mail address')

/** Loose JSON of a bounded size, as the text that a row holds. */
export const looseJson = z
  .json()
  .transform((value) => JSON.stringify(value))
  .refine((text) => text.length <= maxText, 'is too long')

/** Columns without those that were not sent. */
export function given<T extends Record<string, unknown>>(
  columns: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}
