/** A drawing that was sent is changed, at the service too, and taken back. */
import { arrow, draft, drawAll, pull } from './drawnByHand.ts'
import { comment, connectIconik, openReview, openRidgeDay, studioOfFile } from './iconikLife.ts'
import { segmentsOf } from './iconikSegments.ts'
import { expect, type LaunchedApp, test } from './launch.ts'
import { both } from './pictures.ts'
import { press } from './reviewKeys.ts'

const iconik = studioOfFile()
const clip = 'Ridge, first light'
const words = 'Look at these five.'

/** How many shapes the service holds for the comment. */
const heldShapes = async () =>
  (await segmentsOf(iconik.api, clip)).find(({ segment_text }) => segment_text === words)?.drawing?.primitives
    .length

/** The shapes of comments that were kept. */
const kept = ({ window }: LaunchedApp) =>
  window.locator('svg[data-layer="drawing"] > g:not([data-draft], [data-earlier], [data-chosen]) > *')

async function change({ window }: LaunchedApp): Promise<void> {
  await comment(window, words).hover()
  await comment(window, words).getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Change drawing' }).click()
}

test('a sent drawing is changed, kept by the service, and taken back', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await openReview(window, clip)
  await window.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 2)
  await press(window, 'ArrowRight', 12)
  await drawAll(window)
  await press(window, 'm')
  await window.keyboard.type(words)
  await press(window, 'Enter')
  await expect(draft(window)).toHaveCount(0)
  await expect(kept(launched)).toHaveCount(5)
  await expect.poll(heldShapes).toBe(5)

  // Something drawn for the next comment waits while the other is changed.
  await press(window, 'Escape')
  await press(window, '2')
  await pull(window, arrow)
  await expect(draft(window)).toHaveCount(1)
  await change(launched)
  const tools = window.getByRole('toolbar', { name: 'Drawing' })
  const save = tools.getByRole('button', { name: 'Save drawing' })
  await expect(draft(window)).toHaveCount(5)
  await expect(kept(launched), 'it is not drawn twice').toHaveCount(0)
  await expect(save).toBeDisabled()
  const layer = window.locator('svg[data-layer="drawing"]')
  await expect(layer).toBeFocused()
  await press(window, 'Enter')
  await press(window, 'Delete')
  await expect(draft(window)).toHaveCount(4)
  await both(launched, 'review-draw-change')
  await expect(save).toBeEnabled()
  await press(window, 'Control+s')
  await expect(draft(window), 'what was drawn for the next comment is back').toHaveCount(1)
  await expect(kept(launched)).toHaveCount(4)
  await expect.poll(heldShapes).toBe(4)

  // Offered for a few seconds.
  await window.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(kept(launched)).toHaveCount(5)
  await expect.poll(heldShapes).toBe(5)

  // Given up, nothing is changed.
  await change(launched)
  await press(window, 'Enter')
  await press(window, 'Delete')
  await expect(draft(window)).toHaveCount(4)
  await press(window, 'Escape', 2)
  await expect(kept(launched)).toHaveCount(5)
  await expect(draft(window)).toHaveCount(1)
  await expect(window.getByRole('main')).toBeVisible()
})
