/** What one person draws is on the same pixels in another person's app, at another size. */
import { resize } from './actor.ts'
import { draft, drawAll } from './drawnByHand.ts'
import { comment, connectIconik, openReview, openRidgeDay, studioOfFile } from './iconikLife.ts'
import { expect, type LaunchedApp, test } from './launch.ts'
import { difference, drawnMask, mostApart, reach } from './pictureMask.ts'

const iconik = studioOfFile()
const clip = 'Ridge, first light'
const words = 'All five, for the grade.'

async function openClip({ window }: LaunchedApp): Promise<void> {
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await openReview(window, clip)
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
}

test('a drawing is on the same pixels in a second app, at another size', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const one = await launchApp({ size: { width: 1440, height: 900 } })
  await openClip(one)
  for (let step = 0; step < 12; step += 1) await one.window.keyboard.press('ArrowRight')
  await drawAll(one.window)
  await one.window.keyboard.press('m')
  await one.window.keyboard.type(words)
  await one.window.keyboard.press('Enter')
  await expect(draft(one.window)).toHaveCount(0)
  await expect(comment(one.window, words)).toBeVisible()
  const drawn = await drawnMask(one.window)

  const other = await launchApp({ size: { width: 1440, height: 900 } })
  expect(other.userData).not.toBe(one.userData)
  await openClip(other)
  // It comes by way of the service, at the latest with the next look at its comments.
  await comment(other.window, words)
    .getByRole('button', { name: /^01:00/ })
    .click({ timeout: 30_000 })
  await expect(other.window.locator('svg[data-layer="drawing"] > g > *').first()).toBeVisible()
  await resize(other, 1024, 720)
  const apart = difference(drawn, await drawnMask(other.window), reach)
  process.stdout.write(
    `${drawn.marks.length} drawn pixels; in a second app ${(apart * 100).toFixed(2)} % apart\n`,
  )
  expect(apart).toBeLessThan(mostApart)
})
