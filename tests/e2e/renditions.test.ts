/** What a version is played from is the user's choice: the same frame before and after, standing and playing. */
import { readFile, rm } from 'node:fs/promises'
import { z } from 'zod'
import { hasFfmpeg, makeClips } from '../media/codedClips.ts'
import {
  ask,
  contentCentre,
  dropFiles,
  frameCounter,
  frameOnScreen,
  openProduction,
  openSent,
  sendFiles,
} from './actor.ts'
import { allTransfers, arrivedAssets, untilDone } from './arrived.ts'
import {
  answer,
  assetCalled,
  connectIconik,
  fillDelivery,
  leaveReview,
  openReview,
  openRidgeDay,
  studioOfFile,
} from './iconikLife.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'

const iconik = studioOfFile()

type Window = LaunchedApp['window']

const clip = { name: 'A001.mp4', rate: '25', frames: 400, timecode: '01:00:00:00', soundSeconds: 16 } as const

const control = (window: Window) => window.getByRole('button', { name: /^(Playing|Opening): / })
const source = (window: Window) => window.locator('[data-focus="stage"] video').first()
const isFrom = (window: Window, part: string, options?: { readonly timeout: number }) =>
  expect(source(window)).toHaveAttribute('src', new RegExp(`/${part}(\\?|$)`), options)

async function choose(window: Window, words: RegExp): Promise<void> {
  await control(window).click()
  await window.getByRole('menuitemradio', { name: words }).click()
  await window.locator('[data-focus="stage"]').focus()
}

async function stands(window: Window, frame: number): Promise<void> {
  await expect.poll(() => frameOnScreen(window)).toBe(frame)
  expect(await frameCounter(window)).toBe(frame)
}

async function goTo(window: Window, timecode: string): Promise<void> {
  const field = window.getByRole('textbox', { name: 'Timecode' }).first()
  await field.fill(timecode)
  await field.press('Enter')
  await window.locator('[data-focus="stage"]').focus()
}

/** What the counter shows from now on, with what it is played from; sampled with every picture of the window. */
async function watchCounter(window: Window): Promise<() => Promise<{ frame: number; src: string }[]>> {
  await window.evaluate(() => {
    const seen: { frame: number; src: string }[] = []
    Reflect.set(globalThis, 'seenFrames', seen)
    const look = () => {
      const text = document.querySelector('[data-frame]')?.textContent ?? ''
      const src = document.querySelector('[data-focus="stage"] video')?.getAttribute('src') ?? ''
      seen.push({ frame: Number(text.replace(/\D/g, '')) - 1, src })
      requestAnimationFrame(look)
    }
    look()
  })
  const schema = z.array(z.object({ frame: z.number(), src: z.string() }))
  return async () => schema.parse(await window.evaluate(() => Reflect.get(globalThis, 'seenFrames')))
}

test('the original or the proxy of this computer: the same frame, and it plays on', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  test.setTimeout(180_000)
  const { folder, paths } = await makeClips([clip])
  try {
    const { window } = await launchApp({ args: ['--demo'] })
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, paths)
    await untilDone(window, 1, 60_000)
    const [asset] = await arrivedAssets(window, await allTransfers(window))
    const versionId = asset?.latestVersionId
    await openSent(window, 'A001')
    await isFrom(window, 'play')
    // The service gives the file itself out as its proxy: that is one thing to play.
    await expect
      .poll(async () => ((await ask(window, 'media.renditions', { versionId })) as unknown[]).length)
      .toBe(1)
    await expect(control(window)).toHaveCount(0)

    await ask(window, 'proxies.make', { versionId })
    await isFrom(window, 'proxy', { timeout: 60_000 })
    await expect(control(window)).toHaveAccessibleName('Playing: Proxy of this computer, 640 × 360')
    await goTo(window, '01:00:01:12')
    await stands(window, 37)
    await choose(window, /^Original, 640 × 360, H\.264/)
    await isFrom(window, 'as/original')
    await expect(control(window)).toHaveAccessibleName('Playing: Original, 640 × 360')
    await expect(window.getByText('Proxy made on this computer')).toHaveCount(0)
    await stands(window, 37)
    await window.keyboard.press('ArrowRight')
    await stands(window, 38)
    await window.keyboard.press('q')
    await isFrom(window, 'proxy')
    await stands(window, 38)

    const seen = await watchCounter(window)
    await window.keyboard.press('Space')
    await expect.poll(() => frameCounter(window)).toBeGreaterThan(50)
    await window.keyboard.press('q')
    await isFrom(window, 'as/original')
    const at = await frameCounter(window)
    await expect.poll(() => frameCounter(window)).toBeGreaterThan(at + 20)
    await window.keyboard.press('Space')
    await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    // The picture on its way when it was paused still counts.
    await expect
      .poll(async () => ((await frameOnScreen(window)) ?? -1) - (await frameCounter(window)))
      .toBe(0)
    const last = await frameCounter(window)
    await stands(window, last)
    const frames = (await seen()).map(({ frame }) => frame)
    const back = frames.findIndex((frame, index) => frame < (frames[index - 1] ?? 0))
    expect(back, `the counter went back: ${frames.slice(Math.max(0, back - 3), back + 3).join(', ')}`).toBe(
      -1,
    )

    await window
      .locator('[data-focus="stage"] video')
      .evaluate((video) => video.dispatchEvent(new Event('error')))
    await expect(window.getByText('Original, 640 × 360: it could not be played on.')).toBeVisible()
    await isFrom(window, 'proxy')
    await stands(window, last)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

const made = z.object({ id: z.string(), upload_url: z.url() })

/** As a transcoder beside the service brings a proxy. */
async function addProxy(
  title: string,
  path: string,
  resolution: { width: number; height: number },
): Promise<void> {
  const asset = await assetCalled(iconik.api, title)
  const bytes = await readFile(path)
  const all = `files/v1/assets/${asset.id}/proxies/`
  const { id, upload_url } = await answer(iconik.api, made, all, {
    method: 'POST',
    body: { filename: 'web.mp4', resolution, size: bytes.length, version_id: asset.versions.at(-1)?.id },
  })
  const sent = await fetch(upload_url, { method: 'PUT', body: new Uint8Array(bytes) })
  expect(sent.status).toBe(200)
  await answer(iconik.api, z.unknown(), `${all}${id}/`, { method: 'PATCH', body: { status: 'CLOSED' } })
}

test('proxies of the service that begin elsewhere or are slower: frames keep their numbers', async ({
  launchApp,
}) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  test.setTimeout(180_000)
  const { folder, paths } = await makeClips([
    { name: 'B001.mp4', rate: '25', frames: 100, timecode: '01:00:00:00' },
    { name: 'late.mp4', rate: '25', frames: 100, startSeconds: 0.7 },
    { name: 'half.mp4', rate: '25/2', frames: 50 },
  ])
  const [original = '', late = '', half = ''] = paths
  try {
    const { window } = await launchApp({ size: { width: 1440, height: 900 } })
    await connectIconik(window, iconik.studio)
    await openRidgeDay(window)
    await dropFiles(window, await contentCentre(window), [original])
    const send = window.getByRole('button', { name: 'Send 1 file' })
    await expect(send).toBeEnabled()
    await fillDelivery(window)
    await send.click()
    await expect(window.getByRole('dialog')).toHaveCount(0)
    await untilDone(window, 1, 60_000)
    // For a moment the card may still be the file on its way, which does not open.
    await expect(() => openReview(window, 'B001')).toPass({ timeout: 40_000 })
    await goTo(window, '01:00:01:12')
    await stands(window, 37)
    await expect(control(window)).toHaveCount(0)
    await leaveReview(window, 'Day 1, ridge')

    await addProxy('B001.mp4', half, { width: 426, height: 240 })
    await addProxy('B001.mp4', late, { width: 320, height: 180 })
    await openReview(window, 'B001')
    await expect(control(window)).toHaveAccessibleName('Playing: Original, 640 × 360')
    await goTo(window, '01:00:01:12')
    await stands(window, 37)
    await choose(window, /^Proxy of the service.* KB$/)
    await isFrom(window, 'as/proxy%3A[\\w-]+')
    await stands(window, 37)
    await choose(window, /12\.5 fps: frames are found by their time/)
    await expect.poll(() => frameOnScreen(window)).toBe(18)
    expect(await frameCounter(window)).toBe(37)
    await window.keyboard.press('ArrowRight')
    await expect.poll(() => frameOnScreen(window)).toBe(19)
    expect(await frameCounter(window)).toBe(38)
    await window.keyboard.press('ArrowRight')
    for (const source of ['as/proxy%3A[\\w-]+', 'play']) {
      await window.keyboard.press('q')
      await isFrom(window, source)
      await stands(window, 39)
    }
    await leaveReview(window, 'Day 1, ridge')

    // Counted by the original, which was looked at before there was such a proxy.
    await addProxy('B001.mp4', late, { width: 1280, height: 720 })
    await openReview(window, 'B001')
    await expect(control(window)).toHaveAccessibleName('Playing: Proxy of the service, 640 × 360')
    await isFrom(window, 'as/proxy%3A[\\w-]+')
    await goTo(window, '01:00:01:12')
    await stands(window, 37)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
