import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { isSameRate } from '../../../shared/frameRate.ts'
import { fileFacts, formatMetadataOf, proxyFieldsOf } from './fileFacts.ts'

const samples = new URL('../../../../resources/samples/', import.meta.url)
const manifest = z
  .object({
    samples: z.array(
      z.object({
        file: z.string(),
        width: z.number().optional(),
        height: z.number().optional(),
        frameCount: z.number().optional(),
        rate: z.object({ numerator: z.number(), denominator: z.number() }).optional(),
        startTimecode: z.string().optional(),
        dropFrame: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('samples.json', samples), 'utf8')))

const factsOf = (name: string, bytes: Buffer) =>
  fileFacts(name, bytes.length, async (start, count) => bytes.subarray(start, start + count))

test.each(manifest.samples)('$file says of itself what it was made as', async (sample) => {
  const bytes = readFileSync(new URL(sample.file, samples))
  const facts = await factsOf(sample.file, bytes)
  expect(facts.isPlayable).toBe(true)
  expect({ width: facts.width, height: facts.height }).toEqual({ width: sample.width, height: sample.height })
  const { rate, frameCount } = sample
  if (rate === undefined || frameCount === undefined) return
  expect(facts.rate !== undefined && isSameRate(facts.rate, rate)).toBe(true)
  expect(facts.startTimecode).toBe(sample.startTimecode)
  expect(facts.isDropFrame).toBe(sample.dropFrame)
  const seconds = (frameCount * rate.denominator) / rate.numerator
  expect(Math.abs((facts.durationMs ?? 0) / 1000 - seconds)).toBeLessThan(0.05)
  expect(proxyFieldsOf(facts, bytes.length)).toMatchObject({
    codec: 'avc1',
    start_time_code: sample.startTimecode,
  })
  expect(formatMetadataOf(facts)).toMatchObject({ media_type: 'video', internet_media_type: 'video/mp4' })
})

test('a file that is broken anywhere is one that says little, and nothing fails', async () => {
  const [clip] = manifest.samples
  const whole = readFileSync(new URL(clip?.file ?? '', samples))
  const moov = whole.indexOf('moov')
  const head = Buffer.from(whole.subarray(0, 32))
  for (let index = 0; index < 2000; index++) {
    const broken = Buffer.concat([head, whole.subarray(moov - 4)])
    // Every word of the part that is read, set to extremes in turn.
    const at = 32 + ((index * 4) % (broken.length - 40))
    broken.writeUInt32BE([0, 0xffffffff, 0x7fffffff, 1][index % 4] ?? 0, at)
    await expect(factsOf('x.mp4', broken)).resolves.toMatchObject({ mimetype: 'video/mp4' })
    await factsOf('x.mp4', broken.subarray(0, index))
  }
  for (const name of ['x.wav', 'x.jpg', 'x.png', 'x.mov', 'x', '']) {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(30, 0xff), Buffer.from('RIFF0000WAVEfmt data')]) {
      await expect(factsOf(name, bytes)).resolves.toHaveProperty('isPlayable')
    }
  }
})
