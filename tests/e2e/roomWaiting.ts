/** The review room without what it is for: not here yet, deleted while it is open, gone before. */
import { z } from 'zod'
import { holdCalls } from './heldCalls.ts'
import {
  answer,
  assetCalled,
  card,
  comment,
  connectIconik,
  type IconikStudio,
  leaveReview,
  openReview,
  openRidgeDay,
} from './iconikLife.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'

type Show = (screen: string) => Promise<void>

/** Deletes it for good, as somebody else would. */
export async function deleteForGood({ api }: IconikStudio, title: string): Promise<void> {
  const { id } = await assetCalled(api, title)
  const queue = 'assets/v1/delete_queue/assets/'
  const body = { ids: [id] }
  await answer(api, z.unknown(), queue, { method: 'POST', body })
  const waiting = z.object({ objects: z.array(z.object({ id: z.string() })) })
  expect((await answer(api, waiting, `${queue}?per_page=100`)).objects.map((one) => one.id)).toContain(id)
  await answer(api, z.unknown(), `${queue}purge/`, { method: 'POST', body })
  expect((await api.ask('GET', `assets/v1/assets/${id}/`)).status).toBe(404)
}

/** From the first page of a new profile; each screen stands still when it is shown. */
export async function showRoomWaiting(
  launched: LaunchedApp,
  iconik: IconikStudio,
  show: Show,
): Promise<void> {
  const { window } = launched
  const main = window.getByRole('main')
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  const letGo = await holdCalls(launched.app, 'assets.get')
  await card(window, 'Ridge, first light').dblclick()
  await expect(window.getByRole('main', { name: 'Opening' })).toHaveAttribute('aria-busy', 'true')
  await show('review-opening')
  await letGo()
  await expect(comment(window, 'The birds pull the eye away')).toBeVisible()
  await leaveReview(window, 'Day 1, ridge')

  const name = 'Barley, evening wind'
  await openReview(window, name)
  const said = comment(window, 'The wind is too loud')
  const resolve = said.getByRole('button', { name: 'Resolve', exact: true })
  await window.keyboard.press('m')
  await window.keyboard.type('The wind is too loud.')
  await window.keyboard.press('Enter')
  await expect(said).toBeVisible()
  await expect(said).not.toContainText('Saved here')
  await expect(resolve).toHaveCount(1)
  await window.keyboard.type('Half a thought about the')
  await deleteForGood(iconik, name)
  // Whoever looks at it is asked after again and again.
  await expect(main.getByText('No longer here')).toBeVisible({ timeout: 60_000 })
  await expect(window.locator('#review-composer'), 'what is being written stays').toHaveValue(
    'Half a thought about the',
  )
  await expect(window.getByRole('complementary').getByRole('button', { name: /^Comment/ })).toBeDisabled()
  await expect(window.getByRole('button', { name: 'Approve', exact: true })).toHaveCount(0)
  await expect(said, 'what was said can be read').toBeVisible()
  await expect(resolve, 'and not changed').toHaveCount(0)
  await expect(said.getByRole('button', { name: 'Reply' })).toHaveCount(0)
  await show('review-gone')
  await main.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(window.getByRole('heading', { level: 1, name: 'Day 1, ridge' })).toBeVisible()
  await expect(card(window, name)).toHaveCount(0)

  // The way forward still names it.
  await window.keyboard.press('Alt+ArrowRight')
  await expect(main.getByRole('heading', { level: 1, name: 'No longer here' })).toBeVisible()
  await show('review-gone-link')
  await main.getByRole('button', { name: 'Back', exact: true }).click()
  await expect(window.getByRole('heading', { level: 1, name: 'Day 1, ridge' })).toBeVisible()
}
