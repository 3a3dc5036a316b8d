/** What is over leaves nothing behind: the speed after a pause, the line that said that something was done. */
import { cards, openProduction } from './actor.ts'
import { chooseOf, openReview, openRidgeDay } from './iconikLife.ts'
import { expect, test } from './launch.ts'

const demo = { args: ['--demo'], size: { width: 1440, height: 900 } }

test('after a pause the speed is the one that play begins at', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await openRidgeDay(window)
  await openReview(window, 'Ridge, first light')
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3)
  await window.locator('[data-focus="stage"]').focus()
  const speed = (text: string) => window.getByRole('button', { name: `Speed: ${text}`, exact: true })
  await expect(speed('1×')).toBeVisible()
  for (const [keys, running] of [
    [['Home', 'l', 'l'], '2×'],
    [['End', 'j', 'j'], '-2×'],
  ] as const) {
    for (const key of keys) await window.keyboard.press(key)
    await expect(speed(running)).toBeVisible()
    await window.keyboard.press('k')
    await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
    await expect(speed('1×')).toBeVisible()
  }
})

test('what was done is said once, and goes by itself', async ({ launchApp }) => {
  const { window } = await launchApp(demo)
  await openProduction(window, 'Autumn Campaign')
  await expect(cards(window).filter({ hasText: 'A012_C003_0915.mp4' })).toBeVisible()
  const regions = window.getByRole('status').or(window.getByRole('alert'))
  const before = await regions.count()
  await chooseOf(window, 'A012_C003_0915.mp4', /^Approve/)
  const said = regions.filter({ hasText: '1 version approved.' })
  await expect(said).toHaveCount(1)
  // It was there before the words came: a screen reader hears what changes in it.
  expect(await regions.count()).toBe(before)
  await said.getByText('1 version approved.').hover()
  await said.getByRole('button', { name: 'Close' }).focus()
  await window.mouse.move(10, 10)
  await window.locator('[data-focus="assets"]').focus()
  await expect(said).toHaveCount(0, { timeout: 15_000 })
  expect(await regions.count()).toBe(before)
})
