/** The fields that narrow what stands below them: the same keys, the same cross, the focus where it is wanted. */
import type { Locator, Page } from '@playwright/test'
import { cards, openProduction } from './actor.ts'
import { openRidgeDay } from './iconikLife.ts'
import { expect, test } from './launch.ts'
import { openTalkedOf } from './reviewScreens.ts'

/** `found` is where the focus goes; `words` leaves some of `rows`, and not all. */
async function expectAlike(
  window: Page,
  { field, rows, found, words }: { field: Locator; rows: Locator; found: Locator; words: string },
): Promise<void> {
  const press = (key: string) => window.keyboard.press(key)
  let all = -1
  // None is still on its way.
  await expect
    .poll(async () => {
      const before = all
      all = await rows.count()
      return all > 0 && all === before
    })
    .toBe(true)
  const untilSome = () => expect.poll(() => rows.count()).toBeLessThan(all)
  const untilAll = () => expect(rows).toHaveCount(all)
  const clear = field.locator('xpath=ancestor::label').getByRole('button', { name: 'Clear' })
  await expect(clear).toHaveCount(0)
  await field.click()
  await window.keyboard.type(words)
  await untilSome()
  await clear.click()
  await untilAll()
  await expect(field).toHaveValue('')
  await expect(field, 'whoever clears goes on typing').toBeFocused()

  await window.keyboard.type(words)
  await untilSome()
  await press('Escape')
  await untilAll()
  await expect(field, 'the first Escape empties it').toBeFocused()
  await press('Escape')
  await expect(found, 'the second leads back').toBeFocused()

  for (const key of ['Enter', 'ArrowDown']) {
    await field.focus()
    await press(key)
    await expect(found, key).toBeFocused()
  }
}

test('the fields that find in a place, in a service and in comments do the same', async ({ launchApp }) => {
  const { window } = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await openProduction(window, 'Autumn Campaign')
  await expect(cards(window).nth(7)).toBeVisible()
  await expectAlike(window, {
    field: window.getByRole('textbox', { name: 'Find in this place' }),
    rows: cards(window),
    found: window.locator('[data-focus="assets"]'),
    words: 'A012_C004',
  })
  await openRidgeDay(window)
  await window.getByRole('button', { name: 'More about this place' }).click()
  await window.getByRole('menuitem', { name: /Search/ }).click()
  await expect(window.getByText('11 assets found')).toBeVisible()
  await expect(cards(window)).toHaveCount(11)
  await expectAlike(window, {
    field: window.getByRole('textbox', { name: 'Search the service' }),
    rows: cards(window),
    found: window.locator('[data-focus="assets"]'),
    words: 'night',
  })
  await openTalkedOf(window)
  const panel = window.getByRole('complementary', { name: 'Comments' })
  await expectAlike(window, {
    field: panel.getByRole('textbox', { name: 'Find in comments' }),
    rows: panel.getByRole('article'),
    found: panel.getByRole('region', { name: 'Comments' }),
    words: 'birds',
  })
})
