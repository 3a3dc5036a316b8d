/** Reviewing with iconik in the app: comments of several people, approval, shares, a guest, the inbox. */
import { z } from 'zod'
import {
  answer,
  assetCalled,
  card,
  chooseOf,
  comment,
  connectIconik,
  openPlace,
  openReview,
  openRidgeDay,
  studioOfFile,
} from './iconikLife.ts'
import { segmentsOf } from './iconikSegments.ts'
import { expect, test } from './launch.ts'

const iconik = studioOfFile()

test('comments: the service’s arrive with ranges and replies, mine get there', async ({ launchApp }) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await openReview(window, 'Ridge, first light')
  const internal = comment(window, 'the client pays for two more days')
  await expect(internal).toContainText('Internal')
  await expect(internal).toContainText('00:00 – 11:23')
  await expect(internal).toContainText('Then the birds come first.')

  await window.keyboard.press('m')
  await window.keyboard.type('Grain is too strong in the sky.')
  await window.keyboard.press('Control+Enter')
  const mine = comment(window, 'Grain is too strong')
  await expect(mine).toBeVisible()
  await expect(mine).not.toContainText('Saved here')
  await mine.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Reply' }).click()
  await window.keyboard.type('Only until the pass is done.')
  await window.keyboard.press('Enter')
  await expect(mine).toContainText('Only until the pass is done.')
  await expect(mine).not.toContainText('Saved here')
  await mine.getByRole('button', { name: 'More' }).click()
  await window.getByRole('menuitem', { name: 'Resolve' }).click()
  await expect(mine).toContainText('Resolved')

  const ridge = await assetCalled(iconik.api, 'Ridge, first light')
  const path = `assets/v1/assets/${ridge.id}/segments/`
  const rows = () => segmentsOf(iconik.api, 'Ridge, first light')
  await expect
    .poll(async () => (await rows()).find((row) => row.segment_text === 'Grain is too strong in the sky.'))
    .toMatchObject({ segment_checked: true, time_start_milliseconds: 0 })
  const found = await rows()
  const root = found.find((row) => row.segment_text === 'Grain is too strong in the sky.')
  expect(found.find((row) => row.segment_text === 'Only until the pass is done.')?.parent_id).toBe(root?.id)

  // Somebody else, at the same time.
  await answer(iconik.api.limited(), z.unknown(), path, {
    method: 'POST',
    body: {
      ...{ segment_type: 'COMMENT', segment_text: 'Sound drops for a moment.' },
      ...{ version_id: root?.version_id, time_start_milliseconds: 4000, time_end_milliseconds: 4000 },
    },
  })
  const theirs = comment(window, 'Sound drops for a moment.')
  await expect(theirs).toBeVisible({ timeout: 30_000 })
  await expect(theirs).toContainText('01:00:04:00')
})

test('an approval, given and taken back', async ({ launchApp }) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await connectIconik(window, iconik.studio)
  await openPlace(window, 'Harbour, a portrait', 'Scenes')
  await openReview(window, 'Lighthouse, dusk')
  await expect(window.getByRole('button', { name: /voted$/ })).toHaveText('0 of 2 voted')
  await window.getByRole('button', { name: 'Approve', exact: true }).click()
  await expect(window.getByRole('button', { name: 'You approved' })).toBeVisible()
  await expect(window.getByRole('button', { name: /voted$/ })).toHaveText('1 of 2 voted')
  const { id } = await assetCalled(iconik.api, 'Lighthouse, dusk')
  const state = async () =>
    JSON.stringify(await answer(iconik.api, z.unknown(), `assets/v1/assets/${id}/approvals/`))
  expect(await state()).toContain('"APPROVED"')
  await window.getByRole('button', { name: 'You approved' }).click()
  await expect(window.getByRole('button', { name: 'Approve', exact: true })).toBeVisible()
  await expect(window.getByRole('button', { name: /voted$/ })).toHaveText('0 of 2 voted')
  expect(await state()).not.toContain('"APPROVED"')
})

test('a share by link: on the clipboard, never in the page, and a guest who sees nothing internal', async ({
  launchApp,
}) => {
  const first = await launchApp({ size: { width: 1440, height: 900 } })
  const { window, app } = first
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await app.evaluate(({ clipboard }) => clipboard.writeText('nothing yet'))
  await chooseOf(window, 'Ridge, first light', /^Share/)
  const sheet = window.getByRole('dialog')
  await sheet.getByLabel('Title', { exact: true }).fill('For the test screening')
  await sheet.getByRole('button', { name: 'Make a link' }).click()
  await expect(sheet.getByText('For the test screening')).toBeVisible()
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toContain('/share/')
  const link = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(link.startsWith(iconik.studio.iconik.address)).toBe(true)
  const hash = new URL(link).searchParams.get('hash') ?? link.split('/').filter(Boolean).at(-1) ?? ''
  expect(hash.length).toBeGreaterThan(9)
  const seen = await window.evaluate(
    () => document.documentElement.outerHTML + JSON.stringify({ ...localStorage }),
  )
  expect(seen).not.toContain(hash)
  await first.close()

  const guest = await launchApp({ size: { width: 1440, height: 900 } })
  await guest.window.getByRole('button', { name: /^iconik/ }).click()
  const form = guest.window.getByRole('dialog')
  await form.getByText('Share link', { exact: true }).click()
  await form.getByLabel('Name', { exact: true }).fill('A link')
  await form.getByLabel('Link', { exact: true }).fill(link)
  await form.getByLabel('Your mail', { exact: true }).fill('guest@fjellvann.invalid')
  await form.getByRole('button', { name: 'Connect' }).click()
  await expect(card(guest.window, 'Ridge, first light')).toBeVisible()
  await openReview(guest.window, 'Ridge, first light')
  await expect(comment(guest.window, 'The birds pull the eye away')).toBeVisible()
  await expect(comment(guest.window, 'the client pays for two more days')).toHaveCount(0)
  await expect(guest.window.getByText('Then the birds come first.')).toHaveCount(0)
})

test('an item of the inbox opens what it is about, and is read', async ({ launchApp }) => {
  const { window } = await launchApp({ size: { width: 1440, height: 900 } })
  await connectIconik(window, iconik.studio)
  const row = window.getByRole('navigation').getByRole('button', { name: 'Inbox' })
  await expect(row).toContainText('5')
  await row.click()
  await window
    .getByRole('main')
    .getByRole('button', { name: /approve Lighthouse, dusk/ })
    .click()
  await expect(window.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(window.getByText('Lighthouse, dusk').first()).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(row).toContainText('4')
})
