import { z } from 'zod'

/** What the studio itself does for a job. */
export const taskSchema = z.discriminatedUnion('kind', [
  /** Looks into the file, and makes proxy and picture of it where it can be shown as it is. */
  z.strictObject({ kind: z.literal('proxy'), fileId: z.string() }),
  /** The picture alone, out of a proxy. */
  z.strictObject({ kind: z.literal('keyframes'), proxyId: z.string() }),
  /** A picture of one moment. */
  z.strictObject({ kind: z.literal('still'), fileId: z.string(), milliseconds: z.number() }),
  /** Looks into the file, and notes what it says of itself with its format. */
  z.strictObject({ kind: z.literal('mediainfo'), fileId: z.string() }),
])
export type Task = z.infer<typeof taskSchema>

/** How a task ended. A warning is about something that cannot be had here; a failure is thrown. */
export interface TaskOutcome {
  readonly warning?: string
  readonly message?: string
}
