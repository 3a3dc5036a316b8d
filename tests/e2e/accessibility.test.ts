/** axe on every screen, in both themes: nothing a screen reader or a weak eye would stumble over. */
import { join } from 'node:path'
import { cards, contentCentre, dropFiles, openProduction, samplesFolder } from './actor.ts'
import { expectNone } from './axe.ts'
import { showIconik } from './iconikScreens.ts'
import { expect, test } from './launch.ts'
import { showReview } from './reviewScreens.ts'

test('no screen has an accessibility violation', async ({ launchApp }) => {
  test.setTimeout(120_000)
  const { window } = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await openProduction(window, 'Autumn Campaign')
  await cards(window).first().click()
  await expect(window.getByText('JPEG').or(window.getByText('AVC')).first()).toBeVisible()
  await expectNone(window, 'library')
  await window.keyboard.press('Control+2')
  await expectNone(window, 'list')
  await window.keyboard.press('Control+1')
  await window.keyboard.press('Control+k')
  await expect(window.getByRole('dialog')).toBeVisible()
  await expectNone(window, 'palette')
  await window.keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toHaveCount(0)
  await window.keyboard.press('?')
  await expect(window.getByRole('dialog')).toBeVisible()
  await expectNone(window, 'shortcuts')
  await window.keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toHaveCount(0)
  await dropFiles(window, await contentCentre(window), [join(samplesFolder, 'A012_C009_0915.mp4')])
  await expect(window.getByRole('button', { name: /^Send \d+ files?/ })).toBeEnabled()
  await expectNone(window, 'drop sheet')
  await window.getByRole('button', { name: /^Send \d+ files?/ }).click()
  // Shortcuts mean nothing while the sheet still stands over the window.
  await expect(window.getByRole('dialog')).toHaveCount(0)
  await window.keyboard.press('Control+j')
  await expect(window.getByRole('row', { name: /A012_C009_0915/ }).first()).toBeVisible()
  await expectNone(window, 'queue')
  await window.keyboard.press('Control+j')
  await openProduction(window, 'Winter catalogue')
  await expectNone(window, 'empty production')
  await openProduction(window, 'Autumn Campaign')
  await cards(window).filter({ hasText: 'A012_C003_0915.mp4' }).dblclick()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expectNone(window, 'review')
  await window.keyboard.press('Control+,')
  for (const section of ['General', 'Connections', 'Transfers', 'Shortcuts', 'Appearance', 'About']) {
    await window.getByRole('navigation').getByRole('button', { name: section }).click()
    await expectNone(window, `settings, ${section}`)
  }
})

test('the first screen has none either', async ({ launchApp }) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await expect(window.getByRole('heading', { name: 'Welcome to Rushes' })).toBeVisible()
  await expectNone(window, 'welcome')
})

test('nor has what iconik adds', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await showIconik(launched, (screen) => expectNone(launched.window, screen))
})

test('nor has any state of the review room', async ({ launchApp }) => {
  test.setTimeout(240_000)
  const launched = await launchApp({ args: ['--demo'], size: { width: 1440, height: 900 } })
  await showReview(launched, (screen) => expectNone(launched.window, screen))
})
