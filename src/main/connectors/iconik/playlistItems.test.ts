import { expect, test } from 'vitest'
import { seeded } from '../../../../tests/fakes/seeded.ts'
import { entryOf, itemOf, listsOf, moveSteps } from './playlistItems.ts'

const order = ['a', 'b', 'c', 'd', 'e']

/** What a service does with the steps. */
function after(from: readonly string[], moved: readonly string[], before: string | null): string[] {
  return moveSteps(from, moved, before).reduce<string[]>(
    (now, { id, position }) => {
      const others = now.filter((each) => each !== id)
      return [...others.slice(0, position), id, ...others.slice(position)]
    },
    [...from],
  )
}

/** What they are for. */
function wanted(from: readonly string[], moved: readonly string[], before: string | null): string[] {
  const rest = from.filter((each) => !moved.includes(each))
  const at = before === null ? rest.length : rest.indexOf(before)
  return [...rest.slice(0, at), ...moved, ...rest.slice(at)]
}

test('moves end where they should, whatever is moved', () => {
  const { next } = seeded(5)
  for (let round = 0; round < 500; round += 1) {
    const moved = order.filter(() => next() < 0.4).sort(() => next() - 0.5)
    const anchors = [...order.filter((each) => !moved.includes(each)), null]
    const before = anchors[Math.floor(next() * anchors.length)] ?? null
    expect([moved, before, after(order, moved, before)]).toEqual([
      moved,
      before,
      wanted(order, moved, before),
    ])
  }
})

test('what stands there already is not moved, and what is not there moves nothing', () => {
  expect(moveSteps(order, ['b'], 'c')).toEqual([])
  expect(moveSteps(order, ['e'], null)).toEqual([])
  expect(moveSteps(order, ['x'], 'a')).toEqual([])
  expect(moveSteps(order, ['a'], 'x')).toEqual([])
  expect(moveSteps(order, ['a', 'b'], 'a')).toEqual([])
  expect(moveSteps(order, ['d'], 'a')).toEqual([{ id: 'd', position: 0 }])
})

test('an item whose asset is gone, closed or of no known kind keeps its place and says why', () => {
  const item = {
    ...{ id: 'i', object_id: 'o', object_type: 'assets', version_id: null },
    ...{ time_start_milliseconds: null, time_end_milliseconds: 500 },
  }
  const known = {
    remoteId: 'i',
    assetRemoteId: 'o',
    versionRemoteId: null,
    span: { startMs: null, endMs: 500 },
  }
  const met = (what: 'asset' | 'forbidden') => entryOf(item, new Map([['o', what]]), 'As listed')
  expect(met('asset')).toEqual({ ...known, name: 'As listed', problem: 'asset' })
  expect(met('forbidden')).toEqual({ ...known, name: 'As listed', problem: 'forbidden' })
  expect(entryOf(item, new Map(), '').problem).toBe('asset')
  expect(entryOf({ ...item, object_type: 'sequences' }, new Map(), 'Cut').problem).toBe('sequence')
  expect(entryOf({ ...item, object_type: 'boards' }, new Map(), 'Cut').problem).toBe('sequence')
})

test('a whole item names neither a version nor times where there are none', () => {
  const draft = { asset: { remoteId: 'o', place: null }, versionRemoteId: null, span: null }
  const times = { time_start_milliseconds: null, time_end_milliseconds: null }
  expect(itemOf(draft)).toEqual({ object_id: 'o', object_type: 'assets', ...times })
  expect(itemOf({ ...draft, versionRemoteId: 'v', span: { startMs: 1, endMs: null } })).toEqual({
    ...{ object_id: 'o', object_type: 'assets', version_id: 'v' },
    ...{ time_start_milliseconds: 1, time_end_milliseconds: null },
  })
})

test('lists without a count or a time are there all the same; hidden ones are not', () => {
  const list = {
    ...{ id: 'l', name: 'Friday', item_count: null, status: null },
    ...{ date_created: '2026-01-01T00:00:00Z', date_modified: null },
  }
  const shown = { remoteId: 'l', name: 'Friday', entryCount: 0, changedAt: Date.UTC(2026, 0, 1) }
  expect(listsOf([list, { ...list, status: 'HIDDEN' }])).toEqual([shown])
})
