/** A way past every screen of playlists: empty, asked for, filled with good and bad, played, voted on. */
import { ask, cards } from './actor.ts'
import { openPlace } from './iconikLife.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'
import { clipPlace, entriesOf, listNamed, rows, untilOpen } from './listRoom.ts'

interface Found {
  readonly id: string
  readonly name: string
}

/** A list of clips of two services; one of them is in its service's trash, one is played in part. */
export async function makeMixedList({ window }: Pick<LaunchedApp, 'window'>): Promise<void> {
  await openPlace(window, 'Autumn Campaign', 'Dailies', 'Day 1, ridge')
  await expect(cards(window).nth(2)).toBeVisible()
  const { places } = (await ask(window, 'library.find', { text: 'Day 1, ridge', limit: 20 })) as {
    places: Found[]
  }
  const here = {
    placeId: places.find(({ name }) => name === 'Day 1, ridge')?.id,
    offset: 0,
    limit: 3,
    sort: 'name',
    filter: {},
  }
  const { rows: ridge } = (await ask(window, 'assets.list', here)) as { rows: Found[] }
  const { assets: others } = (await ask(window, 'library.find', { text: 'A012', limit: 4 })) as {
    assets: Found[]
  }
  const assets = [...ridge.slice(0, 1), ...others, ...ridge.slice(1)]
  await ask(window, 'playlists.create', {
    name: 'Monday, for Ida',
    entries: assets.map(({ id }) => ({ assetId: id })),
  })
  const { id } = await listNamed(window, 'Monday, for Ida')
  const entries = await entriesOf(window, id)
  await ask(window, 'playlists.changeEntry', {
    id: entries[1]?.id,
    range: { startFrame: 24, endFrame: 71 },
  })
  const gone = ridge[1]
  if (gone === undefined) return
  await ask(window, 'assets.remove', { ids: [gone.id] })
  await openPlace(window, 'Deleted items')
  await expect(cards(window).filter({ hasText: gone.name })).toBeVisible()
}

export async function showPlaylists(
  launched: LaunchedApp,
  look: (screen: string) => Promise<void>,
): Promise<void> {
  const { window } = launched
  await makeMixedList(launched)
  await ask(window, 'playlists.create', { name: 'Client cut', entries: [] })
  const open = (name: string) => window.getByRole('navigation').getByRole('button', { name }).click()
  await open('Client cut')
  await expect(window.getByRole('heading', { name: 'No clips yet' })).toBeVisible()
  await look('playlist-empty')

  await openPlace(window, 'Autumn Campaign', 'Dailies', 'Day 1, ridge')
  await cards(window).first().click()
  await window.keyboard.press('Control+Shift+l')
  await expect(window.getByRole('dialog')).toBeVisible()
  await look('playlist-add')
  await window.keyboard.press('Escape')
  await expect(window.getByRole('dialog')).toHaveCount(0)

  await open('Monday, for Ida')
  await rows(window).nth(1).click()
  await expect(window.getByRole('main')).toContainText('in all')
  await expect(window.getByRole('main')).not.toContainText('not known yet')
  await look('playlist')

  await window.keyboard.press('Enter')
  await untilOpen(window)
  await expect.poll(() => clipPlace(window)).toBe(2)
  await look('playing')
  await window.keyboard.press('a')
  await expect.poll(() => clipPlace(window)).toBe(3)
  await window.keyboard.press('ArrowUp')
  await window.getByRole('button', { name: 'Kept on this computer' }).click()
  await expect(window.getByRole('dialog', { name: 'Approval' })).toBeVisible()
  await look('playing-vote')
  await window.keyboard.press('Escape')
  const { id } = await listNamed(window, 'Monday, for Ida')
  const problem = (await entriesOf(window, id)).findIndex((entry) => entry.problem !== null)
  expect(problem).toBeGreaterThan(0)
  for (let at = 2; at <= problem; at += 1) await window.keyboard.press('PageDown')
  await expect.poll(() => clipPlace(window)).toBe(problem + 1)
  await look('playing-gone')
}
