import { z } from 'zod'
import { captionTrackSchema, cueSchema } from './captions.ts'
import { versionIdSchema } from './ids.ts'
import { ffmpegStateSchema, ownProxySchema } from './ownProxy.ts'

const nothing = z.void()
const ofVersion = z.object({ versionId: versionIdSchema })
const ofTrack = ofVersion.extend({ id: captionTrackSchema.shape.id })
const tracks = z.array(captionTrackSchema)

/** Calls about what this computer makes and keeps of media: review proxies and captions. */
export const mediaCalls = {
  'proxies.get': { input: ofVersion, output: ownProxySchema },
  /** In turn, one at a time. `ffmpeg.missing` or `ffmpeg.unfit` where this computer cannot; what comes of it is told by `proxies.changed`. */
  'proxies.make': { input: ofVersion, output: ownProxySchema },
  'proxies.cancel': { input: ofVersion, output: nothing },
  /** What all of them take on the disk. */
  'proxies.bytes': { input: nothing, output: z.number().int().nonnegative() },
  'proxies.clear': { input: nothing, output: nothing },
  'ffmpeg.get': { input: nothing, output: ffmpegStateSchema },
  /** The system's own dialog. `ffmpeg.unfit` for a file that is none; unchanged when the user changed their mind. */
  'ffmpeg.choose': { input: nothing, output: ffmpegStateSchema },
  /** Back to the one that is found. */
  'ffmpeg.forget': { input: nothing, output: ffmpegStateSchema },
  'captions.list': { input: ofVersion, output: tracks },
  /**
   * The system's own dialog for a `.srt` or `.vtt`; `addedId` null when the user changed their mind. `captions.unreadable`
   * with `problem` and `line` for a file that is none; nothing changes then.
   */
  'captions.add': {
    input: ofVersion,
    output: z.object({ tracks, addedId: captionTrackSchema.shape.id.nullable() }),
  },
  'captions.read': { input: ofTrack, output: z.array(cueSchema) },
  'captions.remove': { input: ofTrack, output: tracks },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

export const mediaEvents = {
  'proxies.changed': z.object({ versionId: versionIdSchema, proxy: ownProxySchema }),
} as const satisfies Record<string, z.ZodType>

/** What the player finds beside the proxy that was made on this computer. */
export const ownMediaSchema = z.object({ posterUrl: z.string().nullable(), peaksUrl: z.string().nullable() })
export type OwnMedia = z.infer<typeof ownMediaSchema>
