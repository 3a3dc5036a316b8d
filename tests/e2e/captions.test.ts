/** Captions on the picture: chosen, shown at their frames, kept, put away. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { captionedClip, subRip } from '../media/captionedClips.ts'
import { hasFfmpeg, makeClips } from '../media/codedClips.ts'
import { cards, frameOnScreen, openProduction, openSent, sendFiles } from './actor.ts'
import { untilDone } from './arrived.ts'
import { countCalls, holdCalls } from './heldCalls.ts'
import type { LaunchedApp } from './launch.ts'
import { expect, test } from './launch.ts'
import { withoutFfmpeg } from './noFfmpeg.ts'

const clip = 'A012_C003_0915.mp4'
const words = `1
00:00:01,000 --> 00:00:02,500
<i>Hold</i> the ridge.

2
00:00:02,000 --> 00:00:03,000
A second voice.
`

async function open(window: LaunchedApp['window']): Promise<void> {
  await openProduction(window, 'Autumn Campaign')
  await cards(window).filter({ hasText: clip }).dblclick()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
}

/** The system's dialog answers with this file from now on. */
const willChoose = ({ app }: LaunchedApp, path: string) =>
  app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)

test('captions are on their frames, off by key, and there after a restart', async ({ launchApp }) => {
  const folder = await mkdtemp(join(tmpdir(), 'rushes-words-'))
  try {
    const good = join(folder, 'ridge.srt')
    const bad = join(folder, 'broken.srt')
    await writeFile(good, words)
    await writeFile(bad, `${words}\n3\n00:00:0x,000 --> 00:00:09,000\nTyped\n`)
    const first = await launchApp({ args: ['--demo'] })
    const { window, userData } = first
    await open(window)
    const shown = window.locator('[data-captions]')
    const at = async (timecode: string) => {
      const field = window.getByRole('textbox', { name: 'Timecode' }).first()
      await field.fill(timecode)
      await field.press('Enter')
      await window.getByRole('group', { name: clip }).focus()
    }
    await at('01:00:01:00')
    await expect(shown).toBeHidden()

    await willChoose(first, bad)
    await window.getByRole('button', { name: 'Captions' }).click()
    await window.getByRole('menuitem', { name: 'Add an SRT or WebVTT file…' }).click()
    await expect(window.getByText('The time in line 10 cannot be read.')).toBeVisible()
    await expect(shown).toBeHidden()

    await willChoose(first, good)
    await window.getByRole('group', { name: clip }).focus()
    await window.keyboard.press('s')
    await expect(shown).toHaveText('Hold the ridge.')
    const [picture, box] = [
      await window.getByRole('group', { name: clip }).boundingBox(),
      await shown.boundingBox(),
    ]
    if (picture === null || box === null) throw new Error('there is no picture')
    expect(box.y).toBeGreaterThan(picture.y + picture.height / 2)
    expect(box.y + box.height).toBeLessThan(picture.y + picture.height)

    await at('01:00:00:23')
    await expect(shown).toBeHidden()
    await at('01:00:02:06')
    await expect(shown).toHaveText('Hold the ridge.\nA second voice.')
    await window.keyboard.press('s')
    await expect(shown).toBeHidden()
    await window.keyboard.press('s')
    await expect(shown).toBeVisible()
    await first.close()

    const again = (await launchApp({ userData, args: ['--demo'] })).window
    await open(again)
    const field = again.getByRole('textbox', { name: 'Timecode' }).first()
    await field.fill('01:00:01:12')
    await field.press('Enter')
    await expect(again.locator('[data-captions]')).toHaveText('Hold the ridge.')
    await again.getByRole('button', { name: 'Captions' }).click()
    await again.getByRole('menuitem', { name: 'Remove ridge.srt' }).click()
    await expect(again.locator('[data-captions]')).toBeHidden()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

const english = subRip([
  [1000, 2000, '<i>Hold</i> the ridge.'],
  [3000, 3480, 'Now.'],
])
const german = subRip([[1000, 2000, 'Halt den Grat.']])

/** A clip whose file holds captions in two languages. */
async function twoLanguages() {
  const { folder, paths } = await makeClips([{ name: 'picture.mp4', rate: '25', frames: 100 }])
  const path = await captionedClip(paths[0] ?? '', {
    name: 'D001 ridge.mp4',
    tracks: [
      { codec: 'mov_text', words: english, language: 'eng', disposition: 'default' },
      { codec: 'mov_text', words: german, language: 'ger', title: 'Nur Schilder', disposition: 'forced' },
    ],
  })
  return { folder, path }
}

async function sendAndOpen(window: LaunchedApp['window'], path: string): Promise<void> {
  await openProduction(window, 'Winter catalogue')
  await sendFiles(window, [path])
  await untilDone(window, 1, 60_000)
  await openRidge(window)
}

async function openRidge(window: LaunchedApp['window']): Promise<void> {
  await openProduction(window, 'Winter catalogue')
  await openSent(window, 'D001 ridge')
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
}

test('captions inside of the file are listed, read when they are chosen, and on their frames', async ({
  launchApp,
}) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  const { folder, path } = await twoLanguages()
  try {
    const first = await launchApp({ args: ['--demo'] })
    const { window, userData } = first
    await sendAndOpen(window, path)
    const shown = window.locator('[data-captions]')
    const isAt = async (timecode: string, frame: number) => {
      const field = window.getByRole('textbox', { name: 'Timecode' }).first()
      await field.fill(timecode)
      await field.press('Enter')
      await expect.poll(() => frameOnScreen(window)).toBe(frame)
    }
    const choice = (name: string) => window.getByRole('menuitemradio', { name, exact: true })
    const captions = window.getByRole('button', { name: 'Captions' })
    await isAt('00:00:01:00', 25)
    await expect(shown).toBeHidden()
    await captions.click()
    await expect(choice('Off')).toHaveAttribute('aria-checked', 'true')
    await expect(choice('German \u2013 Nur Schilder (forced), in the file')).toBeVisible()
    await choice('English, in the file').click()
    await expect(shown).toHaveText('Hold the ridge.')
    await isAt('00:00:00:24', 24)
    await expect(shown).toBeHidden()
    await isAt('00:00:01:24', 49)
    await expect(shown).toHaveText('Hold the ridge.')
    await isAt('00:00:02:00', 50)
    await expect(shown).toBeHidden()
    await isAt('00:00:03:11', 86)
    await expect(shown).toHaveText('Now.')
    await isAt('00:00:03:12', 87)
    await expect(shown).toBeHidden()

    // The file it was sent from goes; what was sent has the words too.
    await rm(path)
    await isAt('00:00:01:12', 37)
    await captions.click()
    await expect(choice('English, in the file')).toHaveAttribute('aria-checked', 'true')
    await choice('German \u2013 Nur Schilder (forced), in the file').click()
    await expect(shown).toHaveText('Halt den Grat.')
    await first.close()

    const again = (await launchApp({ userData, args: ['--demo'] })).window
    await openRidge(again)
    const field = again.getByRole('textbox', { name: 'Timecode' }).first()
    await field.fill('00:00:01:00')
    await field.press('Enter')
    await expect(again.locator('[data-captions]')).toHaveText('Halt den Grat.')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('a file is looked into when somebody wants its captions, and once', async ({ launchApp }) => {
  const { app, window } = await launchApp({ args: ['--demo'] })
  const release = await holdCalls(app, 'captions.inFile')
  const asked = await countCalls(app, 'captions.inFile')
  await open(window)
  const field = window.getByRole('textbox', { name: 'Timecode' }).first()
  await field.fill('01:00:01:00')
  await field.press('Enter')
  await expect.poll(() => frameOnScreen(window)).toBe(24)
  expect(await asked()).toBe(0)
  const captions = window.getByRole('button', { name: 'Captions' })
  const says = (words: string) => window.getByRole('menuitem', { name: words })
  await captions.click()
  await expect(says('Looking for captions in the file\u2026')).toBeVisible()
  await expect(says('Add an SRT or WebVTT file\u2026')).toBeEnabled()
  await release()
  await expect(says('None in this file')).toBeVisible()
  await expect(says('Looking for captions')).toHaveCount(0)
  await window.keyboard.press('Escape')
  await expect(says('None in this file')).toHaveCount(0)
  await captions.click()
  await expect(says('None in this file')).toBeVisible()
  expect(await asked()).toBe(1)
})

test('while the file is read it says so, and what is not wanted any more does not come', async ({
  launchApp,
}) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  const { folder, path } = await twoLanguages()
  try {
    const { app, window } = await launchApp({ args: ['--demo'] })
    const release = await holdCalls(app, 'captions.readInFile')
    await sendAndOpen(window, path)
    const [shown, captions] = [
      window.locator('[data-captions]'),
      window.getByRole('button', { name: 'Captions' }),
    ]
    const choice = (name: string) => window.getByRole('menuitemradio', { name, exact: true })
    const field = window.getByRole('textbox', { name: 'Timecode' }).first()
    await field.fill('00:00:01:00')
    await field.press('Enter')
    const says = window.getByText('Reading captions from the file\u2026')
    await captions.click()
    await choice('English, in the file').click()
    await expect(says).toBeVisible()
    await captions.click()
    await window.getByRole('menuitem', { name: 'Stop reading the file' }).click()
    await expect(says).toBeHidden()
    await captions.click()
    await choice('German \u2013 Nur Schilder (forced), in the file').click()
    await expect(says).toBeVisible()
    await release()
    await expect(shown).toHaveText('Halt den Grat.')
    await expect(says).toBeHidden()
    await captions.click()
    await expect(choice('German \u2013 Nur Schilder (forced), in the file')).toHaveAttribute(
      'aria-checked',
      'true',
    )
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('without an ffmpeg the captions of the file are named, and what is missing', async ({ launchApp }) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  const { folder, path } = await twoLanguages()
  try {
    const { app, window } = await launchApp({ args: ['--demo'] })
    await withoutFfmpeg(app)
    await sendAndOpen(window, path)
    await window.getByRole('button', { name: 'Captions' }).click()
    await expect(window.getByRole('menuitem', { name: 'English, in the file' })).toBeDisabled()
    await expect(
      window.getByRole('menuitem', { name: 'Captions in the file need an ffmpeg on this computer' }),
    ).toBeVisible()
    await expect(window.getByRole('menuitemradio')).toHaveCount(0)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
