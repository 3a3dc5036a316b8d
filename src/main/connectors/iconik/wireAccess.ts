import { z } from 'zod'

/** What one connection, a user's or a share visitor's, needs to ask iconik. A visitor's token goes the way of a user's. */
export const iconikAccessSchema = z.object({
  /** The origin of a region's host. */
  address: z.string(),
  appId: z.string(),
  token: z.string(),
})
export type IconikAccess = z.infer<typeof iconikAccessSchema>
