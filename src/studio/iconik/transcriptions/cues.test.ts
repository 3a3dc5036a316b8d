import { expect, test } from 'vitest'
import { parseCues } from './cues.ts'

test('WebVTT and SRT say the same', () => {
  const vtt =
    'WEBVTT\n\nNOTE nobody reads this\n\n1\n00:01.500 --> 00:03.000 align:start\n<v Ida>We walk <i>up</i>.\n\n01:00:00.000 --> 01:00:01.000\nNow\nor never\n'
  const srt =
    '\uFEFF1\r\n00:00:01,500 --> 00:00:03,000\r\nWe walk up.\r\n\r\n2\r\n01:00:00,000 --> 01:00:01,000\r\nNow\r\nor never'
  const plain = [
    { startMs: 1500, endMs: 3000, text: 'We walk up.' },
    { startMs: 3_600_000, endMs: 3_601_000, text: 'Now\nor never' },
  ]
  expect(parseCues(vtt)).toMatchObject(plain)
  expect(parseCues(srt)).toMatchObject(plain)
  expect(parseCues(vtt)?.map(({ speaker }) => speaker)).toEqual(['Ida', undefined])
})

test.each([
  '',
  'WEBVTT',
  'no times at all',
  '1\nx --> y\ntext',
  '1\n00:00:05,000 --> 00:00:01,000\nbackwards',
])('what is neither is refused: %j', (content) => {
  expect(parseCues(content)).toBeUndefined()
})
