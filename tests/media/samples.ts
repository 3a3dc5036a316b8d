import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { frameRateSchema } from '../../src/shared/frameRate.ts'

/** The sample footage in resources/samples, as its manifest describes it. */

const fileFacts = { file: z.string(), bytes: z.int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }
const shared = { ...fileFacts, title: z.string(), scene: z.string(), thumbnail: z.strictObject(fileFacts) }

const clipSchema = z.strictObject({
  ...shared,
  kind: z.literal('clip'),
  /** The number in the pixels, see `readFrameCode`. */
  clipId: z.int().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  frameCount: z.int().positive(),
  rate: frameRateSchema,
  dropFrame: z.boolean(),
  startTimecode: z.string(),
  /** The start timecode as a frame count from 00:00:00:00. */
  startFrame: z.int().nonnegative(),
})
const stillSchema = z.strictObject({
  ...shared,
  kind: z.literal('still'),
  width: z.int().positive(),
  height: z.int().positive(),
})
const soundSchema = z.strictObject({
  ...shared,
  kind: z.literal('sound'),
  seconds: z.number().positive(),
  sampleRate: z.int().positive(),
  channels: z.int().positive(),
})
const manifestSchema = z.strictObject({
  samples: z.array(z.discriminatedUnion('kind', [clipSchema, stillSchema, soundSchema])),
})

export type Sample = z.infer<typeof manifestSchema>['samples'][number]
export type SampleClip = z.infer<typeof clipSchema>

export const samplesFolder = fileURLToPath(new URL('../../resources/samples/', import.meta.url))

/** Everything in the manifest; throws with the field's path if the manifest is not as described. */
export const readSamples = (): Sample[] =>
  manifestSchema.parse(JSON.parse(readFileSync(`${samplesFolder}samples.json`, 'utf8'))).samples

export const readSampleClips = (): SampleClip[] => readSamples().filter((sample) => sample.kind === 'clip')
