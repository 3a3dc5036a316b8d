/** Clips that another computer sent and the service made no picture of: the library shows one of the clip itself. */
import { rm } from 'node:fs/promises'
import { DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { s3ClientOf } from '../fakes/studioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'
import type { CodedClip } from '../media/codedClips.ts'
import { hasFfmpeg, makeClips } from '../media/codedClips.ts'
import { readFrameCode } from '../media/frameCode.ts'
import { cards, connect, openProduction, samplesFolder, sendFiles } from './actor.ts'
import { untilDone } from './arrived.ts'
import { makeFramesLate } from './lateFrames.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'

type Window = LaunchedApp['window']

const production = 'Winter catalogue'
const clips: readonly CodedClip[] = [
  { name: 'A001 ridge.mp4', rate: '25', frames: 105 },
  { name: 'A002 road.mp4', rate: '24000/1001', frames: 65 },
  { name: 'A003 graded.mov', codec: 'prores', rate: '25', frames: 50, timecode: '01:00:00:00' },
]
/** What a player cannot show is not ready: the service may still be at work on it. */
const ready = clips.slice(0, 2)
const unready = clips.slice(2)
const posterBytes = 16 * 2 ** 20

const card = (window: Window, { name }: CodedClip) =>
  cards(window).filter({ hasText: name.replace(/\.\w+$/, '') })

/** The code in the pixels of the picture that a card shows now; undefined while it shows none. */
async function codeOf(window: Window, clip: CodedClip) {
  const image = card(window, clip).locator('img')
  if ((await image.count()) !== 1 || !(await image.isVisible())) return undefined
  const picture = await image.evaluate(async (shown) => {
    const { currentSrc, naturalWidth } = shown as HTMLImageElement
    if (naturalWidth === 0) return undefined
    const copy = new Image()
    copy.crossOrigin = 'anonymous'
    copy.src = currentSrc
    await copy.decode()
    const canvas = new OffscreenCanvas(copy.naturalWidth, copy.naturalHeight)
    const context = canvas.getContext('2d')
    context?.drawImage(copy, 0, 0)
    const data = context?.getImageData(0, 0, canvas.width, canvas.height).data
    return data && { data: [...data], width: canvas.width, height: canvas.height }
  })
  if (picture === undefined) return undefined
  const { data, width, height } = picture
  return readFrameCode(new Uint8Array(data), width, height, { x: 0, y: 0, width, height })
}

/** A tenth into the clip; a second into one whose length no player tells. */
const expected = (clip: CodedClip) => ({
  clipId: clips.indexOf(clip) + 1,
  frame: ready.includes(clip) ? Math.floor(clip.frames / 10) : 25,
})

/** As if the service had not made any: what was laid beside the objects goes. Resolves to how many went. */
async function removePictures(studio: StudioProcess, names: readonly string[]): Promise<number> {
  const s3 = s3ClientOf(studio)
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: studio.storage.bucket }))
  const found = Contents.map(({ Key = '' }) => Key).filter((key) =>
    names.some((name) => key.endsWith(`${name}.thumb.jpg`)),
  )
  for (const Key of found) await s3.send(new DeleteObjectCommand({ Bucket: studio.storage.bucket, Key }))
  s3.destroy()
  return found.length
}

const readsOf = (studio: StudioProcess, from: number) =>
  studio
    .log()
    .slice(from)
    .filter(({ method, key }) => method === 'GET' && clips.some(({ name }) => key?.endsWith(`/${name}`)))

test('clips from another computer show a picture of themselves in the grid', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  test.setTimeout(180_000)
  const { folder, paths } = await makeClips(clips)
  const studio = await startStudio({ samplesFolder })
  try {
    const sender = await launchApp()
    await connect(sender.window, studio)
    await openProduction(sender.window, production)
    await sendFiles(sender.window, paths)
    await untilDone(sender.window, clips.length, 60_000)
    let removed = 0
    const remove = async () => {
      removed += await removePictures(
        studio,
        clips.map(({ name }) => `/${name}`),
      )
      return removed
    }
    await expect.poll(remove).toBe(ready.length)
    await sender.close()

    const before = studio.log().length
    const viewer = await launchApp()
    const { window, userData } = viewer
    await connect(window, studio)
    await openProduction(window, production)
    await expect(cards(window)).toHaveCount(clips.length)
    const began = Date.now()
    for (const clip of ready)
      await expect.poll(() => codeOf(window, clip), { timeout: 60_000 }).toEqual(expected(clip))
    const took = Date.now() - began
    const reads = readsOf(studio, before)
    const bytes = reads.reduce((sum, { bytesOut }) => sum + bytesOut, 0)
    process.stdout.write(
      `pictures of ${ready.length} clips on the screen after ${took} ms; read ${bytes} bytes in ${reads.length} requests\n`,
    )
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(ready.length * posterBytes)
    for (const clip of unready) await expect(card(window, clip).locator('img')).toBeHidden()

    // An hour later the service has still made nothing of the third: this computer's ffmpeg does.
    await window.clock.setSystemTime(Date.now() + 3_600_000)
    await openProduction(window, 'Harbour, a portrait')
    await openProduction(window, production)
    for (const clip of unready)
      await expect.poll(() => codeOf(window, clip), { timeout: 60_000 }).toEqual(expected(clip))
    await viewer.close()

    // Kept: they are there again, and nothing of the clips is read for them.
    const kept = studio.log().length
    const again = await launchApp({ userData })
    await openProduction(again.window, production)
    for (const clip of clips)
      await expect.poll(() => codeOf(again.window, clip), { timeout: 60_000 }).toEqual(expected(clip))
    expect(readsOf(studio, kept)).toEqual([])
    expect(studio.problems).toEqual([])
  } finally {
    await studio.dispose()
    await rm(folder, { recursive: true, force: true })
  }
})

test('a picture that comes late is waited for, not kept as a black one', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  const [clip] = clips
  if (clip === undefined) throw new Error('no clip')
  const { folder, paths } = await makeClips([clip])
  try {
    const { window } = await launchApp({ args: ['--demo'] })
    await makeFramesLate(window)
    await openProduction(window, production)
    await sendFiles(window, paths)
    await untilDone(window, 1, 60_000)
    await expect.poll(() => codeOf(window, clip), { timeout: 60_000 }).toEqual(expected(clip))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
