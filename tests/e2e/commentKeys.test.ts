/** A comment is answered, changed and resolved by key: the one that the playhead is on, or the card with the focus. */
import { frameCounter } from './actor.ts'
import { comment, openReview, openRidgeDay } from './iconikLife.ts'
import { expectFocus } from './keyFocus.ts'
import { expect, test } from './launch.ts'
import { both } from './pictures.ts'
import { press, ready, toStage } from './reviewKeys.ts'

const clip = 'Ridge, first light'

test('answered, changed and resolved without a mouse', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  const { window } = launched
  await openRidgeDay(window)
  await openReview(window, clip)
  await ready(window)
  await toStage(window)
  const panel = window.getByRole('complementary', { name: 'Comments' })
  const birds = comment(window, 'The birds pull the eye away')
  await expect(birds).toBeVisible()
  const fields = panel.getByRole('article').getByRole('textbox')

  await test.step('the keys are in the list of all keys', async () => {
    await press(window, '?')
    for (const words of ['Reply to the comment', 'Edit the comment', 'Resolve the comment, or open it again'])
      await expect(window.getByRole('dialog').getByText(words, { exact: true })).toHaveCount(1)
    await press(window, 'Escape')
    await expect(window.getByRole('dialog')).toHaveCount(0)
    await toStage(window)
  })

  await test.step('an answer is begun, kept by Escape, and sent', async () => {
    await press(window, 'Home')
    await press(window, ']', 3)
    await expect.poll(() => frameCounter(window)).toBe(120)
    await press(window, 'r')
    await expectFocus(window, /^Reply to/)
    await window.keyboard.type('Painted out.')
    await both(launched, 'comment-reply-key')
    await press(window, 'Escape')
    await expect(fields).toHaveCount(0)
    await expect(birds).toBeFocused()
    await expect(birds.getByRole('button', { name: 'Answer begun' })).toBeVisible()
    await press(window, 'r')
    await expect(birds.getByRole('textbox')).toBeFocused()
    await expect(birds.getByRole('textbox')).toHaveValue('Painted out.')
    await press(window, 'Enter')
    await expect(birds.locator('[data-reply]').filter({ hasText: 'Painted out.' })).toBeVisible()
    await expect(fields).toHaveCount(0)
    await press(window, 'Escape')
    await expectFocus(window, /Ridge, first light/)
  })

  await test.step('resolved, and open again', async () => {
    await window.keyboard.down('Shift')
    // Held: what it repeats changes nothing more.
    for (let time = 0; time < 4; time += 1) await window.keyboard.down('R')
    await window.keyboard.up('R')
    await window.keyboard.up('Shift')
    await expect(birds.getByRole('button', { name: 'Open again' })).toBeVisible()
    await expect(panel.getByRole('status').filter({ hasText: 'The comment is changed.' })).toBeVisible()
    await both(launched, 'comment-resolved-key')
    await press(window, 'Shift+R')
    await expect(birds.getByRole('button', { name: 'Resolve', exact: true })).toBeVisible()
  })

  await test.step('words of others are not changed, one’s own are', async () => {
    await press(window, 'e')
    await press(window, 'Home')
    await expect.poll(() => frameCounter(window)).toBe(0)
    await expect(fields).toHaveCount(0)
    await press(window, 'e')
    await expectFocus(window, /^Edit$/)
    await press(window, 'Control+a')
    await window.keyboard.type('The ridge, sooner.')
    await press(window, 'Enter')
    const mine = comment(window, 'The ridge, sooner.')
    await expect(mine).toBeVisible()
    await expect(mine).toBeFocused()
  })

  await test.step('from full screen, and with the list somewhere else', async () => {
    await toStage(window)
    await press(window, 'End')
    await press(window, '[')
    const last = comment(window, 'Out point')
    await expect.poll(() => frameCounter(window)).toBe(263)
    await expect(last).toBeInViewport()
    await panel.getByRole('region', { name: 'Comments' }).hover()
    await window.mouse.wheel(0, -20_000)
    await expect(last).not.toBeInViewport()
    await toStage(window)
    await press(window, 'f')
    await expect.poll(() => window.evaluate(() => document.fullscreenElement !== null)).toBe(true)
    await press(window, 'r')
    await expect.poll(() => window.evaluate(() => document.fullscreenElement !== null)).toBe(false)
    await expect(last.getByRole('textbox')).toBeFocused()
    await expect(last.getByRole('textbox')).toBeInViewport()
    await press(window, 'Escape')
    await press(window, 'Escape')
    await expectFocus(window, /Ridge, first light/)
  })

  await test.step('where no comment is shown, nothing is done', async () => {
    await panel.getByRole('radio', { name: /^Resolved/ }).click()
    await expect(panel).toContainText('No comment fits.')
    await toStage(window)
    for (const key of ['r', 'e', 'Shift+R']) await press(window, key)
    await expect(window.locator('[data-focus="stage"]').first()).toBeFocused()
    await panel.getByRole('button', { name: 'Show all' }).click()
    await expect(birds).toBeVisible()
    await expect(fields).toHaveCount(0)
    await expect(panel.getByRole('button', { name: 'Open again' })).toHaveCount(0)
  })
})
