import { z } from 'zod'

/** A thing's id at its service, for things that are never cached here (people, shares, metadata views). Opaque: only compared and sent back. */
export const remoteKeySchema = z.string().min(1).max(200)
export type RemoteKey = z.infer<typeof remoteKeySchema>

export const emailSchema = z.email().max(254)

/** Somebody the service knows. */
export const personSchema = z.object({
  key: remoteKeySchema,
  name: z.string(),
  email: z.string().nullable(),
})
export type Person = z.infer<typeof personSchema>

export const personGroupSchema = z.object({ key: remoteKeySchema, name: z.string() })
export type PersonGroup = z.infer<typeof personGroupSchema>
