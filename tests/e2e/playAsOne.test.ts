/** Playing what is here or what is chosen by a button, and the strip of pictures under the player. */
import { cards, openProduction } from './actor.ts'
import { makeFramesLate } from './lateFrames.ts'
import { expect, type LaunchedApp, test } from './launch.ts'

test('a folder plays as one by its button, what is chosen by its menu, and nothing where nothing is', async ({
  launchApp,
}) => {
  const { window } = await launchApp({ args: ['--demo'] })
  const button = window.getByRole('button', { name: 'Play as one' })
  const clips = window.getByRole('listbox', { name: 'Clips of the playlist' }).getByRole('option')
  await openProduction(window, 'Autumn Campaign')
  await expect(cards(window)).toHaveCount(8)
  await button.hover()
  await expect(window.getByRole('tooltip')).toContainText('Play everything here without a gap')
  await button.click()
  await expect(clips).toHaveCount(8)
  await window.keyboard.press('Escape')

  await cards(window).nth(0).click()
  await cards(window)
    .nth(1)
    .click({ modifiers: ['ControlOrMeta'] })
  await cards(window).nth(1).click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Play as one' }).click()
  await expect(clips).toHaveCount(2)
  await window.keyboard.press('Escape')

  await openProduction(window, 'Winter catalogue')
  await expect(window.getByRole('heading', { name: 'Drop footage here' })).toBeVisible()
  await expect(button).toHaveCount(0)
})

/** How much of the strip has a picture, from 0 to 1; -1 while it is being filled. */
const stripShare = (window: LaunchedApp['window']) =>
  window.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>('[data-timeline] canvas')
    if (canvas === null || canvas.dataset['filling'] !== undefined) return -1
    const { width, height } = canvas
    const pixels = canvas.getContext('2d')?.getImageData(0, height / 2, width, 1).data ?? []
    let covered = 0
    for (let at = 3; at < pixels.length; at += 4) if (pixels[at] === 255) covered += 1
    return covered / width
  })

for (const isLate of [false, true])
  test(`the strip under the player is filled from end to end${isLate ? ', also by pictures that come late' : ''}`, async ({
    launchApp,
  }) => {
    const { window } = await launchApp({ args: ['--demo'] })
    if (isLate) await makeFramesLate(window)
    await openProduction(window, 'Autumn Campaign')
    await cards(window).filter({ hasText: 'A012_C003_0915.mp4' }).dblclick()
    // A pixel between every two pictures stays free.
    await expect.poll(() => stripShare(window), { timeout: 60_000 }).toBeGreaterThan(0.97)
  })
