/** Nothing that somebody began vanishes: words, drawings and answers wait where they were begun. */
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, cards, frameCounter, openProduction, samplesFolder } from './actor.ts'
import { draft, pull } from './drawnByHand.ts'
import { comment, openReview, openRidgeDay } from './iconikLife.ts'
import { expect, test } from './launch.ts'
import { untilOpen } from './listRoom.ts'
import { openCommented } from './manyComments.ts'
import { composer, openDemoRoom, press, ready, toStage } from './reviewKeys.ts'

const clip = 'Ridge, first light'
const size = { width: 1440, height: 900 }
const stroke = [
  [0.3, 0.4],
  [0.6, 0.6],
] as const
const panel = (window: Page) => window.getByRole('complementary', { name: 'Comments' })
const away = (window: Page) => panel(window).getByRole('button', { name: /^Drawn on/ })
const version = (window: Page, name: string) => window.getByRole('tab', { name })

/** From the begin of the clip, by key. */
async function goTo(window: Page, frame: number): Promise<void> {
  await toStage(window)
  await press(window, 'Home')
  await press(window, 'ArrowRight', frame)
  await expect.poll(() => frameCounter(window)).toBe(frame)
}

async function drawOn(window: Page, frame: number): Promise<void> {
  await goTo(window, frame)
  await press(window, '1')
  await pull(window, stroke)
  await expect(draft(window)).toHaveCount(1)
  await press(window, 'Escape')
}

/** The draft as it was begun on frame 5. */
async function expectBegun(window: Page): Promise<void> {
  await expect(composer(window)).toHaveValue('Half a thought')
  await expect(panel(window).getByRole('button', { name: 'Only for the team' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await goTo(window, 0)
  await expect(draft(window)).toHaveCount(0)
  await away(window).click()
  await expect.poll(() => frameCounter(window)).toBe(5)
  await expect(draft(window)).toHaveCount(2)
  await expect(draft(window).getByText('Half a word')).toBeVisible()
  await expect(away(window)).toHaveCount(0)
}

test('another version, another screen, and back: words and drawing are there until they are sent', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const { window } = await launchApp({ args: ['--demo'], size })
  await openRidgeDay(window)
  await openReview(window, clip)
  await ready(window)
  await drawOn(window, 5)
  await panel(window).getByRole('button', { name: 'Only for the team' }).click()
  await composer(window).fill('Half a thought')
  await toStage(window)
  await press(window, '5')
  await pull(window, [[0.2, 0.2]])
  await window.keyboard.type('Half a word')
  await version(window, 'v2').click()
  await ready(window)
  await expect(composer(window)).toHaveValue('')
  await expect(draft(window)).toHaveCount(0)
  await expect(away(window)).toHaveCount(0)
  await version(window, 'v3').click()
  await ready(window)
  await expectBegun(window)

  await toStage(window)
  await press(window, 'Escape')
  await expect(window.getByRole('listbox', { name: 'Assets' })).toBeVisible()
  await openReview(window, clip)
  await ready(window)
  await expectBegun(window)

  await goTo(window, 9)
  await composer(window).press('Enter')
  const sent = comment(window, 'Half a thought')
  await expect(sent.getByRole('button', { name: '01:00:00:05' })).toBeVisible()
  await expect(composer(window)).toHaveValue('')
  await version(window, 'v2').click()
  await version(window, 'v3').click()
  await ready(window)
  await expect(sent).toBeVisible()
  await expect(composer(window)).toHaveValue('')
  await expect(away(window)).toHaveCount(0)
})

test('a drawing stays on its frame, and the pen goes back there', async ({ launchApp }) => {
  const { window } = await launchApp({ args: ['--demo'], size })
  await openDemoRoom(window)
  await drawOn(window, 10)
  await press(window, 'ArrowRight', 6)
  await expect(draft(window)).toHaveCount(0)
  await expect(away(window)).toHaveText('01:00:00:10')
  await press(window, '1')
  await pull(window, stroke)
  await expect.poll(() => frameCounter(window)).toBe(10)
  await expect(window.getByText(/^The drawing is on .*:10\./)).toBeVisible()
  await expect(draft(window), 'nothing of another frame is added').toHaveCount(1)
  await pull(window, [stroke[1], [0.7, 0.3]])
  await expect(draft(window)).toHaveCount(2)
  await press(window, 'Escape')
  await goTo(window, 20)
  await press(window, 'Control+z')
  await expect.poll(() => frameCounter(window), 'a step that is taken back is seen').toBe(10)
  await expect(draft(window)).toHaveCount(1)
  await press(window, 'Control+Shift+z')

  await goTo(window, 30)
  await press(window, 'm')
  await window.keyboard.type('On ten')
  await press(window, 'Enter')
  await expect(comment(window, 'On ten').getByRole('button', { name: /:10$/ })).toBeVisible()
  const kept = window.locator('svg[data-layer="drawing"] > g:not([data-draft]) > *')
  await expect(kept).toHaveCount(0)
  await goTo(window, 10)
  await expect(kept).toHaveCount(2)
})

test('a clip of a list that comes round again has its draft', async ({ launchApp }) => {
  const { window } = await launchApp({ args: ['--demo'], size })
  await openProduction(window, 'Autumn Campaign')
  const [first, second] = ['A012_C003_0915.mp4', 'A012_C004_0915.mp4'].map((name) =>
    cards(window).filter({ hasText: name }),
  )
  await first?.click()
  await second?.click({ modifiers: ['ControlOrMeta'] })
  await second?.click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Play as one' }).click()
  await untilOpen(window)
  const stage = window.locator('[data-shown="true"] [data-focus="stage"]')
  await stage.focus()
  await press(window, 'm')
  await window.keyboard.type('Of the first clip')
  await stage.focus()
  await press(window, 'PageDown')
  await expect(composer(window)).toHaveValue('')
  await stage.focus()
  await press(window, 'PageUp')
  await expect(composer(window)).toHaveValue('Of the first clip')
})

test('an answer is kept while its card is away, and when it is closed', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window, userData } = await launchApp({ args: ['--demo'], size })
  const path = join(userData, 'answered.mp4')
  await copyFile(join(samplesFolder, 'A012_C004_0915.mp4'), path)
  const rate = { numerator: 25, denominator: 1 }
  await openCommented(window, { path, name: 'answered', frames: 300, rate }, 200, 7)
  const list = window.getByRole('region', { name: 'Comments' })
  const card = list.locator('[data-row="2"]')
  const field = list.getByRole('textbox')
  await card.hover()
  await card.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Reply' }).click()
  await expect(field).toBeFocused()
  await window.keyboard.type('Half an answer')
  await list.hover()
  await window.mouse.wheel(0, 90_000)
  await expect(card).toHaveCount(0)
  await expect(field).toHaveCount(0)
  await window.mouse.wheel(0, -90_000)
  await expect(card.getByRole('textbox')).toHaveValue('Half an answer')
  await expect(field, 'nobody asked for the focus').not.toBeFocused()

  await field.press('Escape')
  await expect(field).toHaveCount(0)
  await card.getByRole('button', { name: 'Answer begun' }).click()
  await expect(field).toHaveValue('Half an answer')
  await expect(field).toBeFocused()
  await press(window, 'Enter')
  await expect(card.getByText('Half an answer')).toBeVisible()
  await expect(field).toHaveCount(0)
  await expect(card.getByRole('button', { name: 'Answer begun' })).toHaveCount(0)
})

test('what was begun is there after the app was killed', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const first = await launchApp({ args: ['--demo'], size })
  await openDemoRoom(first.window)
  await drawOn(first.window, 5)
  await composer(first.window).fill('Half a thought')
  await expect
    .poll(async () => JSON.stringify(await ask(first.window, 'drafts.read')))
    .toMatch(/Half a thought.*"tool":"pen"/)
  await first.kill()
  const { window } = await launchApp({ args: ['--demo'], userData: first.userData, size })
  await openDemoRoom(window)
  await expect(composer(window)).toHaveValue('Half a thought')
  await away(window).click()
  await expect.poll(() => frameCounter(window)).toBe(5)
  await expect(draft(window)).toHaveCount(1)
  await composer(window).press('Enter')
  await expect(composer(window)).toHaveValue('')
  await expect.poll(() => ask(window, 'drafts.read')).toEqual({ versions: [], small: [] })
})

test('what was typed just before the app was quit is there', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const first = await launchApp({ args: ['--demo'], size })
  await openDemoRoom(first.window)
  const words = Array.from({ length: 3 }, (_, round) => `Half a thought ${round}`)
  let running = first
  for (const text of words) {
    await composer(running.window).fill(text)
    await running.close()
    running = await launchApp({ args: ['--demo'], userData: first.userData, size })
    await openDemoRoom(running.window)
    await expect(composer(running.window)).toHaveValue(text)
  }
})
