/** One Escape takes off one layer, the focus is never nowhere, and a text field keeps its Enter. */
import type { Page } from '@playwright/test'
import { cards, openProduction } from './actor.ts'
import { pull } from './drawnByHand.ts'
import { comment, openPlace, openReview, openRidgeDay } from './iconikLife.ts'
import { expect, test } from './launch.ts'
import { press, ready, toStage } from './reviewKeys.ts'

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } }

const panel = (window: Page) => window.getByRole('complementary', { name: 'Comments' })
const composer = (window: Page) => window.locator('#review-composer')
const stage = (window: Page) => window.locator('[data-focus="stage"]')
const pen = (window: Page) => window.getByRole('button', { name: 'Pen', exact: true, pressed: true })
const speed = (window: Page, words: string) =>
  window.getByRole('button', { name: `Speed: ${words}`, exact: true })

/** What has the focus, by its name or its tag. */
const focused = (window: Page) =>
  window.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') || element?.textContent || element?.id || element?.tagName
  })

async function enterRidge(window: Page): Promise<void> {
  await openRidgeDay(window)
  await openReview(window, 'Ridge, first light')
  await ready(window)
  await comment(window, 'The birds pull').waitFor()
  await toStage(window)
}

test('in the room one Escape takes off one layer', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await enterRidge(window)
  const compare = window.getByRole('toolbar', { name: 'Compare' })

  await test.step('what is typed on the picture, then the tool', async () => {
    await press(window, '5')
    await press(window, 'Enter')
    const words = window.getByRole('textbox', { name: 'Words on the picture' })
    await expect(words).toBeFocused()
    await press(window, 'Escape')
    await expect(words).toHaveCount(0)
    const tool = window.getByRole('button', { name: 'Text', exact: true, pressed: true })
    await expect(tool).toBeVisible()
    await press(window, 'Escape')
    await expect(tool).toHaveCount(0)
    await expect(stage(window)).toBeFocused()
  })
  await test.step('pen, then comparing', async () => {
    await press(window, 'c')
    await expect(compare).toBeVisible()
    await press(window, '1')
    await expect(pen(window)).toBeVisible()
    await press(window, 'Escape')
    await expect(pen(window)).toHaveCount(0)
    await expect(compare).toBeVisible()
    await press(window, 'Escape')
    await expect(compare).toHaveCount(0)
  })
  await test.step('choosing, with the focus on a box that is ticked', async () => {
    await panel(window).getByRole('button', { name: 'More', exact: true }).first().click()
    await window.getByRole('menuitem', { name: 'Choose several' }).click()
    const box = panel(window).getByRole('checkbox').first()
    await box.click()
    await press(window, 'Escape')
    await expect(panel(window).getByRole('checkbox')).toHaveCount(0)
  })
  await test.step('a menu, then the focus of its button', async () => {
    await toStage(window)
    await panel(window).getByRole('button', { name: 'Colour' }).focus()
    await press(window, 'Enter')
    await expect(window.getByRole('menuitemradio').first()).toBeVisible()
    await press(window, 'Escape')
    await expect(window.getByRole('menuitemradio')).toHaveCount(0)
    await expect.poll(() => focused(window)).toBe('Colour')
    await expect(async () => {
      // The tip of the button is a layer of its own while it is there.
      if (!(await stage(window).evaluate((each) => each === document.activeElement)))
        await press(window, 'Escape')
      await expect(stage(window)).toBeFocused({ timeout: 2_000 })
    }).toPass({ timeout: 20_000 })
  })
  await test.step('the words of a comment, then the room', async () => {
    await press(window, 'm')
    await expect(composer(window)).toBeFocused()
    await press(window, 'Escape')
    await expect(stage(window)).toBeFocused()
    await press(window, 'Escape')
    await expect(stage(window)).toHaveCount(0)
    await expect(cards(window).first()).toBeVisible()
  })
})

test('settings are left by Escape, from a field with two', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await openProduction(window, 'Autumn Campaign')
  const nav = window.getByRole('navigation', { name: 'Settings' })
  await window.keyboard.press('Control+,')
  await nav.getByRole('button', { name: 'Transfers' }).click()
  await window
    .locator('main')
    .getByRole('textbox')
    .or(window.locator('main').getByRole('spinbutton'))
    .first()
    .focus()
  await press(window, 'Escape')
  await expect(nav.getByRole('button', { name: 'Transfers' })).toBeFocused()
  await press(window, 'Escape')
  await expect(nav).toHaveCount(0)
  await expect(cards(window).first()).toBeVisible()
})

test('Enter with Mod belongs to the field: it votes from no field but the one for a vote’s words', async ({
  launchApp,
}) => {
  const { window } = await launchApp(demo)
  await enterRidge(window)
  const given = window.getByRole('button', { name: 'You asked for changes', exact: true })
  const find = panel(window).getByRole('textbox', { name: 'Find in comments' })
  await find.fill('birds')
  await find.press('Control+Shift+Enter')
  await find.fill('')
  await press(window, 'm')
  await composer(window).press('Control+Enter')
  await toStage(window)
  await window.getByRole('button', { name: /voted$/ }).click()
  const votes = window.getByRole('dialog')
  await expect(votes).toBeVisible()
  await expect(given).toHaveCount(0)
  const words = votes.getByRole('textbox')
  await words.fill('Too bright at the end.')
  await words.press('Control+Shift+Enter')
  await expect(given).toBeVisible()
  await expect(words).toHaveValue('')
  // They are a comment on the whole version, which may stand outside of the rows that exist.
  await press(window, 'Escape')
  await find.fill('Too bright')
  await expect(comment(window, 'Too bright at the end.')).toBeVisible()
})

test('the focus stays near what is gone', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await enterRidge(window)
  const card = comment(window, 'The birds pull')
  await test.step('an answer was sent', async () => {
    await card.hover()
    await card.getByRole('button', { name: 'More', exact: true }).click()
    await window.getByRole('menuitem', { name: 'Reply' }).click()
    await window.keyboard.type('They stay.')
    await press(window, 'Enter')
    await expect(card.getByText('They stay.')).toBeVisible()
    await expect.poll(() => card.evaluate((each) => each.contains(document.activeElement))).toBe(true)
  })
  await test.step('a comment was removed', async () => {
    for (const words of ['First of mine.', 'Second of mine.']) {
      await press(window, 'm')
      await toStage(window)
      await press(window, 'm')
      await window.keyboard.type(words)
      await press(window, 'Enter')
      await expect(comment(window, words)).toBeVisible()
    }
    const gone = comment(window, 'First of mine.')
    await gone.hover()
    await gone.getByRole('button', { name: 'More', exact: true }).click()
    await window.getByRole('menuitem', { name: 'Delete' }).click()
    await expect(gone).toHaveCount(0)
    await expect
      .poll(() => window.evaluate(() => document.activeElement?.closest('article')?.textContent ?? ''))
      .not.toBe('')
  })
  await test.step('a dialog was closed', async () => {
    const more = panel(window).getByRole('button', { name: 'More', exact: true }).first()
    await more.focus()
    await press(window, 'Enter')
    await window.getByRole('menuitem', { name: /^Save comments/ }).click()
    await expect(window.getByRole('dialog')).toBeVisible()
    await press(window, 'Escape')
    await expect(window.getByRole('dialog')).toHaveCount(0)
    await expect(more).toBeFocused()
  })
  await test.step('the clip that is open was chosen in the palette', async () => {
    await toStage(window)
    await press(window, 'Control+k')
    await window.keyboard.type('Ridge, first')
    await expect(window.getByRole('option', { name: /Ridge, first light/ })).toBeVisible()
    await window.getByRole('option', { name: /Ridge, first light/ }).click()
    await expect(window.getByRole('dialog')).toHaveCount(0)
    await expect(stage(window)).toBeFocused()
  })
  await test.step('who pressed where nothing is has left it', async () => {
    await panel(window).getByRole('button', { name: 'Colour' }).focus()
    await window.evaluate(() => (document.activeElement as HTMLElement).blur())
    await press(window, 'Control+k')
    await press(window, 'Escape')
    await expect(window.getByRole('dialog')).toHaveCount(0)
    expect(await window.evaluate(() => document.activeElement?.tagName)).toBe('BODY')
  })
})

test('a speed is chosen from a menu and starts nothing', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await enterRidge(window)
  await speed(window, '1×').click()
  const half = window.getByRole('menuitemradio', { name: '0.5×' })
  await expect(window.getByRole('menuitemradio', { name: '1×', exact: true })).toBeChecked()
  await expect(window.getByRole('menuitemradio')).toHaveText([
    ...['0.25×', '0.5×', '0.75×', '1×', '1.5×', '2×', '4×', '8×'],
  ])
  await half.click()
  await expect(speed(window, '0.5×')).toBeVisible()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(stage(window), 'Space goes on meaning play').toBeFocused()
  const rate = () => window.evaluate(() => document.querySelector('video')?.playbackRate)
  await press(window, 'Space')
  await expect(window.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
  await expect.poll(rate).toBe(0.5)
  await speed(window, '0.5×').click()
  await window.getByRole('menuitemradio', { name: '2×' }).click()
  await expect.poll(rate).toBe(2)
  await expect(window.getByRole('button', { name: 'Pause', exact: true })).toBeVisible()
})

test('on a still M writes and the pencil draws; on sound there is no pencil', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await openPlace(window, 'Autumn Campaign', 'Stills')
  await cards(window).first().dblclick()
  const pencil = panel(window).getByRole('button', { name: /^Draw/ })
  await expect(pencil).toBeVisible()
  await toStage(window)
  await press(window, 'm')
  await expect(composer(window)).toBeFocused()
  await window.keyboard.type('l1')
  await expect(composer(window)).toHaveValue('l1')
  await pencil.click()
  await pull(window, [
    [0.3, 0.3],
    [0.5, 0.5],
  ])
  await expect(window.locator('[data-draft] > *')).toHaveCount(1)
  await composer(window).press('Enter')
  await expect(comment(window, 'l1')).toBeVisible()
  await toStage(window)
  await press(window, 'Escape')
  await expect(cards(window).first()).toBeVisible()

  await openPlace(window, 'Autumn Campaign', 'Sound')
  await cards(window).first().dblclick()
  await ready(window)
  await expect(composer(window)).toBeVisible()
  await expect(pencil).toHaveCount(0)
  await toStage(window)
  await press(window, '1')
  await expect(window.getByRole('button', { name: 'Pen', exact: true })).toHaveCount(0)
})

test('the palette searches the service for what is not known here, and guesses no vote', async ({
  launchApp,
}) => {
  const { window } = await launchApp(demo)
  await openRidgeDay(window)
  await openReview(window, 'Ridge, first light')
  await ready(window)
  await toStage(window)
  await press(window, 'Control+k')
  await window.keyboard.type('zzneeds changxxx')
  const options = window.getByRole('option')
  await expect(options.first()).toHaveText(/^Search .* for “zzneeds changxxx”$/)
  await expect(options.first()).toHaveAttribute('aria-selected', 'true')
  await expect(options.filter({ hasText: /needs changes|Approve|trash|Delete/i })).toHaveCount(0)
  const field = window.getByRole('combobox')
  await field.fill('this version needs')
  await expect(options.filter({ hasText: 'This version needs changes' })).toHaveCount(1)
  await field.fill('birds')
  await expect(options.first()).toHaveText(/^Search .* for “birds”$/)
  await press(window, 'Enter')
  await expect(window.locator('#service-search')).toHaveValue('birds')
})
