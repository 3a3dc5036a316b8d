import { z } from 'zod'

/** At most this many rows in one answer, whatever is asked for. */
export const pageLimit = 500
/** Rows before the first that is wanted. */
export const offset = z.number().int().nonnegative().max(10_000_000)
/** Rows that are wanted. */
export const limit = z.number().int().positive().max(pageLimit)
