/** A walk through every screen that iconik adds, for whoever looks at them: a picture, or axe. */
import { join } from 'node:path'
import { contentCentre, dropFiles, loadedPictures, samplesFolder } from './actor.ts'
import { card, chooseOf, comment, openPlace, openReview, openRidgeDay } from './iconikLife.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'

type Window = LaunchedApp['window']
type Show = (screen: string) => Promise<void>

/** From the demo on; each screen stands still when it is shown. */
export async function showIconik({ window }: LaunchedApp, show: Show): Promise<void> {
  await showLibrary(window, show)
  await showShelves(window, show)
  await showSearch(window, show)
  await showQuestions(window, show)
  await showLife(window, show)
  await showReview(window, show)
  await showConnect(window, show)
}

async function closeSheet(window: Window): Promise<void> {
  await window.keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toHaveCount(0)
}

async function showLibrary(window: Window, show: Show): Promise<void> {
  await openRidgeDay(window)
  await expect.poll(() => loadedPictures(window)).toBe(4)
  await card(window, 'Ridge, first light').click()
  const inspector = window.getByRole('complementary')
  await expect(inspector.getByText('The birds pull the eye away')).toBeVisible()
  await expect(inspector.getByText('AVC')).toBeVisible()
  await show('iconik-library')
  await inspector.getByRole('button', { name: 'Show', exact: true }).click()
  await expect(inspector.getByRole('listitem').last()).toBeVisible()
  await inspector.getByRole('listitem').last().scrollIntoViewIfNeeded()
  await show('iconik-inspector')
  await card(window, 'Ridge, first light').click({ button: 'right' })
  await expect(window.getByRole('menu')).toBeVisible()
  await show('iconik-menu')
  await window.keyboard.press('Escape')
  await expect(window.getByRole('menu')).toHaveCount(0)
}

async function showShelves(window: Window, show: Show): Promise<void> {
  await openPlace(window, 'Favourites')
  await expect.poll(() => loadedPictures(window)).toBe(2)
  await show('iconik-favourites')
  await openPlace(window, 'Deleted items')
  await expect(card(window, 'Night road, false start')).toBeVisible()
  await show('iconik-deleted')
  await window.getByRole('navigation').getByRole('button', { name: 'Inbox' }).click()
  await expect(window.getByText('asks you to approve Lighthouse, dusk')).toBeVisible()
  await show('iconik-inbox')
}

async function showSearch(window: Window, show: Show): Promise<void> {
  await openPlace(window, 'Autumn Campaign')
  await window.getByRole('button', { name: 'More about this place' }).click()
  await window.getByRole('menuitem', { name: /Search/ }).click()
  await expect(window.getByText('11 assets found')).toBeVisible()
  await window.getByRole('button', { name: 'Kind', exact: true }).click()
  await window.getByRole('menuitemcheckbox').first().click()
  await expect.poll(() => loadedPictures(window)).toBeGreaterThan(0)
  await show('iconik-search')
  await window.keyboard.press('Escape')
  await expect(window.getByRole('menu')).toHaveCount(0)
}

async function showQuestions(window: Window, show: Show): Promise<void> {
  await openRidgeDay(window)
  await chooseOf(window, 'Ridge, first light', /^Share/)
  await expect(window.getByRole('dialog').getByText('Shared already')).toBeVisible()
  await show('iconik-share')
  await closeSheet(window)
  await chooseOf(window, 'Ridge, first light', /^Ask for approval/)
  await expect(window.getByRole('dialog').getByText('Ida Holm')).toBeVisible()
  await show('iconik-ask-approval')
  await closeSheet(window)
  await dropFiles(window, await contentCentre(window), [join(samplesFolder, 'A012_C009_0915.mp4')])
  const send = window.getByRole('button', { name: 'Send 1 file' })
  await expect(send).toBeEnabled()
  await expect(window.getByRole('dialog').getByLabel(/^Client/)).toBeVisible()
  await send.click()
  await show('iconik-drop-sheet')
  await closeSheet(window)
}

async function showLife(window: Window, show: Show): Promise<void> {
  await card(window, 'Ridge, first light').click()
  const inspector = window.getByRole('complementary')
  await inspector.getByRole('button', { name: 'Relate…' }).click()
  await window.getByRole('dialog').getByRole('combobox', { name: 'Other asset' }).fill('Lake')
  await expect(window.getByRole('option', { name: /Lake/ })).toBeVisible()
  await show('iconik-relate')
  await closeSheet(window)
  await inspector.getByRole('button', { name: 'More about version 1' }).click()
  await window.getByRole('menuitem', { name: /^Delete this version/ }).click()
  await window.getByRole('alertdialog').getByRole('button', { name: 'Delete version' }).click()
  await inspector.getByRole('button', { name: 'Show deleted' }).click()
  const restore = inspector.getByRole('button', { name: /^Put back version/ })
  await expect(restore).toBeVisible()
  await show('iconik-deleted-versions')
  await restore.click()
  await expect(restore).toHaveCount(0)
  await window.keyboard.press('ControlOrMeta+k')
  await window.getByRole('combobox').fill('All shares')
  await window.keyboard.press('Enter')
  const all = window.getByRole('dialog', { name: /^Shares of/ })
  await all.getByRole('checkbox').first().click()
  await expect(all.getByRole('button', { name: 'End 1 chosen' })).toBeEnabled()
  await show('iconik-all-shares')
  await closeSheet(window)
}

async function showReview(window: Window, show: Show): Promise<void> {
  await openReview(window, 'Ridge, first light')
  await expect(comment(window, 'sunrise')).toBeVisible()
  await show('iconik-review')
  await window.getByRole('button', { name: /voted$/ }).click()
  await expect(window.getByRole('dialog')).toContainText('client@fjellvann.invalid')
  await show('iconik-approval')
  await window.keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toHaveCount(0)
}

async function showConnect(window: Window, show: Show): Promise<void> {
  await window.getByRole('button', { name: 'Day 1, ridge' }).click()
  await window.getByRole('button', { name: 'Add a connection' }).click()
  const form = window.getByRole('dialog')
  await form.getByText('iconik', { exact: true }).click()
  for (const [way, name] of [
    ['Mail and password', 'password'],
    ['Application token', 'token'],
    ['Share link', 'share'],
  ] as const) {
    await form.getByText(way, { exact: true }).click()
    await show(`iconik-connect-${name}`)
  }
  await closeSheet(window)
}
