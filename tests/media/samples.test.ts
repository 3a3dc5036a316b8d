import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { frameRates, isSameRate, parseFrameRate } from '../../src/shared/frameRate.ts'
import { formatTimecode, parseTimecode } from '../../src/shared/timecode.ts'
import { decodedCodes } from './decodedCodes.ts'
import { readSampleClips, readSamples, samplesFolder } from './samples.ts'

const samples = readSamples()
const clips = readSampleClips()

const ffmpegIsThere = ['ffmpeg', 'ffprobe'].every((name) => spawnSync(name, ['-version']).status === 0)
const needsFfmpeg = ffmpegIsThere ? '' : ' (skipped: ffmpeg is not installed)'

describe('the manifest', () => {
  test('names every file in the folder, with its size and hash', () => {
    const listed = samples.flatMap((sample) => [sample, sample.thumbnail])
    for (const { file, bytes, sha256 } of listed) {
      const content = readFileSync(samplesFolder + file)
      expect(content.length, file).toBe(bytes)
      expect(createHash('sha256').update(content).digest('hex'), file).toBe(sha256)
    }
    const there = readdirSync(samplesFolder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll('//', '/').slice(samplesFolder.length))
    expect(there.sort()).toEqual(['samples.json', ...listed.map(({ file }) => file)].sort())
  })

  test('stays within the sizes that a repository can carry', () => {
    const total = samples.reduce((sum, { bytes, thumbnail }) => sum + bytes + thumbnail.bytes, 0)
    expect(total).toBeLessThanOrEqual(8_000_000)
    for (const { thumbnail } of samples) expect(thumbnail.bytes, thumbnail.file).toBeLessThan(25_000)
  })

  test('has start timecodes that mean their frame, and a clip id of its own for each clip', () => {
    for (const clip of clips) {
      expect(parseTimecode(clip.startTimecode, clip), clip.file).toBe(clip.startFrame)
      expect(formatTimecode(clip.startFrame, clip), clip.file).toBe(clip.startTimecode)
    }
    expect(new Set(clips.map(({ clipId }) => clipId)).size).toBe(clips.length)
  })

  test('holds 24, 25 and 29.97 drop frame, twelve seconds each', () => {
    for (const [rate, dropFrame] of [
      [frameRates['24'], false],
      [frameRates['25'], false],
      [frameRates['29.97'], true],
    ] as const) {
      const fitting = clips.filter((clip) => isSameRate(clip.rate, rate) && clip.dropFrame === dropFrame)
      expect(fitting.some((clip) => (clip.frameCount * rate.denominator) / rate.numerator > 11.9)).toBe(true)
    }
  })
})

test.each(clips)('$file has its index in front, so that it plays while it is still coming', ({ file }) => {
  const bytes = readFileSync(samplesFolder + file)
  const boxes: string[] = []
  for (let at = 0; at + 8 <= bytes.length; at += bytes.readUInt32BE(at)) {
    boxes.push(bytes.toString('latin1', at + 4, at + 8))
  }
  expect(boxes.indexOf('moov')).toBeGreaterThan(0)
  expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'))
})

describe.skipIf(!ffmpegIsThere)(`decoded by ffmpeg${needsFfmpeg}`, () => {
  test('every frame of every clip carries its own number and its clip', async () => {
    let read = 0
    let wrong = 0
    for (const clip of clips) {
      const codes = await decodedCodes(samplesFolder + clip.file, clip)
      expect(codes.length, clip.file).toBe(clip.frameCount)
      for (const [frame, code] of codes.entries()) {
        read++
        if (code?.frame !== frame || code.clipId !== clip.clipId) wrong++
      }
    }
    process.stdout.write(`sample footage: ${read} frames of ${clips.length} clips read, ${wrong} wrong\n`)
    expect(wrong).toBe(0)
  }, 300_000)

  test.each(clips)('$file is H.264 High and AAC at its rate, with its start timecode', (clip) => {
    const { streams } = probe(clip.file)
    const video = streams.find(({ codec_type }) => codec_type === 'video')
    expect(video).toMatchObject({
      codec_name: 'h264',
      profile: 'High',
      pix_fmt: 'yuv420p',
      width: clip.width,
      height: clip.height,
      nb_frames: String(clip.frameCount),
      color_space: 'bt709',
    })
    expect(parseFrameRate(video?.r_frame_rate ?? '')).toEqual(clip.rate)
    expect(parseFrameRate(video?.avg_frame_rate ?? '')).toEqual(clip.rate)
    const sound = streams.find(({ codec_type }) => codec_type === 'audio')
    expect(sound).toMatchObject({ codec_name: 'aac', sample_rate: '48000', channels: 2 })
    const seconds = (clip.frameCount * clip.rate.denominator) / clip.rate.numerator
    expect(Number(video?.duration)).toBeCloseTo(seconds, 2)
    expect(Math.abs(Number(sound?.duration) - seconds)).toBeLessThan(0.03)
    const timecodes = streams.flatMap(({ tags }) => tags?.timecode ?? [])
    expect(timecodes).toContain(clip.startTimecode)
  })

  test.each(clips)('$file has a key frame at least every twelve frames', (clip) => {
    const out = ffprobe([
      '-select_streams',
      'v',
      '-show_entries',
      'packet=flags',
      '-of',
      'csv=p=0',
      clip.file,
    ])
    const isKey = out
      .trim()
      .split('\n')
      .map((flags) => flags.startsWith('K'))
    expect(isKey.length).toBe(clip.frameCount)
    const keys = isKey.flatMap((key, index) => (key ? [index] : []))
    expect(keys[0]).toBe(0)
    const gaps = [...keys, isKey.length].slice(1).map((key, index) => key - (keys[index] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(12)
  })
})

const probeSchema = z.object({
  streams: z.array(
    z.object({
      codec_type: z.string(),
      codec_name: z.string().optional(),
      profile: z.string().optional(),
      pix_fmt: z.string().optional(),
      color_space: z.string().optional(),
      width: z.number().optional(),
      height: z.number().optional(),
      channels: z.number().optional(),
      sample_rate: z.string().optional(),
      nb_frames: z.string().optional(),
      r_frame_rate: z.string().optional(),
      avg_frame_rate: z.string().optional(),
      duration: z.string().optional(),
      tags: z.object({ timecode: z.string().optional() }).optional(),
    }),
  ),
})

function ffprobe(args: string[]): string {
  const done = spawnSync('ffprobe', ['-v', 'error', ...args], { cwd: samplesFolder, encoding: 'utf8' })
  expect(done.stderr).toBe('')
  return done.stdout
}

const probe = (file: string) => probeSchema.parse(JSON.parse(ffprobe(['-show_streams', '-of', 'json', file])))
