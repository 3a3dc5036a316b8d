import { expect, test } from 'vitest'
import type { MediaInfo } from '../../../shared/place.ts'
import { choicesOf, mayPlay, nextOf, type Offer, shownOf } from './offered.ts'

const info: MediaInfo = {
  ...{ kind: 'video', container: 'MPEG-4', videoCodec: 'AVC', audioCodec: 'AAC', width: 1280, height: 720 },
  ...{ rate: { numerator: 25, denominator: 1 }, isVariableRate: false, frames: 100, startFrame: 0 },
  isDropFrame: false,
}
const offer = (key: string, more: Partial<Offer> = {}): Offer => ({
  ...{ key, kind: 'service', info, bytes: 1, isUsual: false, frames: 'same', canPlay: true },
  ...more,
})
const never = () => ''

test.each([
  ['MPEG-4', 'AVC', true],
  ['WebM', 'VP9', true],
  ['Matroska', 'AV1', true],
  ['MPEG-4', 'ProRes', false],
  ['MXF', 'AVC', false],
  ['AVI', 'MPEG-4 Visual', false],
  [null, 'AVC', true],
])('%s with %s is worth a try: %s', (container, videoCodec, may) => {
  expect(mayPlay({ ...info, container, videoCodec }, never)).toBe(may)
})

test('HEVC is where the system has it', () => {
  const hevc = { ...info, videoCodec: 'HEVC' }
  expect(mayPlay(hevc, never)).toBe(false)
  expect(mayPlay(hevc, (type) => (type.includes('hvc1') ? 'probably' : ''))).toBe(true)
})

test('sound goes by what it lies in', () => {
  const sound = { ...info, kind: 'audio' as const, videoCodec: null }
  expect(mayPlay({ ...sound, container: 'Wave' }, never)).toBe(true)
  expect(mayPlay({ ...sound, container: 'AIFF' }, never)).toBe(false)
})

test('what was chosen is shown, else the usual one', () => {
  const offers = [offer('own', { isUsual: true }), offer('original')]
  expect(shownOf(offers, null)?.key).toBe('own')
  expect(shownOf(offers, 'original')?.key).toBe('original')
  expect(shownOf(offers, 'gone')?.key).toBe('own')
  expect(shownOf([], null)).toBeUndefined()
})

test('with one thing to play there is no choice', () => {
  const own = offer('own', { isUsual: true })
  expect(choicesOf([own], own)).toEqual([])
  expect(choicesOf([own, offer('original', { canPlay: false })], own)).toEqual([])
  expect(choicesOf([], undefined)).toEqual([])
})

test('what stands on the screen is a choice whether it plays or not', () => {
  const usual = offer('original', { isUsual: true, canPlay: false })
  const proxy = offer('proxy:a')
  expect(choicesOf([usual, proxy], usual)).toEqual([usual, proxy])
})

test('the next one goes around and passes over what does not play', () => {
  const [a, b, c] = [offer('a', { isUsual: true }), offer('b', { canPlay: false }), offer('c')]
  const choices = choicesOf([a, b, c], a)
  expect(nextOf(choices, a)).toBe(c)
  expect(nextOf(choices, c)).toBe(a)
  expect(nextOf(choicesOf([a], a), a)).toBeUndefined()
})
