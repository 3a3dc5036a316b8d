import { z } from 'zod'
import { failureSchema } from './errors.ts'

/**
 * The review proxy this computer makes of a version that the player cannot play. `waiting`: another one is made first.
 * `share` is 0..1, null while nothing is known of its length.
 */
export const ownProxySchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('waiting') }),
  z.object({ state: z.literal('making'), share: z.number().min(0).max(1).nullable() }),
  z.object({ state: z.literal('failed'), failure: failureSchema }),
  z.object({ state: z.literal('ready') }),
])
export type OwnProxy = z.infer<typeof ownProxySchema>

/** The ffmpeg of this computer. Its path stays in main. */
export const ffmpegSchema = z.object({
  /** As it says itself: `7.1`, `n6.0-12-gabc`. */
  version: z.string(),
  /** Chosen by the user, or found where such programs lie. */
  origin: z.enum(['chosen', 'found']),
  /** What its proxies are made of; null: it has no encoder whose pictures the player can play. */
  makes: z.enum(['h264', 'vp9']).nullable(),
})
export type Ffmpeg = z.infer<typeof ffmpegSchema>

/** `isChosenGone`: the one that was chosen is not there any more, so another one stands in for it, or none. */
export const ffmpegStateSchema = z.object({ tool: ffmpegSchema.nullable(), isChosenGone: z.boolean() })
export type FfmpegState = z.infer<typeof ffmpegStateSchema>

/** Bytes that proxies on this computer may take together; the longest unused go first. */
export const proxyLimits = [5e9, 20e9, 50e9, 200e9] as const
export const usualProxyLimit = 20e9
