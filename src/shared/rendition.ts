import { z } from 'zod'
import { frameTimesSchema } from './frameTimes.ts'
import { mediaInfoSchema } from './place.ts'

/** Names one rendition of a version: its original, the proxy of this computer, or a proxy of the service by its key there. */
export const renditionKeySchema = z.string().regex(/^(original|own|proxy:.{1,200})$/s)

/** One of the media that a version can be played from. */
export const renditionSchema = z.object({
  key: renditionKeySchema,
  kind: z.enum(['original', 'service', 'own']),
  info: mediaInfoSchema,
  bytes: z.number().int().nonnegative(),
  /** It is what plays as long as nobody chooses. */
  isUsual: z.boolean(),
  /**
   * Whether its frames are those the version is counted in: the `same`; of another `rate` or another `count`, so that
   * each is found by its time; or `unknown`, because one of the two does not say.
   */
  frames: z.enum(['same', 'rate', 'count', 'unknown']),
  /**
   * Of what plays by itself, and only where it begins elsewhere than what the version was counted by, as when a proxy
   * came later: where it is by itself, and where the version's frames are in it.
   */
  moved: z.object({ url: z.string(), times: frameTimesSchema.nullable() }).optional(),
})
export type Rendition = z.infer<typeof renditionSchema>
