/** Review proxies by the real ffmpeg: every frame where it was, nothing left behind by what went wrong. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { fileAnswer } from '../../src/main/media/mediaAnswer.ts'
import { peakStretches } from '../../src/main/media/soundPeaks.ts'
import { AppError } from '../../src/shared/errors.ts'
import { heldAnswer } from '../fakes/heldAnswer.ts'
import type { ProxyBench, ProxyBenchOptions } from '../fakes/proxyBench.ts'
import { aVersion, infoOf, proxyBench } from '../fakes/proxyBench.ts'
import { type CodedClip, hasFfmpeg, makeClips } from './codedClips.ts'
import { decodedCodes } from './decodedCodes.ts'

const clips: readonly CodedClip[] = [
  {
    ...{ name: 'prores.mov', codec: 'prores', rate: '24000/1001', frames: 60, timecode: '01:00:00:00' },
    soundSeconds: 2.5,
  },
  {
    ...{ name: 'mpeg2.mxf', codec: 'mpeg2', rate: '25', frames: 50, timecode: '10:00:00:00' },
    ...{ width: 1280, height: 720, soundSeconds: 2 },
  },
  { name: 'dnxhr.mov', codec: 'dnxhr', rate: '30000/1001', frames: 45, timecode: '01:00:00;00' },
  { name: 'hevc.mp4', codec: 'hevc', rate: '60000/1001', frames: 90, timecode: '00:59:59;00' },
  { name: 'large.mov', codec: 'prores', rate: '50', frames: 12, width: 1998, height: 1234 },
]

let folder = ''
let paths: string[] = []
const bench: { made?: ProxyBench } = {}

beforeAll(async () => {
  if (hasFfmpeg()) ({ folder, paths } = await makeClips(clips))
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(async () => {
  await bench.made?.dispose()
})

async function withClip(index: number, options: ProxyBenchOptions = {}): Promise<ProxyBench> {
  const made = await proxyBench(options)
  bench.made = made
  made.originals.set(aVersion(1), paths[index] ?? '')
  return made
}

const probed = z.object({
  streams: z.array(
    z.object({
      codec_name: z.string().optional(),
      codec_type: z.string(),
      width: z.number().optional(),
      height: z.number().optional(),
      nb_read_frames: z.string().optional(),
      r_frame_rate: z.string(),
      start_time: z.string().optional(),
      pix_fmt: z.string().optional(),
      tags: z.object({ timecode: z.string().optional() }).optional(),
    }),
  ),
})
function probe(file: string) {
  const { stdout } = spawnSync(
    'ffprobe',
    ['-v', 'error', '-count_frames', '-show_streams', '-print_format', 'json', file],
    { encoding: 'utf8' },
  )
  return probed.parse(JSON.parse(stdout)).streams
}
const timed = z.object({ frames: z.array(z.object({ pts_time: z.string() })) })
/** When each frame is shown, in seconds. */
function times(file: string): number[] {
  const shown = ['-select_streams', 'v', '-show_entries', 'frame=pts_time', '-print_format', 'json']
  const { stdout } = spawnSync('ffprobe', ['-v', 'error', ...shown, file], { encoding: 'utf8' })
  return timed.parse(JSON.parse(stdout)).frames.map(({ pts_time }) => Number(pts_time))
}
const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

describe.skipIf(!hasFfmpeg())('a proxy made on this computer', () => {
  test.each(clips.map((clip, index) => ({ clip, index })))(
    'of $clip.name has every frame at its place',
    async ({ clip, index }) => {
      const { proxies, until, pictures, children } = await withClip(index)
      const path = paths[index] ?? ''
      const before = sha256(path)
      const info = await infoOf(path)
      expect(info.frames).toBe(clip.frames)
      await proxies.make(aVersion(1))
      await until(aVersion(1), 'ready')
      const file = (await proxies.file(aVersion(1), 'video'))?.path ?? ''
      const streams = probe(file)
      const video = streams.find(({ codec_type }) => codec_type === 'video')
      const { width = 640, height = 360 } = clip
      const shown = { height: Math.min(1080, height), width: 0 }
      shown.width = Math.round((width * shown.height) / height / 2) * 2
      expect(video).toMatchObject({
        codec_name: 'h264',
        pix_fmt: 'yuv420p',
        ...shown,
        nb_read_frames: String(clip.frames),
        r_frame_rate: clip.rate.includes('/') ? clip.rate : `${clip.rate}/1`,
      })
      expect(Number(video?.start_time)).toBe(0)
      const codes = await decodedCodes(file, shown)
      expect(codes.map((code) => code?.frame)).toEqual(
        Array.from({ length: clip.frames }, (_, frame) => frame),
      )
      const again = await infoOf(file)
      expect(again).toMatchObject({ rate: info.rate, frames: info.frames, isVariableRate: false })
      expect(again).toMatchObject({ startFrame: info.startFrame, isDropFrame: info.isDropFrame })
      expect(pictures.get(aVersion(1))?.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]))
      expect(sha256(path)).toBe(before)
      // Nothing of the service, of this run's password or of the original stands where others can read it.
      for (const child of children) {
        const said = child.spawnargs.join(' ')
        expect(said).not.toMatch(/127\.0\.0\.1|rushes:/)
        expect(said).not.toContain(path)
      }
      expect(children.length).toBe(3)
    },
    60_000,
  )

  test('has the shape of the sound beside it', async () => {
    const { proxies, until } = await withClip(0)
    await proxies.make(aVersion(1))
    await until(aVersion(1), 'ready')
    const bytes = readFileSync((await proxies.file(aVersion(1), 'peaks'))?.path ?? '')
    expect(bytes.length).toBe(peakStretches * 8)
    // A stretch is shorter than a wave of the tone: several of them hold both ends of it.
    const around = (share: number, end: 0 | 1) =>
      Array.from({ length: 16 }, (_, index) =>
        bytes.readFloatLE(((Math.floor(share * peakStretches) + index) * 2 + end) * 4),
      )
    const high = (share: number) => Math.max(...around(share, 1))
    const low = (share: number) => Math.min(...around(share, 0))
    expect(high(0.25)).toBeGreaterThan(0.3)
    expect(low(0.25)).toBeLessThan(-0.3)
    expect(Math.abs(high(0.75))).toBeLessThan(0.02)
  })

  test('keeps the times of a variable rate', async () => {
    const variable: CodedClip = { name: 'variable.mp4', rate: '24', frames: 48, isVariable: true }
    const made = await makeClips([variable])
    try {
      const path = made.paths[0] ?? ''
      const { proxies, until, originals } = await withClip(0)
      originals.set(aVersion(1), path)
      expect(await infoOf(path)).toMatchObject({ isVariableRate: true })
      await proxies.make(aVersion(1))
      await until(aVersion(1), 'ready')
      const file = (await proxies.file(aVersion(1), 'video'))?.path ?? ''
      const codes = await decodedCodes(file, { width: 640, height: 360 })
      expect(codes.map((code) => code?.frame)).toEqual(Array.from({ length: 48 }, (_, frame) => frame))
      const [wanted, shown] = [times(path), times(file)]
      const lengths = wanted.slice(1).map((time, index) => time - (wanted[index] ?? 0))
      expect(Math.max(...lengths)).toBeGreaterThan(1.4 * Math.min(...lengths))
      for (const [index, time] of wanted.entries()) expect(shown[index]).toBeCloseTo(time, 3)
    } finally {
      await rm(made.folder, { recursive: true, force: true })
    }
  })

  test('is VP9 and Opus where there is no H.264 encoder', async () => {
    const { proxies, until } = await withClip(0, {
      tool: (found) => ({ ...found, encoder: 'libvpx-vp9', makes: 'vp9' }),
    })
    await proxies.make(aVersion(1))
    await until(aVersion(1), 'ready')
    const file = await proxies.file(aVersion(1), 'video')
    expect(file?.mediaType).toBe('video/webm')
    expect(probe(file?.path ?? '').map(({ codec_name }) => codec_name)).toEqual(['vp9', 'opus'])
    const codes = await decodedCodes(file?.path ?? '', { width: 640, height: 360 })
    expect(codes.map((code) => code?.frame)).toEqual(Array.from({ length: 60 }, (_, frame) => frame))
  })

  test('is there after a restart, and made once', async () => {
    const { proxies, until, root, originals, children } = await withClip(0)
    const asked = await Promise.all([proxies.make(aVersion(1)), proxies.make(aVersion(1))])
    expect(asked.map(({ state }) => state)).toContain('making')
    await until(aVersion(1), 'ready')
    expect(children.length).toBe(3)
    const next = await proxyBench({ root })
    for (const [id, path] of originals) next.originals.set(id, path)
    expect(await next.proxies.state(aVersion(1))).toEqual({ state: 'ready' })
    expect(await next.proxies.make(aVersion(1))).toEqual({ state: 'ready' })
    expect(next.children).toEqual([])
  })

  test('leaves nothing when it is cancelled, nor when it waits for its turn', async () => {
    const { gate, answer } = heldAnswer()
    const { proxies, until, left, untilStarted, originals, children } = await withClip(0, { answer })
    originals.set(aVersion(2), paths[1] ?? '')
    const started = untilStarted()
    await proxies.make(aVersion(1))
    expect(await proxies.make(aVersion(2))).toEqual({ state: 'waiting' })
    const child = await started
    proxies.cancel(aVersion(2))
    await until(aVersion(2), 'none')
    proxies.cancel(aVersion(1))
    await until(aVersion(1), 'none')
    expect(child.signalCode).toBe('SIGKILL')
    expect(children.length).toBe(1)
    expect(await left()).toEqual([])
    gate.open()
  })

  test('leaves nothing when its program is killed in the middle', async () => {
    const { gate, answer } = heldAnswer()
    const { proxies, until, left, untilStarted } = await withClip(0, { answer })
    const started = untilStarted()
    await proxies.make(aVersion(1))
    ;(await started).kill('SIGKILL')
    expect(await until(aVersion(1), 'failed')).toEqual({
      state: 'failed',
      failure: { code: 'proxy.failed', facts: { reason: 'unreadable' } },
    })
    expect(await left()).toEqual([])
    gate.open()
  })

  test('that the app did not finish is swept away at the next start', async () => {
    const { proxies, root, left } = await withClip(0)
    await mkdir(join(root, '.making-01J00000000000000000000000'))
    await writeFile(join(root, '.making-01J00000000000000000000000', 'video'), 'half')
    await proxies.start()
    expect(await left()).toEqual([])
  })

  test('is given up when nothing moves any more', async () => {
    const { gate, answer } = heldAnswer()
    const { proxies, until, left } = await withClip(0, { answer, stallAfter: 400 })
    await proxies.make(aVersion(1))
    expect(await until(aVersion(1), 'failed')).toMatchObject({
      failure: { code: 'proxy.failed', facts: { reason: 'stalled' } },
    })
    expect(await left()).toEqual([])
    gate.open()
  })

  test('is not kept when it has other frames than the original', async () => {
    const { proxies, until, left } = await withClip(0, { info: (info) => ({ ...info, frames: 61 }) })
    await proxies.make(aVersion(1))
    expect(await until(aVersion(1), 'failed')).toMatchObject({
      failure: { code: 'proxy.failed', facts: { reason: 'frames', made: 60, wanted: 61 } },
    })
    expect(await left()).toEqual([])
  })

  test('says that the original is gone, and can be tried again', async () => {
    let isGone = true
    const { proxies, until, left } = await withClip(0, {
      answer: (request, path) =>
        isGone
          ? Promise.resolve(new Response(null, { status: 404 }))
          : fileAnswer(path, 'video/quicktime', request),
    })
    await proxies.make(aVersion(1))
    expect(await until(aVersion(1), 'failed')).toMatchObject({ failure: { code: 'remote.notFound' } })
    expect(await left()).toEqual([])
    expect(await proxies.state(aVersion(1))).toMatchObject({ state: 'failed' })
    isGone = false
    expect(await proxies.make(aVersion(1))).toMatchObject({ state: 'making' })
    await until(aVersion(1), 'ready')
  })

  test('says that the network went in the middle', async () => {
    const { proxies, until, left } = await withClip(0, {
      answer(request, path) {
        // After the look at it and the picture.
        if (bench.made?.children.length === 3) return Promise.reject(new AppError('network.offline'))
        return fileAnswer(path, 'video/quicktime', request)
      },
    })
    await proxies.make(aVersion(1))
    expect(await until(aVersion(1), 'failed')).toMatchObject({ failure: { code: 'network.offline' } })
    expect(await left()).toEqual([])
  })

  test('is no larger than all may be together', async () => {
    const { proxies, until, left } = await withClip(1, { limit: () => 20_000 })
    await proxies.make(aVersion(1))
    expect(await until(aVersion(1), 'failed')).toMatchObject({ failure: { code: 'proxy.tooLarge' } })
    expect(await left()).toEqual([])
  })

  test('takes the place of the one that is longest unused', async () => {
    let limit = 1e9
    const { proxies, until, originals } = await withClip(0, { limit: () => limit })
    for (const [index, path] of paths.slice(0, 3).entries()) originals.set(aVersion(index + 1), path)
    for (const id of [aVersion(1), aVersion(2)]) {
      await proxies.make(id)
      await until(id, 'ready')
    }
    await proxies.file(aVersion(1), 'video')
    limit = (await proxies.bytes()) + 1000
    await proxies.make(aVersion(3))
    await until(aVersion(3), 'ready')
    expect(await proxies.state(aVersion(2))).toEqual({ state: 'none' })
    expect(await proxies.state(aVersion(1))).toEqual({ state: 'ready' })
    expect(await proxies.bytes()).toBeLessThanOrEqual(limit)
    await proxies.clear()
    expect(await proxies.bytes()).toBe(0)
    expect(await proxies.state(aVersion(3))).toEqual({ state: 'none' })
  }, 60_000)

  test('of something that is no footage fails in plain words', async () => {
    const lie = join(folder, 'lie.mov')
    // A playlist that would fetch and read other things of this computer.
    await writeFile(lie, '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXTINF:10,\nhttp://127.0.0.1:9/x\n')
    // What the player knows of it was read before it was replaced.
    const { proxies, until, left } = await withClip(0, {
      answer: (request) => fileAnswer(lie, 'video/mp4', request),
    })
    await proxies.make(aVersion(1))
    expect(await until(aVersion(1), 'failed')).toMatchObject({
      failure: { code: 'proxy.failed', facts: { reason: 'unreadable' } },
    })
    expect(await left()).toEqual([])
  })

  test('needs an ffmpeg, and one that can write pictures', async () => {
    const without = await withClip(0, { tool: () => undefined })
    await expect(without.proxies.make(aVersion(1))).rejects.toThrow('ffmpeg.missing')
    const poor = await withClip(0, { tool: (found) => ({ ...found, encoder: null, makes: null }) })
    await expect(poor.proxies.make(aVersion(1))).rejects.toThrow('ffmpeg.unfit')
    expect(await poor.left()).toEqual([])
  })

  const canMount = process.platform === 'linux' && process.getuid?.() === 0
  test.skipIf(!canMount)('says that the disk is full and gives back what it took', async () => {
    const disk = join(folder, 'disk')
    await mkdir(disk)
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status).toBe(0)
    try {
      const { proxies, until, left } = await withClip(1, { root: join(disk, 'proxies') })
      await proxies.make(aVersion(1))
      expect(await until(aVersion(1), 'failed')).toMatchObject({ failure: { code: 'proxy.diskFull' } })
      expect(await left()).toEqual([])
    } finally {
      spawnSync('umount', [disk])
    }
  })
})
