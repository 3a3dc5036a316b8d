/** What this computer cannot play: said in words, made playable by its ffmpeg, exact to the frame, kept. */
import { rm } from 'node:fs/promises'
import type { CodedClip } from '../media/codedClips.ts'
import { hasFfmpeg, makeClips } from '../media/codedClips.ts'
import { cards, frameCounter, frameOnScreen, openProduction, openSent, sendFiles } from './actor.ts'
import { untilDone } from './arrived.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'
import { withoutFfmpeg } from './noFfmpeg.ts'

const prores: CodedClip = {
  ...{ name: 'A001 graded.mov', codec: 'prores', rate: '24000/1001', frames: 96, timecode: '01:00:00:00' },
  soundSeconds: 4,
}
const hevc: CodedClip = { name: 'B001 phone.mp4', codec: 'hevc', rate: '25', frames: 25, soundSeconds: 1 }

type Window = LaunchedApp['window']

async function open(window: Window, name: string): Promise<void> {
  await openProduction(window, 'Winter catalogue')
  await openSent(window, name.replace(/\.\w+$/, ''))
}

async function showsFrame(window: Window, timecode: string, frame: number): Promise<void> {
  const field = window.getByRole('textbox', { name: 'Timecode' }).first()
  await field.fill(timecode)
  await field.press('Enter')
  await expect.poll(() => frameOnScreen(window)).toBe(frame)
  expect(await frameCounter(window)).toBe(frame)
}

async function showsFrames(window: Window): Promise<void> {
  await showsFrame(window, '01:00:00:00', 0)
  await showsFrame(window, '01:00:03:23', 95)
  await showsFrame(window, '01:00:01:13', 37)
  await window.keyboard.press('ArrowRight')
  await expect.poll(() => frameOnScreen(window)).toBe(38)
  await window.keyboard.press('ArrowLeft')
  await window.keyboard.press('ArrowLeft')
  await expect.poll(() => frameOnScreen(window)).toBe(36)
}

const own = (window: Window) => window.getByText('Proxy made on this computer')

test('a ProRes clip plays from a proxy of this computer, frame by frame, also after a restart', async ({
  launchApp,
}) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  test.setTimeout(180_000)
  const { folder, paths } = await makeClips([prores, hevc])
  try {
    const first = await launchApp({ args: ['--demo'] })
    const { window, userData } = first
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, paths)
    await untilDone(window, paths.length, 60_000)
    await expect(cards(window)).toHaveCount(paths.length)
    await open(window, prores.name)
    await expect(window.getByRole('heading', { name: 'Cannot play ProRes 422 Proxy (Apple)' })).toBeVisible()
    await expect(window.getByText('The file itself is fine.')).toBeVisible()
    await window.getByRole('button', { name: 'Make a proxy on this computer' }).click()
    await expect(own(window)).toBeVisible({ timeout: 60_000 })
    await expect(window.getByRole('heading', { name: /Cannot play/ })).toHaveCount(0)
    await showsFrames(window)
    await first.close()

    const again = (await launchApp({ userData, args: ['--demo'] })).window
    await open(again, prores.name)
    await expect(own(again)).toBeVisible()
    await showsFrames(again)
    await again.getByRole('button', { name: 'Winter catalogue' }).click()

    await open(again, hevc.name)
    const canPlay = await again.evaluate(
      () => document.createElement('video').canPlayType('video/mp4; codecs="hvc1.1.6.L93.B0"') !== '',
    )
    const words = again.getByRole('heading', { name: 'Cannot play HEVC (H.265)' })
    if (canPlay) await expect(again.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    else {
      await expect(words).toBeVisible()
      await expect(again.getByText('It plays where the system brings a decoder')).toBeVisible()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('without an ffmpeg it says how to get one and leads there', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  const { folder, paths } = await makeClips([prores])
  try {
    const { app, window } = await launchApp({ args: ['--demo'] })
    await withoutFfmpeg(app)
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, paths)
    await untilDone(window, paths.length, 60_000)
    await expect(cards(window)).toHaveCount(paths.length)
    await open(window, prores.name)
    await expect(window.getByText('With an ffmpeg on this computer Rushes makes a proxy')).toBeVisible()
    await expect(window.getByRole('button', { name: 'Make a proxy on this computer' })).toHaveCount(0)
    await window.getByRole('button', { name: 'Open the settings' }).click()
    await expect(window.getByText('Not found. Install it')).toBeVisible()
    await expect(window.getByRole('button', { name: 'Choose…' })).toBeVisible()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
