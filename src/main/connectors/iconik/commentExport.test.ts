import { expect, test } from 'vitest'
import { joined } from './commentExport.ts'

test('tables of several kinds become one under one heading', () => {
  expect(joined('csv', ['id,text\r\n1,a\r\n', 'id,text\n2,"b\nc"\n', 'id,text\n'])).toBe(
    'id,text\r\n1,a\n2,"b\nc"\n',
  )
})

test('subtitles of several kinds stand in the order of their times, numbered anew', () => {
  const first = '1\n00:00:05,000 --> 00:00:06,000\nlate\n\n2\n01:00:00,000 --> 01:00:01,000\nlast\n'
  const second = '1\n00:00:01,000 --> 00:00:02,000\nearly\ntwo lines\n'
  expect(joined('srt', [first, second])).toBe(
    '1\n00:00:01,000 --> 00:00:02,000\nearly\ntwo lines\n\n2\n00:00:05,000 --> 00:00:06,000\nlate\n\n3\n01:00:00,000 --> 01:00:01,000\nlast\n',
  )
  const cues = ['WEBVTT\n\n00:05.000 --> 00:06.000\nb\n', 'WEBVTT\n\n00:01.000 --> 00:02.000\na\n']
  expect(joined('vtt', cues)).toBe('WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:05.000 --> 00:06.000\nb\n')
  expect(joined('vtt', ['WEBVTT\n', 'WEBVTT\n'])).toBe('WEBVTT\n')
})
