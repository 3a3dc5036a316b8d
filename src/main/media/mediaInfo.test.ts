import { open, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import { frameRateSchema } from '../../shared/frameRate.ts'
import { mediaInfoOf, readMediaInfo } from './mediaInfo.ts'

const wasm = createRequire(import.meta.url).resolve('mediainfo.js/MediaInfoModule.wasm')
const samples = fileURLToPath(new URL('../../../resources/samples', import.meta.url))
const manifestSchema = z.object({
  samples: z.array(
    z.object({
      file: z.string(),
      kind: z.string(),
      width: z.number().optional(),
      height: z.number().optional(),
      frameCount: z.number().optional(),
      rate: frameRateSchema.optional(),
      dropFrame: z.boolean().optional(),
      startFrame: z.number().optional(),
    }),
  ),
})

async function infoOf(file: string) {
  const handle = await open(file)
  let read = 0
  try {
    const { size } = await handle.stat()
    const info = await readMediaInfo(
      {
        size,
        async read(offset, length) {
          const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
          read += bytesRead
          return buffer.subarray(0, bytesRead)
        },
      },
      wasm,
    )
    return { info, read, size }
  } finally {
    await handle.close()
  }
}

describe('what the media says of itself', () => {
  test('rate, frames, picture and start timecode of every sample clip, exactly', async () => {
    const manifest = manifestSchema.parse(JSON.parse(await readFile(join(samples, 'samples.json'), 'utf8')))
    const clips = manifest.samples.filter((sample) => sample.kind === 'clip')
    expect(clips.length).toBeGreaterThan(5)
    for (const clip of clips) {
      const { info } = await infoOf(join(samples, clip.file))
      expect({ file: clip.file, ...info }).toMatchObject({
        file: clip.file,
        kind: 'video',
        videoCodec: 'AVC',
        width: clip.width,
        height: clip.height,
        rate: clip.rate,
        frames: clip.frameCount,
        startFrame: clip.startFrame,
        isDropFrame: clip.dropFrame,
        isVariableRate: false,
      })
    }
  })

  test('a picture and a sound are told apart', async () => {
    expect((await infoOf(join(samples, 'A012_S001_0915.jpg'))).info).toMatchObject({
      kind: 'image',
      rate: null,
    })
    expect((await infoOf(join(samples, 'S004_T012_0915.wav'))).info).toMatchObject({
      kind: 'audio',
      width: null,
    })
  })

  test('what is no media is said to be none, whatever it is called', async () => {
    const bytes = Buffer.from('This is a text that somebody called clip.mov.'.repeat(50))
    const reading = readMediaInfo(
      { size: bytes.length, read: async (offset, length) => bytes.subarray(offset, offset + length) },
      wasm,
    )
    await expect(reading).rejects.toThrow('media.unplayable')
    await expect(reading).rejects.toBeInstanceOf(AppError)
  })

  test('a refusal while reading passes through', async () => {
    const reading = readMediaInfo(
      { size: 1000, read: () => Promise.reject(new AppError('network.offline')) },
      wasm,
    )
    await expect(reading).rejects.toThrow('network.offline')
  })

  test.each([
    [{ FrameRate: 23.976 }, { numerator: 24000, denominator: 1001 }],
    [{ FrameRate: 29.97 }, { numerator: 30000, denominator: 1001 }],
    [{ FrameRate: 59.94 }, { numerator: 60000, denominator: 1001 }],
    [{ FrameRate: 25 }, { numerator: 25, denominator: 1 }],
    [
      { FrameRate: 24, FrameRate_Num: 24000, FrameRate_Den: 1001 },
      { numerator: 24000, denominator: 1001 },
    ],
    [{}, null],
  ])('a rate of %j is %j', (video, rate) => {
    const found = {
      media: { '@ref': '', track: [{ '@type': 'General' }, { '@type': 'Video', ...video }] },
    } as unknown as Parameters<typeof mediaInfoOf>[0]
    expect(mediaInfoOf(found).rate).toEqual(rate)
  })
})
