/** A clip that somebody deletes while a playlist shows it: read, not answered, and nothing typed is lost. */
import { ask } from './actor.ts'
import { expectNone } from './axe.ts'
import { card, comment, connectIconik, openRidgeDay, studioOfFile } from './iconikLife.ts'
import { expect, test } from './launch.ts'
import { clipPlace, rows, untilOpen } from './listRoom.ts'
import { deleteForGood } from './roomWaiting.ts'

const iconik = studioOfFile()
const [gone, stays] = ['Barley, evening wind', 'Ridge, first light'] as const

test('a clip that is deleted while it is on is closed, what was begun can be copied, the list goes on', async ({
  launchApp,
  expectConsoleError,
}) => {
  test.setTimeout(180_000)
  expectConsoleError(/Failed to load resource/)
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  const main = window.getByRole('main')
  const panel = window.getByRole('complementary', { name: 'Comments' })
  const approve = window.getByRole('button', { name: 'Approve', exact: true })
  const press = async (...keys: string[]) => {
    for (const key of keys) await window.keyboard.press(key)
  }
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  const entries = []
  for (const name of [gone, stays]) {
    await expect(card(window, name)).toBeVisible()
    const { assets } = (await ask(window, 'library.find', { text: name, limit: 1 })) as {
      assets: { id: string }[]
    }
    entries.push({ assetId: assets[0]?.id })
  }
  await ask(window, 'playlists.create', { name: 'For Ida', entries })
  await window.getByRole('navigation').getByRole('button', { name: 'For Ida' }).click()
  await rows(window).first().click()
  await press('Enter')
  await untilOpen(window)
  await expect(approve).toBeVisible()

  const said = comment(window, 'The wind is too loud')
  const resolve = said.getByRole('button', { name: 'Resolve', exact: true })
  await press('m')
  await window.keyboard.type('The wind is too loud.')
  await press('Enter')
  await expect(said).not.toContainText('Saved here')
  await expect(resolve).toHaveCount(1)
  await window.keyboard.type('Half a thought about the')
  await deleteForGood(iconik, gone)
  await expect(main.getByText('This is no longer here')).toBeVisible({ timeout: 60_000 })
  // The list knows of it as well by now, and leaves it open all the same.
  await expect(window.getByRole('listbox', { name: 'Clips of the playlist' })).toContainText(gone)
  await expect(window.locator('#review-composer'), 'what is being written stays').toHaveValue(
    'Half a thought about the',
  )
  await expect(panel.getByRole('button', { name: /^Comment/ })).toBeDisabled()
  await expect(approve).toHaveCount(0)
  await expect(said, 'what was said can be read').toBeVisible()
  await expect(resolve, 'and not changed').toHaveCount(0)
  await expect(said.getByRole('button', { name: 'Reply' })).toHaveCount(0)
  await expectNone(window, 'playing-gone-open')
  await press('Escape', 'a')
  await expect(window.getByText('There is nothing to approve here.')).toBeVisible()
  expect(await clipPlace(window)).toBe(1)

  await press('Space')
  await expect.poll(() => clipPlace(window)).toBe(2)
  await expect(approve).toBeVisible()
  await expect(window.locator('#review-composer')).toHaveValue('')
})
