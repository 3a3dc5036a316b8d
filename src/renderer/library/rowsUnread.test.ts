/** Rows that were never looked at are read when something is done with them; main may not give them out then. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { placeIdSchema } from '../../shared/ids.ts'
import type { Asset } from '../../shared/place.ts'
import { playlistRuns } from '../playlists/playlistActions.ts'
import { chooseAllTransfers, chooseTransfer } from '../queue/chooseTransfers.ts'
import { useTransfers } from '../queue/transferStore.ts'
import { sayNothing, useSaid } from '../shell/sayStore.ts'
import { moveChosenTo } from './assetCommands.ts'
import { openPlace, selectItems, useLibrary } from './libraryStore.ts'
import { Pager } from './pager.ts'
import { useItemKeys } from './useItemKeys.ts'

const first = 'a1'
/** Three rows of which only the first was given out. */
async function oneOfThree<Row>(row: object): Promise<Pager<Row>> {
  const pager = new Pager<Row>({
    pageSize: 1,
    onFailure: () => undefined,
    read: async (offset) => {
      if (offset > 0) throw new AppError('remote.unavailable')
      return { rows: [row as Row], total: 3 }
    },
  })
  pager.want(0, 0)
  await expect.poll(() => pager.isLoaded).toBe(true)
  return pager
}

beforeEach(async () => {
  vi.stubGlobal('window', { rushes: { call: async () => ({ ok: true, value: { rows: [], total: 0 } }) } })
  openPlace(placeIdSchema.parse('01J00000000000000000000010'))
  useLibrary.setState({ pager: await oneOfThree<Asset>({ id: first, transferId: null }) })
  useTransfers.setState({ pager: await oneOfThree({ id: first }) })
  selectItems({ kind: 'only', id: first, index: 0 })
})
afterEach(() => {
  openPlace(null)
  sayNothing()
  vi.unstubAllGlobals()
})

const press = (key: string, held: object) =>
  useItemKeys({ columns: 1, pageRows: () => 3, scrollTo: () => undefined }).onKeyDown({
    ...{
      key,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      preventDefault: () => undefined,
    },
    ...held,
  } as never)

test.each<[string, () => unknown]>([
  ['all of a place', () => press('a', { ctrlKey: true, metaKey: true })],
  ['a stretch of a place', () => press('End', { shiftKey: true })],
  ['a new place in the order', () => moveChosenTo(2)],
  ['a place that plays', () => playlistRuns['playlist.playChosen']()],
  ['all transfers', () => chooseAllTransfers(3)],
  ['a stretch of transfers', () => chooseTransfer(2, { extend: true, toggle: false })],
])('%s: why it cannot be had is said, and what was chosen stays', async (_what, act) => {
  await act()
  await expect.poll(() => useSaid.getState().said?.failure?.code).toBe('remote.unavailable')
  expect([...useLibrary.getState().selection.ids]).toEqual([first])
})

test('what is here or given out is chosen', async () => {
  await chooseTransfer(0, { extend: false, toggle: false })
  expect([...useTransfers.getState().selection.ids]).toEqual([first])
  await chooseTransfer(0, { extend: false, toggle: true })
  expect([...useTransfers.getState().selection.ids]).toEqual([])
  await chooseAllTransfers(1)
  expect([...useTransfers.getState().selection.ids]).toEqual([first])
  expect(useSaid.getState().said).toBeNull()
})
