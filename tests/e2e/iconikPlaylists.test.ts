/** Playlists that iconik keeps: seen, played, changed there, kept there, copied here; each write is read back from it. */
import type { Page } from '@playwright/test'
import { z } from 'zod'
import { ask } from './actor.ts'
import { expectNone } from './axe.ts'
import { openDoor } from './iconikDoor.ts'
import {
  answer,
  assetCalled,
  card,
  comment,
  connectIconik,
  iconikName,
  openRidgeDay,
  studioOfFile,
} from './iconikLife.ts'
import { segmentsOf } from './iconikSegments.ts'
import { expect, test } from './launch.ts'
import { clipPlace, entriesOf, listNamed, rows, untilOpen } from './listRoom.ts'
import { both } from './pictures.ts'

const iconik = studioOfFile()
const titles = ['Ridge, first light', 'Barley, evening wind'] as const
const [ridge, barley] = titles

const made = z.object({ id: z.string() })
const whole = z.object({
  id: z.string(),
  name: z.string(),
  playlist_items: z.array(
    z.object({
      id: z.string(),
      object_id: z.string(),
      object_type: z.string(),
      time_start_milliseconds: z.number().nullish(),
      time_end_milliseconds: z.number().nullish(),
    }),
  ),
})

/** A list that somebody else makes at the service: a part of the ridge, a sequence, the barley. */
async function madeByAnother(
  name: string,
): Promise<{ readonly id: string; readonly names: readonly string[] }> {
  const { api } = iconik
  const [first, last] = [await assetCalled(api, ridge), await assetCalled(api, barley)]
  const sequence = await answer(api, made, 'assets/v1/sequences/', {
    method: 'POST',
    body: { name: 'Rough assembly' },
  })
  const assets = { object_type: 'assets' } as const
  const { id } = await answer(api, made, 'assets/v1/playlists/', {
    method: 'POST',
    body: {
      name,
      playlist_items: [
        { object_id: first.id, ...assets, time_start_milliseconds: 1000, time_end_milliseconds: 2000 },
        { object_id: sequence.id, object_type: 'sequences' },
        { object_id: last.id, ...assets },
      ],
    },
  })
  return { id, names: [ridge, 'Rough assembly', barley] }
}

const atService = (id: string) => answer(iconik.api, whole, `assets/v1/playlists/${id}/`)
const all = z.object({ objects: z.array(z.object({ id: z.string(), name: z.string() })) })
async function calledAtService(name: string) {
  const { objects } = await answer(iconik.api, all, 'assets/v1/playlists/?per_page=500')
  return objects.find((each) => each.name === name)
}
async function titlesAt(id: string): Promise<string[]> {
  const { playlist_items } = await atService(id)
  const known = new Map<string, string>()
  for (const title of titles) known.set((await assetCalled(iconik.api, title)).id, title)
  return playlist_items.map(({ object_id, object_type }) =>
    object_type === 'sequences' ? 'Rough assembly' : (known.get(object_id) ?? 'another'),
  )
}

const kept = (window: Page) => window.getByRole('region', { name: `Kept at ${iconikName}` })
/** Who comes back to the window sees what others made meanwhile. */
const comeBack = (window: Page) => window.evaluate(() => globalThis.dispatchEvent(new Event('focus')))
const open = (window: Page, name: string) =>
  window.getByRole('navigation').getByRole('button', { name }).click()

test('a list that another made at iconik is seen, played, approved in and changed there', async ({
  launchApp,
}) => {
  test.setTimeout(180_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  const press = async (...keys: string[]) => {
    for (const key of keys) await window.keyboard.press(key)
  }
  await connectIconik(window, iconik.studio)
  await expect(kept(window).getByRole('button', { name: 'Friday screening' })).toBeVisible()

  const { id } = await madeByAnother('Client cut')
  await expect(async () => {
    await comeBack(window)
    await expect(kept(window).getByRole('button', { name: 'Client cut' })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })

  await test.step('its clips stand in the service’s order, what cannot be played says why', async () => {
    await open(window, 'Client cut')
    await expect(rows(window)).toHaveCount(3)
    await expect(rows(window).nth(0)).toContainText(ridge)
    await expect(rows(window).nth(1)).toContainText('Rough assembly')
    await expect(rows(window).nth(1)).toContainText('A sequence: not playable here')
    await expect(rows(window).nth(2)).toContainText(barley)
    await expect(window.getByRole('main')).toContainText(`Kept at ${iconikName}`)
    await expect(window.getByRole('main')).not.toContainText('not known yet')
    await both(launched, 'playlist-service')
    await expectNone(window, 'a list of iconik')
  })

  const { id: ours } = await listNamed(window, 'Client cut')
  await test.step('its part is played in frames, it is approved and commented in', async () => {
    await expect.poll(async () => (await entriesOf(window, ours))[0]?.range).not.toBeNull()
    const [first] = await entriesOf(window, ours)
    await rows(window).first().click()
    await press('Enter')
    await untilOpen(window)
    await expect.poll(() => clipPlace(window)).toBe(1)
    const frame = window.locator('[data-shown="true"] [data-frame]')
    await expect(frame).toHaveText(String((first?.range?.startFrame ?? -2) + 1))
    await press('m')
    await window.keyboard.type('From the list.')
    await press('Enter')
    await expect(comment(window, 'From the list.')).not.toContainText('Saved here')
    const said = async () => (await segmentsOf(iconik.api, ridge, 'newest')).map((one) => one.segment_text)
    await expect.poll(said).toContain('From the list.')
    await press('Escape', 'a')
    await expect.poll(() => clipPlace(window)).toBe(2)
    const problem = 'A sequence: not playable here'
    await expect(window.getByRole('main').getByText(problem).first()).toBeVisible()
    await both(launched, 'playing-sequence')
    await press('PageDown')
    await expect.poll(() => clipPlace(window)).toBe(3)
    await untilOpen(window)
    await expect.poll(async () => (await entriesOf(window, ours))[0]?.review).toBe('approved')
  })

  await test.step('in to out is kept at the service, in its milliseconds', async () => {
    await press('Home', 'i')
    for (let step = 0; step < 10; step += 1) await press('ArrowRight')
    await press('o', 't')
    const part = async () => {
      const [, , last] = (await atService(id)).playlist_items
      return [last?.time_start_milliseconds, last?.time_end_milliseconds]
    }
    await expect.poll(part).toEqual([0, expect.any(Number)])
    const [, end] = await part()
    // Ten frames of fifty a second on.
    expect(end).toBe(200)
    await expect
      .poll(async () => (await entriesOf(window, ours))[2]?.range)
      .toEqual({ startFrame: 0, endFrame: 10 })
    // Straight back, whatever has the focus after a clip that could not be played.
    await press('Shift+Escape')
  })

  await test.step('it is ordered, clips are taken out and put back, it is renamed: all of it there', async () => {
    await open(window, 'Client cut')
    await rows(window).first().click()
    await press('Alt+ArrowDown')
    await expect.poll(() => titlesAt(id)).toEqual(['Rough assembly', ridge, barley])
    await expect(rows(window).first()).toContainText('Rough assembly')
    await rows(window).nth(1).click()
    await press('Delete')
    await expect.poll(() => titlesAt(id)).toEqual(['Rough assembly', barley])
    await expect(rows(window)).toHaveCount(2)
    await window.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => titlesAt(id)).toEqual(['Rough assembly', ridge, barley])
    expect((await atService(id)).playlist_items[1]).toMatchObject({
      time_start_milliseconds: 1000,
      time_end_milliseconds: 2000,
    })
    await expect(rows(window).nth(1)).toContainText(ridge)
    await press('F2')
    await window.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('Client cut, second')
    await press('Enter')
    await expect.poll(async () => (await atService(id)).name).toBe('Client cut, second')
    await expect(window.getByRole('heading', { level: 1, name: 'Client cut, second' })).toBeVisible()
  })

  await test.step('a write that is refused leaves the list as it is there', async () => {
    const [, second] = (await atService(id)).playlist_items
    const gone = await iconik.api.ask('DELETE', `assets/v1/playlists/${id}/items/${second?.id}/`)
    expect(gone.status).toBe(204)
    await rows(window).nth(1).click({ button: 'right' })
    await window.getByRole('menuitem', { name: 'Play all of it' }).click()
    await expect(window.getByText('This is no longer on the server')).toBeVisible()
    await expect(rows(window)).toHaveCount(2)
  })

  await test.step('deleting it asks first, and deletes it there', async () => {
    await window.getByRole('button', { name: 'More about this playlist' }).click()
    await window.getByRole('menuitem', { name: 'Delete the playlist' }).click()
    await expect(window.getByRole('alertdialog')).toContainText('deleted for everybody')
    await both(launched, 'playlist-service-delete')
    await window.getByRole('button', { name: 'Delete for everybody' }).click()
    await expect(kept(window).getByRole('button', { name: 'Client cut, second' })).toHaveCount(0)
    expect(await calledAtService('Client cut, second')).toBeUndefined()
    await expect(window.getByRole('heading', { name: 'This playlist is gone' })).toBeVisible()
  })
})

test('an own list is kept at iconik, one of iconik is copied here; clips are added to either', async ({
  launchApp,
}) => {
  test.setTimeout(120_000)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  await connectIconik(window, iconik.studio)
  await openRidgeDay(window)
  await expect(card(window, ridge)).toBeVisible()
  await card(window, ridge).click()
  await window.keyboard.press('Control+Shift+l')
  const dialog = window.getByRole('dialog')
  await dialog.getByText('New playlist…').click()
  await dialog.getByLabel('Name').fill('Mine')
  await window.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await open(window, 'Mine')
  await expect(rows(window)).toHaveCount(1)

  await window.getByRole('button', { name: 'More about this playlist' }).click()
  await both(launched, 'playlist-keep-menu')
  await window.getByRole('menuitem', { name: `Keep at ${iconikName}…` }).click()
  await expect(dialog).toContainText('for everybody who may see its playlists')
  await both(launched, 'playlist-keep')
  await dialog.getByLabel('Name').fill('Ours')
  await window.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(kept(window).getByRole('button', { name: 'Ours' })).toBeVisible()
  const { id = '' } = (await calledAtService('Ours')) ?? {}
  expect(await titlesAt(id)).toEqual([ridge])

  await openRidgeDay(window)
  await card(window, barley).click()
  await window.keyboard.press('Control+Shift+l')
  await dialog.getByText('Ours', { exact: true }).click()
  await expect(dialog).toContainText(`Kept at ${iconikName}`)
  await both(launched, 'playlist-add-service')
  await window.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  expect(await titlesAt(id)).toEqual([ridge, barley])

  const { names } = await madeByAnother('To be copied')
  await expect(async () => {
    await comeBack(window)
    await expect(kept(window).getByRole('button', { name: 'To be copied' })).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await open(window, 'To be copied')
  await expect(rows(window)).toHaveCount(names.length)
  await window.getByRole('button', { name: 'More about this playlist' }).click()
  await window.getByRole('menuitem', { name: 'Copy to this computer' }).click()
  await expect(window.getByRole('main')).toContainText('Kept on this computer')
  await expect(rows(window)).toHaveCount(2)
  const own = (
    (await ask(window, 'playlists.list')) as { name: string; home: unknown; entryCount: number }[]
  ).filter(({ home }) => home === null)
  expect(own.map(({ name, entryCount }) => [name, entryCount])).toEqual([
    ['Mine', 1],
    ['To be copied', 2],
  ])
})

test('without the service what it held last is shown, and said so; who may only read is offered nothing else', async ({
  launchApp,
  expectConsoleError,
}) => {
  test.setTimeout(120_000)
  expectConsoleError(/Failed to load resource/)
  const door = await openDoor(iconik.studio)
  const launched = await launchApp({ size: { width: 1440, height: 900 } })
  const { window } = launched
  const { limitedToken } = iconik.studio.iconik
  await connectIconik(window, iconik.studio, { token: limitedToken, address: door.address })
  await open(window, 'Friday screening')
  await expect(rows(window)).toHaveCount(4)
  await rows(window).first().click()
  await window.getByRole('button', { name: 'More about this playlist' }).click()
  await expect(window.getByRole('menuitem', { name: 'Copy to this computer' })).toBeVisible()
  await expect(window.getByRole('menuitem')).toHaveCount(1)
  await window.keyboard.press('Escape')
  await rows(window).nth(1).click()
  const before = door.passed.length
  for (const key of ['Alt+ArrowDown', 'Delete', 'F2']) await window.keyboard.press(key)
  await expect(window.getByRole('dialog')).toHaveCount(0)
  expect(door.passed.slice(before).filter(({ method }) => method !== 'GET')).toEqual([])

  const honest = door.spoil(
    (method, path) => method === 'GET' && path.includes('/v1/playlists/?'),
    () => '{}',
  )
  const again = kept(window).getByRole('button', { name: 'Unexpected answer. Try again' })
  await expect(async () => {
    await comeBack(window)
    await expect(again).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await expect(kept(window).getByRole('button', { name: 'Friday screening' })).toBeVisible()
  await both(launched, 'playlist-service-failing')
  honest()
  await again.click()
  await expect(again).toHaveCount(0)

  await door.close()
  await expect(async () => {
    await comeBack(window)
    await expect(kept(window)).toContainText('as last read', { timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
  await expect(rows(window)).toHaveCount(4)
  await expect(window.getByRole('main')).toContainText('Shown as it was last read')
  await both(launched, 'playlist-service-away')
})
