/** Words by keyboard alone: mentions, colours, typed times, undo, earlier versions, what a service cannot hold. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { frameCounter } from './actor.ts'
import { expectNone } from './axe.ts'
import { comment, connectIconik, openReview, openRidgeDay, studioOfFile } from './iconikLife.ts'
import { segmentsOf } from './iconikSegments.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'
import {
  chooseColour,
  composer,
  draft,
  openDemoRoom,
  people,
  press,
  reach,
  ready,
  toStage,
} from './reviewKeys.ts'

const asset = 'Ridge, first light'
const robin = 'Robin Producer'

const iconik = studioOfFile()

/** What the service holds of a version, by its number from 1. */
const segments = (version: number) => segmentsOf(iconik.api, asset, version)
const segment = async (version: number, words: string) =>
  (await segments(version)).find(({ segment_text }) => segment_text?.includes(words))

async function openRoom(window: Page): Promise<void> {
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await openReview(window, asset)
  await ready(window)
}

test('people are mentioned while typing, and stay mentioned', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await openRoom(window)
  // What was written at the service is read the same way.
  await expect(comment(window, 'Overall the strongest').locator('[data-mention]')).toHaveText(`@${robin}`)

  await press(window, 'm')
  await window.keyboard.type('Look, @')
  await expect(people(window)).toBeVisible()
  await expect(people(window).getByRole('option').nth(2)).toBeVisible()
  const active = () =>
    composer(window).evaluate(
      (element) =>
        document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.textContent ?? '',
    )
  const first = await active()
  await press(window, 'ArrowDown')
  expect(await active()).not.toBe(first)
  await press(window, 'ArrowUp')
  expect(await active()).toBe(first)
  await window.keyboard.type('robi')
  await expect(people(window).getByRole('option')).toHaveCount(1)
  await expectNone(window, 'composer with people')
  await both(launched, 'review-mention')
  await expect(people(window).getByRole('option', { selected: true })).toContainText(robin)

  await press(window, 'Escape')
  await expect(people(window)).toHaveCount(0)
  await expect(composer(window)).toBeFocused()
  await window.keyboard.type('n')
  await expect(people(window)).toBeVisible()
  await press(window, 'Enter')
  await expect(composer(window)).toHaveValue(`Look, @${robin} `)
  await window.keyboard.type('at the haze.')
  await press(window, 'Enter')
  const mine = comment(window, 'at the haze.')
  await expect(mine.locator('[data-mention]')).toHaveText(`@${robin}`)
  await expect
    .poll(async () => (await segment(3, 'at the haze'))?.segment_text)
    .toBe(`Look, @${robin} at the haze.`)

  await mine.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Edit' }).click()
  await press(window, 'End')
  await window.keyboard.type(' Thanks.')
  await press(window, 'Enter')
  await expect(mine).toContainText('Thanks.')
  await expect(mine.locator('[data-mention]')).toHaveText(`@${robin}`)

  await mine.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Reply' }).click()
  await window.keyboard.type('@robin p')
  await expect(people(window)).toBeVisible()
  await press(window, 'Tab')
  await window.keyboard.type('agrees.')
  await press(window, 'Enter')
  await expect(mine.locator('[data-mention]')).toHaveCount(2)
  await expect.poll(async () => (await segment(3, 'agrees'))?.segment_text).toBe(`@${robin} agrees.`)
})

test('a typed range, a colour, a change and a removal, all taken back after the service had them', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await openRoom(window)
  await press(window, 'm')
  await reach(window, 'Type a timecode or a range')
  await press(window, 'Enter')
  await window.keyboard.type('nonsense')
  await press(window, 'Enter')
  await expect(window.getByRole('alert')).toContainText('That is no timecode')
  await press(window, 'Control+a')
  await window.keyboard.type('2:00 - 3:00')
  await press(window, 'Enter')
  await expect(composer(window)).toBeFocused()
  await expect.poll(() => frameCounter(window)).toBe(48)
  await chooseColour(window, 'Violet')
  await reach(window, 'Comment at the playhead', 'Tab')
  await window.keyboard.type('Too violet here.')
  await press(window, 'Enter')
  const mine = comment(window, 'Too violet')
  await expect(mine.getByRole('img', { name: 'Violet' })).toBeVisible()
  await expect(window.getByRole('button', { name: /, violet$/ })).toBeVisible()
  const held = () => segment(3, 'violet')
  await expect
    .poll(held)
    .toMatchObject({ segment_color: '#8e4ec6', time_start_milliseconds: 2000, time_end_milliseconds: 3000 })

  await mine.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Edit' }).click()
  await press(window, 'Control+a')
  await window.keyboard.type('Not violet at all.')
  await window.getByRole('button', { name: 'Colour: Violet' }).click()
  await window.getByRole('menuitemradio', { name: 'Green' }).click()
  await both(launched, 'review-edit')
  await window.getByRole('button', { name: 'Save', exact: true }).click()
  const changed = comment(window, 'Not violet at all.')
  await expect(changed.getByRole('img', { name: 'Green' })).toBeVisible()
  await expect(window.getByText('The comment is changed.')).toBeVisible()
  await expect.poll(held).toMatchObject({ segment_text: 'Not violet at all.', segment_color: '#30a46c' })
  await toStage(window)
  await press(window, 'Control+z')
  await expect(mine.getByRole('img', { name: 'Violet' })).toBeVisible()
  await expect.poll(held).toMatchObject({ segment_text: 'Too violet here.', segment_color: '#8e4ec6' })

  const before = (await held())?.id
  await mine.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(window.getByText('The comment is deleted.')).toBeVisible()
  await window
    .getByRole('status')
    .filter({ hasText: 'is deleted' })
    .getByRole('button', { name: 'Close' })
    .click()
  await expect.poll(held).toBeUndefined()
  await toStage(window)
  await press(window, 'Control+z')
  await expect(mine.getByRole('img', { name: 'Violet' })).toBeVisible()
  await expect
    .poll(held)
    .toMatchObject({ segment_color: '#8e4ec6', time_start_milliseconds: 2000, time_end_milliseconds: 3000 })
  expect((await held())?.id).not.toBe(before)
})

test('what was said and drawn of an earlier version is shown faded and carried over', async ({
  launchApp,
}) => {
  test.setTimeout(150_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await openRoom(window)
  await window.getByRole('tab', { name: 'v2' }).click()
  await expect(comment(window, 'Keep more of the haze')).toBeVisible()
  await ready(window)
  await toStage(window)
  await press(window, 'Home')
  await press(window, 'ArrowRight', 30)
  await press(window, 'i')
  await press(window, 'ArrowRight', 20)
  await press(window, 'o')
  await press(window, '2')
  await press(window, 'ArrowLeft')
  await press(window, 'Enter')
  await press(window, 'Shift+ArrowRight', 4)
  await press(window, 'Enter')
  await expect(draft(window)).toHaveCount(1)
  await press(window, 'Escape')
  await press(window, 'm')
  await chooseColour(window, 'Blue')
  await reach(window, 'Only for the team', 'Tab')
  await press(window, 'Enter')
  await reach(window, 'Comment at the playhead', 'Tab')
  await window.keyboard.type('Keep this arrow.')
  await press(window, 'Enter')
  await expect(comment(window, 'Keep this arrow.')).toBeVisible()
  await expect.poll(() => segment(2, 'Keep this arrow')).toMatchObject({ is_internal: true })

  await window.getByRole('tab', { name: 'v3' }).click()
  await expect(comment(window, 'The birds pull the eye away')).toBeVisible()
  await ready(window)
  await expect(comment(window, 'Keep this arrow.')).toHaveCount(0)
  const more = window
    .getByRole('complementary', { name: 'Comments' })
    .getByRole('button', { name: 'More', exact: true })
    .first()
  await more.click()
  await window.getByRole('menuitem', { name: 'Comments of earlier versions' }).click()
  const old = comment(window, 'Keep this arrow.')
  await expect(old).toContainText('v2')
  await expect(old.getByRole('img', { name: 'Blue' })).toBeVisible()
  await expect(window.getByRole('button', { name: /, of v2$/ }).first()).toBeVisible()
  const layer = window.locator('svg[data-layer="drawing"]')
  // Its range, and nothing outside of it.
  await old.getByRole('button', { name: / – / }).click()
  await expect.poll(() => frameCounter(window)).toBe(30)
  await expect(layer.locator('[data-earlier] polygon')).toBeVisible()
  await both(launched, 'review-earlier')
  await toStage(window)
  await press(window, 'ArrowRight', 20)
  await expect.poll(() => frameCounter(window)).toBe(50)
  await expect(layer.locator('[data-earlier] polygon')).toBeVisible()
  await press(window, 'ArrowRight')
  await expect(layer.locator('[data-earlier]')).toHaveCount(0)

  await more.click()
  await window.getByRole('menuitem', { name: 'Choose several…' }).click()
  await old.getByRole('checkbox').check()
  const sky = comment(window, 'Sky is a stop too bright').getByRole('checkbox')
  await old.hover()
  await expect(async () => {
    if ((await sky.count()) === 0) await window.mouse.wheel(0, 120)
    await sky.check({ timeout: 1_000 })
  }).toPass()
  await window.getByRole('toolbar').getByRole('button', { name: 'Carry over' }).click()
  await expect(window.getByText('2 comments carried over.')).toBeVisible()
  await expect
    .poll(() => segment(3, 'Keep this arrow'))
    .toMatchObject({
      segment_color: '#3e63dd',
      is_internal: true,
      time_start_milliseconds: 1250,
      drawing: { primitives: [{ type: 'ARROW' }] },
    })
  await expect
    .poll(() => segment(3, 'Sky is a stop'))
    .toMatchObject({
      segment_color: '#f5a524',
      is_internal: false,
      time_start_milliseconds: 4000,
    })
})

test('comments are saved for clients without what is internal', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window, app, userData } = launched
  await openRoom(window)
  await expect(comment(window, 'two more days of grading')).toBeVisible()
  const saved = async (audience: RegExp, format: string): Promise<string> => {
    const path = join(userData, `comments.${format}`)
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    }, path)
    await window
      .getByRole('complementary', { name: 'Comments' })
      .getByRole('button', { name: 'More', exact: true })
      .first()
      .click()
    await window.getByRole('menuitem', { name: 'Save comments…' }).click()
    const sheet = window.getByRole('dialog')
    await sheet.getByRole('radio', { name: audience }).check()
    await sheet.getByText(format, { exact: true }).click()
    if (format === 'CSV') await expectNone(window, 'save comments')
    if (format === 'CSV') await both(launched, 'review-save')
    await sheet.getByRole('button', { name: 'Save…' }).click()
    await expect(sheet).toHaveCount(0)
    return readFile(path, 'utf8')
  }
  for (const format of ['CSV', 'SRT', 'WebVTT']) {
    const text = await saved(/For clients/, format)
    expect(text, format).toContain('Horizon tips to the left')
    expect(text, format).not.toContain('two more days of grading')
    expect(text, format).not.toContain('Then the birds come first')
  }
  expect(await saved(/For the team/, 'SRT')).toContain('two more days of grading')
})

test('what Candidio cannot hold is said before, kept here and shown after a restart', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const first = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  const { window } = first
  await openDemoRoom(window)
  await expect(window.getByText(/^Candidio holds no comments: .* stay on this computer\.$/)).toBeVisible()
  await press(window, 'i')
  await press(window, 'ArrowRight', 10)
  await press(window, 'o')
  await press(window, '2')
  await press(window, 'Enter')
  await press(window, 'Shift+ArrowRight', 3)
  await press(window, 'Enter')
  await press(window, 'm')
  await chooseColour(window, 'Red')
  await reach(window, 'Comment at the playhead', 'Tab')
  await window.keyboard.type('Only here. @nobody is asked.')
  await expect(people(window)).toHaveCount(0)
  await expectNone(window, 'composer of Candidio')
  await both(first, 'review-losses')
  await press(window, 'Enter')
  const mine = window.getByRole('article').filter({ hasText: 'Only here.' })
  const isWhole = async (card: typeof mine, page: Page) => {
    await expect(card.getByRole('img', { name: 'Red' })).toBeVisible()
    await card.getByRole('button', { name: / – / }).click()
    await expect(page.locator('svg[data-layer="drawing"] > g polygon')).toBeVisible()
  }
  await isWhole(mine, window)
  await first.close()
  const second = await launchApp({
    args: ['--demo'],
    userData: first.userData,
    size: { width: 1440, height: 900 },
  })
  await openDemoRoom(second.window)
  await isWhole(second.window.getByRole('article').filter({ hasText: 'Only here.' }), second.window)
})
