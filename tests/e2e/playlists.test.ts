/** Playlists: made, kept, played as one without a gap, stepped through by frame, and approved by key alone. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type CodedClip, hasFfmpeg, makeClips } from '../media/codedClips.ts'
import { ask, cards, openProduction, sendFiles } from './actor.ts'
import { expectNone } from './axe.ts'
import { expect, test } from './launch.ts'
import {
  clipPlace,
  entriesOf,
  listNamed,
  lookAt,
  type Passed,
  rows,
  type ShownFrame,
  untilOpen,
  watchPictures,
} from './listRoom.ts'
import { makeMixedList, showPlaylists } from './playlistScreens.ts'

/** Three rates, so that a frame of the list is a frame of none of them. Their ids are 1, 2 and 3. */
const clips: readonly CodedClip[] = [
  { name: 'one.mp4', rate: '24/1', frames: 48 },
  { name: 'two.mp4', rate: '25/1', frames: 50 },
  { name: 'three.mp4', rate: '30000/1001', frames: 60 },
]
const frameMs = [1000 / 24, 1000 / 25, 1001 / 30] as const
/** The second clip is played from here to there. */
const trimmed = { startFrame: 10, endFrame: 39 }
/** First and last frame of each as it is played. */
const played = [
  [0, 47],
  [trimmed.startFrame, trimmed.endFrame],
  [0, 59],
] as const

async function makeList(window: Page, name: string): Promise<void> {
  // A card of a file on its way gives its place to the asset's, and with it what was chosen.
  await expect(async () => {
    await cards(window).first().click()
    await window.keyboard.press('Control+a')
    await expect(cards(window).and(window.locator('[aria-selected="true"]'))).toHaveCount(3, {
      timeout: 1_000,
    })
  }).toPass({ timeout: 60_000 })
  await window.keyboard.press('Control+Shift+l')
  const dialog = window.getByRole('dialog')
  await expect(dialog).toContainText('Add 3 assets')
  await dialog.getByLabel('Name').fill(name)
  await window.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await window.getByRole('navigation').getByRole('button', { name }).click()
  await expect(rows(window)).toHaveCount(3)
}

/** In the order of their rates, whatever order they arrived in. */
async function putInOrder(window: Page, id: string): Promise<void> {
  const entries = await entriesOf(window, id)
  const entryIds = clips.map(
    ({ name }) => entries.find((entry) => entry.name.startsWith(name.replace('.mp4', '')))?.id,
  )
  await ask(window, 'playlists.move', { id, entryIds, before: null })
  await ask(window, 'playlists.changeEntry', { id: entryIds[1], range: trimmed })
}

async function untilSent(window: Page): Promise<void> {
  const isOver = async () => {
    const { total, done } = (await ask(window, 'transfers.summary')) as { total: number; done: number }
    return total > 0 && done === total
  }
  await expect.poll(isOver, { timeout: 60_000 }).toBe(true)
  await expect(cards(window)).toHaveCount(clips.length)
}

const endOf = (clip: number, end: 0 | 1): ShownFrame => ({ clip: clip + 1, frame: played[clip]?.[end] ?? -1 })

/** Both borders, forwards and back, from the pixels. Says what was wrong. */
async function stepAcross(window: Page): Promise<string[]> {
  const wrong: string[] = []
  const expectShown = async (wanted: ShownFrame, how: string) => {
    const seen = await lookAt(window, wanted)
    if (seen.clip !== wanted.clip || seen.frame !== wanted.frame || seen.counter !== wanted.frame)
      wrong.push(`${how}: wanted ${JSON.stringify(wanted)}, saw ${JSON.stringify(seen)}`)
  }
  for (const border of [0, 1]) {
    await window.keyboard.press('End')
    await expectShown(endOf(border, 1), 'last frame')
    await window.keyboard.press('ArrowRight')
    await expectShown(endOf(border + 1, 0), 'one on')
    await window.keyboard.press('ArrowLeft')
    await expectShown(endOf(border, 1), 'one back')
    await window.keyboard.press('ArrowRight')
    await expectShown(endOf(border + 1, 0), 'and on again')
  }
  return wrong
}

interface Border {
  readonly last: number
  readonly first: number
  /** From the last picture of one to the first and the second of the next, beyond the time they are due, in milliseconds. */
  readonly late: number
  readonly lateSecond: number
}

/** What was on the screen around each change of clip. */
function bordersIn(pictures: readonly Passed[]): Border[] {
  const borders: Border[] = []
  pictures.forEach((picture, index) => {
    const before = pictures[index - 1]
    const second = pictures[index + 1]
    if (before === undefined || second === undefined || before.entry === picture.entry) return
    const own = frameMs[borders.length] ?? 0
    const next = frameMs[borders.length + 1] ?? 0
    borders.push({
      last: before.frame,
      first: picture.frame,
      late: Math.round(picture.at - before.at - own),
      lateSecond: Math.round(second.at - before.at - own - next * (second.frame - picture.frame)),
    })
  })
  return borders
}

/** By how much pictures are late inside of a clip, at most: the computer's own share of what is measured at a border. */
function waverOf(pictures: readonly Passed[]): number {
  let clip = 0
  return pictures.reduce((most, picture, index) => {
    const [before, earlier] = [pictures[index - 1], pictures[index - 2]]
    if (before !== undefined && before.entry !== picture.entry) clip += 1
    // The first of a clip are the border's, and those of the first clip come after it stood.
    const isInside = index > 8 && before?.entry === picture.entry && earlier?.entry === picture.entry
    if (!isInside || before === undefined) return most
    return Math.max(most, picture.at - before.at - (frameMs[clip] ?? 0) * (picture.frame - before.frame))
  }, 0)
}

test('a playlist plays as one: no gap, no wrong frame at its borders, kept over a restart', async ({
  launchApp,
}) => {
  test.skip(!hasFfmpeg(), 'ffmpeg is not installed')
  test.setTimeout(240_000)
  const { folder, paths } = await makeClips(clips)
  const userData = await mkdtemp(join(tmpdir(), 'rushes-playlists-'))
  try {
    const size = { width: 1440, height: 900 }
    const { window, close } = await launchApp({ args: ['--demo'], userData, size })
    await openProduction(window, 'Winter catalogue')
    await sendFiles(window, paths)
    await untilSent(window)
    await makeList(window, 'Three rates')
    const { id } = await listNamed(window, 'Three rates')
    await putInOrder(window, id)
    await expect(rows(window).first()).toContainText('one')
    // 48 at 24, 30 at 25 and 60 at 29.97.
    await expect(window.getByRole('main')).toContainText('00:05.2 in all')

    await window.getByRole('button', { name: 'Play', exact: true }).click()
    await untilOpen(window)
    expect(await stepAcross(window)).toEqual([])

    await window.getByRole('slider', { name: 'Playlist' }).press('Home')
    await lookAt(window, endOf(0, 0))
    const { passed } = await watchPictures(window)
    await window.getByRole('group', { name: 'one' }).focus()
    await window.keyboard.press('Space')
    await expect.poll(() => clipPlace(window), { timeout: 20_000 }).toBe(3)
    await expect(window.getByText('The end of the playlist.')).toBeVisible({ timeout: 20_000 })
    const pictures = await passed()
    const borders = bordersIn(pictures)
    const waver = Math.round(waverOf(pictures))
    process.stdout.write(`borders: ${JSON.stringify(borders)}; inside of clips up to ${waver} ms late\n`)
    test.info().annotations.push({ type: 'borders', description: JSON.stringify(borders) })
    expect(borders.map(({ last, first }) => [last, first])).toEqual([
      [played[0][1], played[1][0]],
      [played[1][1], played[2][0]],
    ])
    for (const { late, lateSecond } of borders) {
      expect(late).toBeLessThan(100 + waver)
      expect(lateSecond).toBeLessThan(250 + waver)
    }
    await close()

    const again = await launchApp({ args: ['--demo'], userData, size })
    await again.window.getByRole('navigation').getByRole('button', { name: 'Three rates' }).click()
    await expect(rows(again.window)).toHaveCount(3)
    const kept = await entriesOf(again.window, id)
    expect(kept.map(({ name, range }) => [name.replace('.mp4', ''), range])).toEqual([
      ['one', null],
      ['two', trimmed],
      ['three', null],
    ])
  } finally {
    await rm(folder, { recursive: true, force: true })
    await rm(userData, { recursive: true, force: true })
  }
})

test('three clips approved by key alone', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await openProduction(window, 'Autumn Campaign')
  await expect(cards(window).nth(3)).toBeVisible()
  const press = async (...keys: string[]) => {
    for (const key of keys) await window.keyboard.press(key)
  }
  await window.getByRole('listbox', { name: 'Assets' }).focus()
  await press('Home', 'Shift+ArrowRight', 'Shift+ArrowRight')
  await expect(window.getByRole('option', { selected: true })).toHaveCount(3)
  await press('Control+Shift+l')
  await expect(window.getByRole('dialog')).toContainText('Add 3 assets')
  await expect(window.getByRole('dialog').getByLabel('Name')).toBeVisible()
  await press('Tab')
  await expect(window.getByRole('dialog').getByLabel('Name')).toBeFocused()
  await window.keyboard.type('For Ida')
  await press('Enter')
  await expect(window.getByText('3 assets are in For Ida now.')).toBeVisible()
  await window.getByRole('button', { name: 'Show', exact: true }).press('Enter')
  await expect(rows(window)).toHaveCount(3)

  // The order is changed by key as well.
  const list = window.getByRole('listbox', { name: 'Clips', exact: true })
  const second = await rows(window).nth(1).getAttribute('id')
  await list.focus()
  await press('ArrowDown', 'ArrowDown', 'Alt+ArrowUp')
  await expect(rows(window).first()).toHaveAttribute('id', String(second))
  await press('Home', 'Enter')
  await untilOpen(window)

  const { id } = await listNamed(window, 'For Ida')
  const reviews = async () => (await entriesOf(window, id)).map(({ review }) => review)
  await press('a')
  await expect.poll(() => clipPlace(window)).toBe(2)
  await press('n')
  await expect.poll(() => clipPlace(window)).toBe(3)
  await press('a')
  await expect.poll(reviews).toEqual(['approved', 'needsChanges', 'approved'])
  // A second look: the middle one is good now.
  await press('ArrowUp')
  await expect.poll(() => clipPlace(window)).toBe(2)
  await press('a')
  await expect.poll(reviews).toEqual(['approved', 'approved', 'approved'])
  await press('Escape')
  await expect(rows(window)).toHaveCount(3)
  await expect(rows(window).getByText('Approved')).toHaveCount(3)
})

test('no screen of playlists has an accessibility violation', async ({ launchApp }) => {
  test.setTimeout(180_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await showPlaylists(launched, (screen) => expectNone(launched.window, screen))
})

test('what is gone is said and passed over while the list plays', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  const { window } = launched
  await makeMixedList(launched)
  const { id } = await listNamed(window, 'Monday, for Ida')
  const gone = (await entriesOf(window, id)).findIndex((entry) => entry.problem !== null)
  await window.getByRole('navigation').getByRole('button', { name: 'Monday, for Ida' }).click()
  await rows(window).nth(gone).click()
  await window.keyboard.press('Enter')
  await expect(window.getByText(/The playlist goes on by itself/).first()).toBeVisible()
  await expect.poll(() => clipPlace(window)).toBe(gone + 1)
  await window.keyboard.press('Space')
  await expect.poll(() => clipPlace(window)).toBe(gone + 2)
  await window.waitForFunction(
    () => document.querySelector<HTMLVideoElement>('[data-shown="true"] video')?.paused === false,
  )
})

test('what was taken out or deleted comes back', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await openProduction(window, 'Autumn Campaign')
  await expect(cards(window).nth(3)).toBeVisible()
  const found = (await ask(window, 'library.find', { text: 'A01', limit: 3 })) as { assets: { id: string }[] }
  const entries = found.assets.map(({ id }) => ({ assetId: id }))
  await ask(window, 'playlists.create', { name: 'Doubles', entries: [...entries, ...entries.slice(0, 1)] })
  await window.getByRole('navigation').getByRole('button', { name: 'Doubles' }).click()
  await expect(rows(window)).toHaveCount(4)

  await rows(window).nth(1).click()
  await window.keyboard.press('Delete')
  await expect(rows(window)).toHaveCount(3)
  await window.getByRole('button', { name: 'Undo' }).click()
  await expect(rows(window)).toHaveCount(4)

  await window.getByRole('button', { name: 'More about this playlist' }).click()
  await window.getByRole('menuitem', { name: 'Delete the playlist' }).click()
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('This playlist is gone')
  await window.getByRole('button', { name: 'Undo' }).click()
  await expect(rows(window)).toHaveCount(4)
})
