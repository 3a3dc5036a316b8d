/** The states of iconik's screens that the walk of iconikScreens.ts does not pass: work in progress, and trouble. */
import { z } from 'zod'
import { connectGuest, makeLink } from './iconikGuest.ts'
import {
  answer,
  assetCalled,
  card,
  chooseOf,
  choosePeople,
  comment,
  connectIconik,
  type IconikStudio,
  iconikName,
  leaveReview,
  openPlace,
  openReview,
  openRidgeDay,
} from './iconikLife.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'

const shareRows = z.object({ objects: z.array(z.object({ id: z.string(), title: z.string() })) })

type Window = LaunchedApp['window']
type Show = (screen: string) => Promise<void>

async function closeWith(window: Window, role: 'dialog' | 'menu' | 'alertdialog'): Promise<void> {
  await window.keyboard.press('Escape')
  await expect(window.getByRole(role)).toHaveCount(0)
}

/** From the library of a connection made with a token; each screen stands still when it is shown. */
export async function showIconikWork({ window }: LaunchedApp, show: Show): Promise<void> {
  await openPlace(window, 'Recently viewed')
  await expect(card(window, 'Ridge, first light')).toBeVisible()
  await show('iconik-recent')
  await openPlace(window, 'Deleted items')
  await chooseOf(window, 'Night road, false start', /Delete for good/)
  await show('iconik-purge')
  await window.getByRole('alertdialog').getByRole('button', { name: 'Go on…' }).click()
  await expect(window.getByRole('alertdialog')).toContainText('Really delete for good?')
  await show('iconik-purge-sure')
  await closeWith(window, 'alertdialog')
  await openRidgeDay(window)
  await card(window, 'Ridge, first light').click()
  await window.getByRole('button', { name: 'More about version 2' }).click()
  await expect(window.getByRole('menu')).toBeVisible()
  await show('iconik-version-menu')
  await closeWith(window, 'menu')
  await chooseOf(window, 'Ridge, first light', /^Share/)
  await window.getByRole('dialog').getByText('To people by mail', { exact: true }).click()
  await choosePeople(window, 'To', ['anna@client.invalid'])
  await show('iconik-share-mail')
  await closeWith(window, 'dialog')
  await showComments(window, show)
}

async function showComments(window: Window, show: Show): Promise<void> {
  await openReview(window, 'Ridge, first light')
  const panel = window.getByRole('complementary', { name: 'Comments' })
  await expect(comment(window, 'sunrise')).toBeVisible()
  await panel.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(window.getByRole('menuitemcheckbox').first()).toBeVisible()
  await show('iconik-kinds')
  await closeWith(window, 'menu')
  const more = panel.getByRole('button', { name: 'More', exact: true }).first()
  await more.click()
  await window.getByRole('menuitem', { name: /^Choose several/ }).click()
  for (const words of ['The birds pull the eye away', 'Horizon tips to the left'])
    await comment(window, words).getByRole('checkbox').check()
  await show('iconik-choose')
  await panel.getByRole('button', { name: 'Cancel', exact: true }).click()
  await more.click()
  await window.getByRole('menuitem', { name: /^Save comments/ }).click()
  await expect(window.getByRole('dialog')).toBeVisible()
  await show('iconik-save-comments')
  await closeWith(window, 'dialog')
  await leaveReview(window, 'Day 1, ridge')
}

/** From the first page of a new profile: what a service may do wrong, as it looks. */
export async function showIconikTrouble(
  { window }: LaunchedApp,
  { studio, api }: IconikStudio,
  show: Show,
): Promise<void> {
  const { address, mfaEmail, password } = studio.iconik
  await window.getByRole('button', { name: /^iconik/ }).click()
  const form = window.getByRole('dialog')
  await form.getByText('Mail and password', { exact: true }).click()
  for (const [label, value] of [
    ['Name', 'Northlight'],
    ['Address', address],
    ['Mail', mfaEmail],
    ['Password', password],
  ] as const)
    await form.getByLabel(label, { exact: true }).fill(value)
  await form.getByRole('button', { name: 'Connect' }).click()
  await expect(form.getByLabel('Code', { exact: true })).toBeVisible()
  await show('iconik-connect-code')
  await closeWith(window, 'dialog')

  await connectIconik(window, studio)
  await openRidgeDay(window)
  await expect(card(window, 'Ridge, first light')).toBeVisible()
  await studio.fault({ operation: 'assets.patchAsset', kind: 'status', status: 403, code: 'Forbidden' })
  await chooseOf(window, 'Lake, lantern', /^Rename/)
  await form.getByLabel('New name', { exact: true }).fill('Lake, two lanterns')
  await form.getByRole('button', { name: 'Rename', exact: true }).click()
  await expect(window.getByText('This account may not do that.')).toBeVisible()
  await show('iconik-forbidden')
  await closeWith(window, 'dialog')

  const { id } = await assetCalled(api, 'Barley, evening wind')
  expect((await api.ask('POST', 'assets/v1/delete_queue/assets/', { ids: [id] })).status).toBeLessThan(300)
  expect((await api.ask('GET', `assets/v1/assets/${id}/`)).body).toMatchObject({ status: 'DELETED' })
  expect((await api.ask('POST', 'assets/v1/delete_queue/assets/purge/', { ids: [id] })).status).toBeLessThan(
    300,
  )
  expect((await api.ask('GET', `assets/v1/assets/${id}/`)).status).toBe(404)
  await card(window, 'Barley, evening wind').dblclick()
  await expect(window.getByText(/no longer on the server|no longer here/).first()).toBeVisible()
  await show('iconik-gone')
  await leaveReview(window, 'Day 1, ridge')

  const line = window.locator('[role="treeitem"][aria-level="1"]').filter({ hasText: iconikName })
  await studio.fault({
    ...{ operation: 'assets.listCollectionContents', kind: 'status', status: 429, code: 'TooManyRequests' },
    retryAfterSeconds: 8,
  })
  await window.keyboard.press('ControlOrMeta+r')
  await expect(line).toContainText('asked to slow down')
  await show('iconik-slow')
  await expect(line).not.toContainText('asked to slow down', { timeout: 20_000 })

  await studio.fault({ operation: '*', kind: 'status', status: 401, code: 'Unauthorized', times: 50 })
  await window.keyboard.press('ControlOrMeta+r')
  await expect(line).toContainText('signed out')
  await show('iconik-signed-out')
}

/** From the library of a connection made with a token: what a guest sees, and when the share has ended. */
export async function showIconikGuest(
  launched: LaunchedApp,
  { studio, api }: IconikStudio,
  show: Show,
): Promise<void> {
  const { window } = launched
  await openRidgeDay(window)
  await card(window, 'Ridge, first light').click()
  await card(window, 'Lake, lantern').click({ modifiers: ['ControlOrMeta'] })
  await chooseOf(window, 'Lake, lantern', /^Share/)
  const link = await makeLink(launched, 'Two for the mix')
  await window.getByRole('button', { name: 'Add a connection' }).click()
  await connectGuest(window, 'Mixing room', link)
  await expect(window.getByRole('dialog')).toHaveCount(0)
  await expect(card(window, 'Ridge, first light')).toBeVisible()
  await show('iconik-guest')
  await openReview(window, 'Ridge, first light')
  await expect(comment(window, 'The birds pull the eye away')).toBeVisible()
  await expect(comment(window, 'the client pays')).toHaveCount(0)
  await show('iconik-guest-review')
  await leaveReview(window, 'Two for the mix')
  const { objects } = await answer(api, shareRows, 'assets/v1/shares/?per_page=100')
  const made = objects.find(({ title }) => title === 'Two for the mix')
  const ended = await api.ask('DELETE', 'assets/v1/shares/bulk/', { share_ids: [made?.id] })
  expect(ended.status).toBeLessThan(300)
  await window.keyboard.press('ControlOrMeta+r')
  await expect(window.getByRole('treeitem', { name: /Mixing room.*signed out/ })).toBeVisible()
  await show('iconik-guest-ended')
  expect(studio.problems).toEqual([])
}
