import { z } from 'zod'
import { captionTrackSchema, cueSchema, fileTrackSchema } from './captions.ts'
import { frameTimesSchema } from './frameTimes.ts'
import { versionIdSchema } from './ids.ts'
import { ffmpegStateSchema, ownProxySchema } from './ownProxy.ts'
import { mediaInfoSchema } from './place.ts'
import { renditionKeySchema, renditionSchema } from './rendition.ts'
import { thumbnailBytes } from './transferCalls.ts'

const nothing = z.void()
const ofVersion = z.object({ versionId: versionIdSchema })
const ofTrack = ofVersion.extend({ id: captionTrackSchema.shape.id })
const tracks = z.array(captionTrackSchema)

/** What the player finds beside the proxy that was made on this computer. */
export const ownMediaSchema = z.object({ posterUrl: z.string().nullable(), peaksUrl: z.string().nullable() })
export type OwnMedia = z.infer<typeof ownMediaSchema>

/** What was read from the media itself, once. */
const mediaFactsSchema = z.object({ info: mediaInfoSchema, times: frameTimesSchema.nullable() })

/** Calls about media: where a version is played from, and what this computer makes and keeps of it: pictures, review proxies and captions. */
export const mediaCalls = {
  /**
   * Where the player finds a version: a media URL made of opaque ids, and what was read from the media. `times` are the
   * file's own, where the rate does not tell when each frame starts; null in a clip of variable rate means that its table
   * could not be used.
   */
  'media.open': {
    input: ofVersion,
    output: mediaFactsSchema.extend({
      url: z.string(),
      /** The URL is that of the proxy made on this computer. */
      own: ownMediaSchema.nullable(),
    }),
  },
  /**
   * What a version can be played from, as far as it can be read now; none of a picture. Null: another version was asked
   * for before the end.
   */
  'media.renditions': { input: ofVersion, output: z.array(renditionSchema).nullable() },
  /**
   * As `media.open`, for the original or a proxy of the service, counted in the version's frames whatever its own are.
   * `remote.notFound` where there is none.
   */
  'media.openRendition': {
    input: ofVersion.extend({ key: renditionKeySchema }),
    output: mediaFactsSchema.extend({ url: z.string() }),
  },
  /** As `media.open`, for a version whose media was read before; null for others: the service is not asked. */
  'media.known': { input: ofVersion, output: mediaFactsSchema.nullable() },
  /** A picture of a version, taken by the renderer because the service has none. Kept under the version. */
  'posters.store': { input: ofVersion.extend({ jpeg: thumbnailBytes }), output: nothing },
  /** Takes it with the ffmpeg of this computer, where no browser can; false: none can be had, or it was stopped. */
  'posters.make': { input: ofVersion, output: z.boolean() },
  'posters.stop': { input: ofVersion, output: nothing },
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
  /** What lies inside of the media file: read from its head, once. Fails where the file cannot be reached. */
  'captions.inFile': { input: ofVersion, output: z.array(fileTrackSchema) },
  /**
   * Words that were read before at once; otherwise ffmpeg reads the file, which may take as long as fetching it. Null: it
   * was stopped, or another track of the version was asked for meanwhile. `ffmpeg.missing`, `captions.notRead`.
   */
  'captions.readInFile': {
    input: ofVersion.extend({ id: fileTrackSchema.shape.id }),
    output: z.array(cueSchema).nullable(),
  },
  /** Ends such a reading, if there is one. */
  'captions.stopReading': { input: ofVersion, output: nothing },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>

export const mediaEvents = {
  'proxies.changed': z.object({ versionId: versionIdSchema, proxy: ownProxySchema }),
} as const satisfies Record<string, z.ZodType>
