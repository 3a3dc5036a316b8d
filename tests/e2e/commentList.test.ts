/** A list of many comments draws what has changed and nothing else, and what is on the screen is where it belongs. */
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { frameCounter, samplesFolder } from './actor.ts'
import { expect, test } from './launch.ts'
import { type CommentedClip, openCommented } from './manyComments.ts'
import { countRenders } from './renders.ts'

/** A sample under a name that nothing else has. */
async function clipIn(folder: string): Promise<CommentedClip> {
  const path = join(folder, 'much-talked-of.mp4')
  await copyFile(join(samplesFolder, 'A012_C004_0915.mp4'), path)
  return { path, name: 'much-talked-of', frames: 300, rate: { numerator: 25, denominator: 1 } }
}

const comments = 1_000
/** As many cards as fit above each other, with those kept ready. */
const mostCards = 16

interface Shown {
  /** Of the comments, from above to below. */
  readonly rows: readonly number[]
  /** Pixels between the end of a row and the begin of the next. */
  readonly gaps: readonly number[]
  /** Pixels of the list, above and below, that no row and no line covers. */
  readonly bare: readonly [number, number]
  /** The line of the playhead is on the screen. */
  readonly isLineSeen: boolean
}

function shown(window: Page): Promise<Shown> {
  return window.getByRole('region', { name: 'Comments' }).evaluate(async (list) => {
    // A turn of the wheel scrolls for a while, and rows are put where they belong as they are drawn.
    for (let before = Number.NaN; before !== list.scrollTop; ) {
      before = list.scrollTop
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    }
    const seen = list.getBoundingClientRect()
    const pieces = [...list.querySelectorAll<HTMLElement>('[data-row], [data-playhead]')]
      .map((piece) => ({ piece, box: piece.getBoundingClientRect() }))
      .sort((a, b) => a.box.top - b.box.top)
    const boxes = pieces.map(({ box }) => box)
    // Below the last row there is room for the way back to the playhead.
    const isAtEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 1
    const end = (boxes.at(-1)?.bottom ?? seen.top) + (isAtEnd ? 72 : 1)
    const line = list.querySelector('[data-playhead]')?.getBoundingClientRect()
    return {
      rows: pieces.flatMap(({ piece: { dataset } }) =>
        dataset['row'] === undefined ? [] : [Number(dataset['row'])],
      ),
      gaps: boxes.slice(1).map((box, index) => Math.round(box.top - (boxes[index]?.bottom ?? 0))),
      bare: [
        Math.max(0, Math.floor((boxes[0]?.top ?? seen.bottom) - seen.top)),
        Math.max(0, Math.floor(seen.bottom - end)),
      ] as const,
      isLineSeen: line !== undefined && line.top >= seen.top - 1 && line.bottom <= seen.bottom + 1,
    }
  })
}

async function expectWhole(window: Page): Promise<Shown> {
  await expect.poll(async () => (await shown(window)).bare, 'the list is covered').toEqual([0, 0])
  const now = await shown(window)
  const [first = 0] = now.rows
  expect(now.rows, 'one row after the other').toEqual(now.rows.map((_, index) => first + index))
  expect(
    now.gaps.every((gap) => gap === 0),
    `no gap between rows: ${now.gaps}`,
  ).toBe(true)
  expect(now.rows.length).toBeLessThanOrEqual(mostCards)
  return now
}

interface Resting {
  /** Of the comments, as they stand in the document. */
  readonly rows: readonly number[]
  /** Of them, those whose tools are there. */
  readonly tools: readonly number[]
}

const resting = (window: Page): Promise<Resting> =>
  window.getByRole('region', { name: 'Comments' }).evaluate((list) => {
    const rows = [...list.querySelectorAll<HTMLElement>('[data-row]')]
    const tooled = rows.filter((row) => row.querySelector('[aria-haspopup="menu"]') !== null)
    const numbersOf = (elements: HTMLElement[]) => elements.map(({ dataset }) => Number(dataset['row']))
    return { rows: numbersOf(rows), tools: numbersOf(tooled) }
  })

/** Each card can be read, tabbed to and used in the order in which they are seen. */
async function expectAtRest(window: Page): Promise<void> {
  await expect
    .poll(async () => {
      const { rows, tools } = await resting(window)
      const [first = -1] = rows
      return rows.length > 3 && rows.every((row, index) => row === first + index && tools[index] === row)
    })
    .toBe(true)
}

test('200 frames play past 1,000 comments, and only cards that change are drawn', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window, userData } = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  const renders = await countRenders(window, 'CommentCard')
  await openCommented(window, await clipIn(userData), comments, 41)
  await expectWhole(window)
  await window.keyboard.press('Space')
  // Looked for with every picture: the clip is no more than 80 frames longer than what is counted.
  await window.waitForFunction(
    () => Number(document.querySelector('[data-frame]')?.textContent?.replace(/\D/g, '')) > 20,
  )
  await renders()
  const began = Date.now()
  const from = await frameCounter(window)
  await expect.poll(() => frameCounter(window), { timeout: 60_000 }).toBeGreaterThanOrEqual(from + 200)
  const { commits, mounts, updates, idle } = await renders()
  const seconds = (Date.now() - began) / 1000
  await window.keyboard.press('Space')
  process.stdout.write(
    `${seconds.toFixed(1)} s: ${commits} drawings, ${mounts} cards built, ${updates} filled anew, ${idle} drawn for nothing\n`,
  )
  expect(commits, 'the list follows').toBeGreaterThan(3)
  expect(commits, 'a few times a second').toBeLessThanOrEqual(4 * seconds * 2 + 4)
  expect(updates).toBeLessThanOrEqual(commits * mostCards)
  expect(idle, 'drawn although nothing changed').toBe(0)
  expect(mounts, 'elements are handed on, not built').toBeLessThan(updates / 4)
  await expect.poll(async () => (await shown(window)).isLineSeen, 'the line is followed').toBe(true)
  await expectWhole(window)

  // The wheel leaves the playhead; every place it comes to is whole.
  await window.getByRole('region', { name: 'Comments' }).hover()
  await expectWhole(window)
  for (const turn of [-700, -4_000, 300, 20_000, -90_000, 90_000_000, -500]) {
    await window.mouse.wheel(0, turn)
    await expectWhole(window)
  }
  await expectAtRest(window)
  await expect
    .poll(async () => (await shown(window)).rows.at(-1), 'near the end')
    .toBeGreaterThan(comments - 20)
  await window.getByRole('button', { name: 'Back to the playhead' }).click()
  await expect.poll(async () => (await shown(window)).isLineSeen).toBe(true)
  await expectWhole(window)

  // An element that goes to another comment leaves the focus in the list.
  await window.getByRole('article').nth(3).getByRole('button').first().focus()
  await window.mouse.wheel(0, -9_000)
  const focused = () => window.evaluate(() => document.activeElement?.getAttribute('aria-label'))
  await expect.poll(focused).toBe('Comments')
  await expectWhole(window)

  // Who goes on by key while rows still fly past comes to the first one that exists, and to its tools.
  await window.mouse.wheel(0, 9_000)
  await expectWhole(window)
  const flown = await resting(window)
  await window.keyboard.press('Tab')
  const at = await window.evaluate(() =>
    Number(document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row']),
  )
  expect(at).toBe(Math.min(...flown.rows))
  expect((await resting(window)).tools).toContain(at)
  await expectAtRest(window)
})
