import { z } from 'zod'
import { date, text, uuid } from '../fields.ts'
import { shareRights } from './shareRows.ts'

/** The fields of a share that a client may write, whatever the kind. */
export const shareFields = {
  ...shareRights,
  show_watermark: z.boolean().nullish(),
  is_approval: z.boolean().nullish(),
  metadata_views: z.array(z.string()).nullish(),
  expires: date.optional(),
  upload_storage_id: uuid.nullish(),
  // In the service's list of actions, newer than its file.
  review_experience_public_beta: z.boolean().nullish(),
}
export type ShareFields = z.output<z.ZodObject<typeof shareFields>>

export const title = text.max(500)
export const password = z.string().min(1).max(200)
/** Each address once, however it is written. */
export const emails = z
  .array(z.email())
  .min(1)
  .max(500)
  .transform((list) => [...new Map(list.map((email) => [email.toLowerCase(), email])).values()])
