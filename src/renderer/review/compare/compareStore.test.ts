import { beforeEach, expect, test } from 'vitest'
import type { VersionId } from '../../../shared/ids.ts'
import { fitting } from '../pictureView.ts'
import {
  besides,
  compareVersions,
  exchange,
  hear,
  heardSide,
  hearOther,
  setCompareMode,
  setCompareOffset,
  setOtherLack,
  setWipe,
  stopComparing,
  tellNow,
  useCompare,
} from './compareStore.ts'

const [v2, v3] = ['v2' as VersionId, 'v3' as VersionId]
const heard = () => heardSide(useCompare.getState())

beforeEach(() => {
  stopComparing()
  compareVersions(v3, v2)
})

test('two that change places keep their offsets and their sound; mode and edge stay, twice is as before', () => {
  setCompareMode('wipe')
  setWipe(0.3)
  setCompareOffset('own', 2)
  setCompareOffset('other', -5)
  hear('other')
  const before = useCompare.getState()
  exchange()
  expect(useCompare.getState()).toMatchObject({
    ...{ own: v2, other: v3, mode: 'wipe', wipe: 0.3 },
    ...{ offsets: { own: -5, other: 2 }, chosenSound: 'own' },
  })
  exchange()
  expect(useCompare.getState()).toEqual(before)
})

test('the room is asked how it is at the moment the two change places', () => {
  let speed = 0
  tellNow(() => ({ view: fitting, isMuted: true, speed }))
  speed = 2
  exchange()
  expect(useCompare.getState().along).toEqual({ view: fitting, isMuted: true, speed: 2 })
})

test('the room that is left ends its own comparison, not that of the version that took its place', () => {
  exchange()
  stopComparing(v3)
  expect(besides(v2)(useCompare.getState())).toBe(v3)
  expect(besides(v3)(useCompare.getState())).toBeNull()
  stopComparing(v2)
  expect(useCompare.getState().other).toBeNull()
})

test('one of the two is heard; what cannot be heard leaves it to the one in the room', () => {
  expect(heard()).toBe('own')
  hearOther()
  expect(heard()).toBe('other')
  setOtherLack('silent')
  expect(heard()).toBe('own')
  setOtherLack(null)
  expect(heard()).toBe('other')
  hearOther()
  expect(heard()).toBe('own')
})

test('another pair, and none, begin with the sound of the room', () => {
  hear('other')
  setOtherLack('missing')
  compareVersions(v3, 'v1' as VersionId)
  expect(useCompare.getState()).toMatchObject({ chosenSound: 'own', otherLack: null })
  hear('other')
  stopComparing()
  expect(heard()).toBe('own')
})
