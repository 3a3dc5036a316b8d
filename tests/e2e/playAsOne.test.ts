/** Playing what is here or what is chosen by a button, and the strip of pictures under the player. */
import { cards, openProduction } from './actor.ts'
import { expect, test } from './launch.ts'

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

test('the strip under the player is filled from end to end', async ({ launchApp }) => {
  const { window } = await launchApp({ args: ['--demo'] })
  await openProduction(window, 'Autumn Campaign')
  await cards(window).filter({ hasText: 'A012_C003_0915.mp4' }).dblclick()
  const filled = () =>
    window.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-timeline] canvas')
      if (canvas === null || canvas.dataset['filling'] !== undefined) return -1
      const { width, height } = canvas
      const pixels = canvas.getContext('2d')?.getImageData(0, height / 2, width, 1).data ?? []
      let covered = 0
      for (let at = 3; at < pixels.length; at += 4) if (pixels[at] === 255) covered += 1
      return covered / width
    })
  // A pixel between every two pictures stays free.
  await expect.poll(filled, { timeout: 20_000 }).toBeGreaterThan(0.97)
})
