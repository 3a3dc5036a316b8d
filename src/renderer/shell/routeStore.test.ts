import { expect, test } from 'vitest'
import type { PlaceId } from '../../shared/ids.ts'
import { goneBack, goneForward, goneTo, type History } from './routeStore.ts'

const at = (id: string) => ({ screen: 'library', placeId: id as PlaceId }) as const
const start: History = { past: [], route: at('a'), future: [] }

test('back and forward lead where one was', () => {
  const there = goneTo(goneTo(start, at('b')), at('c'))
  const back = goneBack(goneBack(there))
  expect(back.route).toEqual(at('a'))
  expect(goneForward(back).route).toEqual(at('b'))
  expect(goneBack(back)).toEqual(back)
})

test('going somewhere else forgets what was ahead', () => {
  const back = goneBack(goneTo(start, at('b')))
  expect(goneTo(back, at('c')).future).toEqual([])
})

test('going where one is changes nothing', () => {
  expect(goneTo(start, at('a'))).toBe(start)
})
