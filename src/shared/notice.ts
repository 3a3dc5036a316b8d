import { z } from 'zod'
import { failureSchema } from './errors.ts'

/** Databases of this computer whose state a person may have to know about. */
export const keptStateSchema = z.enum(['library', 'transfers'])
export type KeptState = z.infer<typeof keptStateSchema>

/**
 * Something about what is kept on this computer that a person has to know. One for each database, until it is over or
 * put away. `closed`: it cannot be opened now. `restored`: it was damaged and a copy took its place. `rebuilt`: there
 * was no copy, it begins empty.
 */
export const noticeSchema = z.discriminatedUnion('kind', [
  z.object({ of: keptStateSchema, kind: z.literal('closed'), failure: failureSchema }),
  z.object({ of: keptStateSchema, kind: z.literal('restored'), backupAt: z.number().int() }),
  z.object({ of: keptStateSchema, kind: z.literal('rebuilt') }),
])
export type Notice = z.infer<typeof noticeSchema>
