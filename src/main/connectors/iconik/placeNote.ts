import { z } from 'zod'
import { shelfSchema } from '../../../shared/place.ts'
import type { RemotePlace } from '../remote.ts'

/** The connector's note of a place: enough to list it and to upload to it. */
export const placeNoteSchema = z.object({
  domainId: z.string(),
  /** The collection whose contents are listed; null for the domain and for shelves. */
  collectionId: z.string().nullable(),
  /** The storage that files sent there go to, where the collection has one of its own. */
  storageId: z.string().nullable(),
  projectId: z.string().optional(),
  isOrdered: z.boolean().optional(),
  shelf: shelfSchema.optional(),
  /** What a guest was shown that is no collection. */
  shared: z.object({ objectType: z.string(), objectId: z.string() }).optional(),
})
export type PlaceNote = z.infer<typeof placeNoteSchema>

export const noteOf = (place: Pick<RemotePlace, 'remote'>): PlaceNote => placeNoteSchema.parse(place.remote)
