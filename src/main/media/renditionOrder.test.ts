import { expect, test } from 'vitest'
import type { MediaInfo } from '../../shared/place.ts'
import type { Rendition } from '../../shared/rendition.ts'
import { candidatesOf, differentOf, serviceKeyOf } from './renditionOrder.ts'

const info: MediaInfo = {
  ...{ kind: 'video', container: 'MPEG-4', videoCodec: 'AVC', audioCodec: 'AAC', width: 1280, height: 720 },
  ...{ rate: { numerator: 25, denominator: 1 }, isVariableRate: false, frames: 100, startFrame: 0 },
  isDropFrame: false,
}

/** What was found of each candidate, each of other bytes. */
const foundOf = (hasOwn: boolean, keys: readonly string[]): Rendition[] =>
  candidatesOf(hasOwn, keys).map((each, index) => ({ ...each, info, bytes: 1000 + index, frames: 'same' }))
const usualOf = (found: readonly Rendition[]) => found.filter((each) => each.isUsual).map(({ key }) => key)

test.each([
  [true, ['a', 'b'], ['own', 'proxy:a', 'proxy:b', 'original']],
  [false, ['a', 'b'], ['proxy:a', 'proxy:b', 'original']],
  [true, [], ['own', 'original']],
  [false, [], ['original']],
])('own %s, of the service %j: the first of %j plays by itself', (hasOwn, keys, order) => {
  const candidates = candidatesOf(hasOwn, keys)
  expect(candidates.map(({ key }) => key)).toEqual(order)
  expect(candidates.map(({ isUsual }) => isUsual)).toEqual(order.map((_each, index) => index === 0))
})

test('a key of the service comes back as it was, whatever is in it', () => {
  for (const key of ['a', 'proxy:a', '../original', '%2f']) {
    const [candidate] = candidatesOf(false, [key])
    expect(serviceKeyOf(candidate?.key ?? '')).toBe(key)
  }
  expect(serviceKeyOf('original')).toBeUndefined()
  expect(serviceKeyOf('own')).toBeUndefined()
})

test('a service with no end of proxies is heard out to the eighth', () => {
  const keys = Array.from({ length: 50 }, (_each, index) => String(index))
  expect(candidatesOf(false, keys)).toHaveLength(9)
})

test('the file itself given out as its proxy is one thing, and plays by itself as the original', () => {
  const [proxy, original] = foundOf(false, ['a'])
  if (proxy === undefined || original === undefined) throw new Error('not found')
  const same = differentOf([{ ...proxy, bytes: original.bytes }, original], 'video')
  expect(same).toEqual([{ ...original, isUsual: true }])
  expect(differentOf([proxy, original], 'video')).toEqual([proxy, original])
  const otherPicture = { ...proxy, bytes: original.bytes, info: { ...info, width: 640 } }
  expect(differentOf([otherPicture, original], 'video')).toHaveLength(2)
})

test('a proxy made here stays one of its own, and stays the usual one', () => {
  const found = foundOf(true, ['a']).map((each) => ({ ...each, bytes: 7 }))
  const left = differentOf(found, 'video')
  expect(left.map(({ key }) => key)).toEqual(['own', 'original'])
  expect(usualOf(left)).toEqual(['own'])
})

test('a picture or a sound of a clip is nothing to play it from', () => {
  const found = foundOf(false, ['poster', 'web'])
  const left = differentOf(
    found.map((each) => (each.key === 'proxy:poster' ? { ...each, info: { ...info, kind: 'image' } } : each)),
    'video',
  )
  expect(left.map(({ key }) => key)).toEqual(['proxy:web', 'original'])
})
