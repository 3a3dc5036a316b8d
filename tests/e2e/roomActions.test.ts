/** What is done with the clip that is open without leaving it: shared, said out of full screen, its versions stepped. */
import type { Page } from '@playwright/test'
import { openProduction } from './actor.ts'
import { draft, pull } from './drawnByHand.ts'
import { makeLink } from './iconikGuest.ts'
import { comment, openReview, openRidgeDay } from './iconikLife.ts'
import { expect, test } from './launch.ts'
import { rows, untilOpen } from './listRoom.ts'
import { composer, press, ready, toStage } from './reviewKeys.ts'

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } } as const
const clip = 'Ridge, first light'

const isFull = (window: Page) => window.evaluate(() => document.fullscreenElement !== null)
const chosenTab = (window: Page) => window.getByRole('tab', { selected: true })

test('versions by key, and what was drawn in full screen is said outside of it', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp(demo)
  await openRidgeDay(window)
  await openReview(window, clip)
  await ready(window)
  await toStage(window)

  await test.step('versions by key', async () => {
    await expect(chosenTab(window)).toHaveText('v3')
    await press(window, 'Shift+V')
    await expect(chosenTab(window)).toHaveText('v2')
    await ready(window)
    await press(window, 'v')
    await expect(chosenTab(window)).toHaveText('v3')
    await ready(window)
    await press(window, 'v')
    await expect(chosenTab(window), 'there is none after the newest').toHaveText('v3')
  })

  await test.step('drawn in full screen, said outside', async () => {
    await toStage(window)
    await press(window, 'ArrowRight', 5)
    await press(window, 'f')
    await expect.poll(() => isFull(window)).toBe(true)
    await press(window, '3')
    await pull(window, [
      [0.2, 0.3],
      [0.5, 0.6],
    ])
    await expect(draft(window)).toHaveCount(1)
    await press(window, 'm')
    await expect.poll(() => isFull(window)).toBe(false)
    await expect(composer(window)).toBeFocused()
    await expect(draft(window), 'it is still there').toHaveCount(1)
    await window.keyboard.type('Begun in full screen.')
    await press(window, 'Enter')
    await expect(comment(window, 'Begun in full screen.')).toBeVisible()
    await expect(draft(window)).toHaveCount(0)
    await expect(window.locator('svg[data-layer="drawing"] rect')).not.toHaveCount(0)
  })
})

test('a clip is shared from the room and from a list, each at its own service', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp(demo)
  const { window } = launched
  const sheet = window.getByRole('dialog')
  const shared = sheet.getByRole('region', { name: 'Shared already' })

  await test.step('from the room', async () => {
    await openRidgeDay(window)
    await openReview(window, clip)
    await ready(window)
    await window.getByRole('button', { name: 'Share this clip' }).click()
    await expect(sheet).toContainText(clip)
    await makeLink(launched, 'From the room')
    await toStage(window)
    await press(window, 'Control+Shift+S')
    await expect(shared, 'the service has it').toContainText('From the room')
    await press(window, 'Escape')
    await expect(sheet).toHaveCount(0)
  })

  await test.step('from a list, while the library shows a place of another service', async () => {
    await press(window, 'Escape')
    await openProduction(window, 'Winter catalogue')
    await window.getByRole('navigation').getByRole('button', { name: 'Friday screening' }).click()
    await rows(window).filter({ hasText: clip }).first().click()
    await press(window, 'Enter')
    await untilOpen(window)
    await press(window, 'Control+Shift+S')
    await expect(sheet).toContainText(clip)
    await expect(shared).toContainText('From the room')
    await makeLink(launched, 'From the list')
    await window.getByRole('button', { name: 'Share this clip' }).click()
    await expect(shared).toContainText('From the list')
  })
})
