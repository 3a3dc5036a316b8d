import { expect, test } from 'vitest'
import { rate, written } from '../../../tests/fakes/writtenComment.ts'
import { commentIdSchema } from '../../shared/ids.ts'
import type { Comment } from '../../shared/review.ts'
import { commentDocument } from './commentDocument.ts'

const timing = { rate, dropFrame: false, startFrame: 90_000, frameCount: 1000 }
const ids = ['01J00000000000000000000001', '01J00000000000000000000002', '01J00000000000000000000003'].map(
  (id) => commentIdSchema.parse(id),
)
const remark = (at: number, more: Partial<Comment>): Comment =>
  written('Darker.', {
    id: ids[at] ?? commentIdSchema.parse('01J00000000000000000000009'),
    span: { startFrame: 50, endFrame: 124, rate },
    author: { remoteId: null, name: 'Mira Holt', isMe: false },
    createdAt: at * 1000,
    ...more,
  })

const three = [
  remark(0, { span: { startFrame: 200, endFrame: 200, rate }, isResolved: true, colour: '#e5484d' }),
  remark(1, { text: 'Say "when",\nplease' }),
  remark(2, {
    parentId: ids[1] ?? null,
    span: null,
    text: '=HYPERLINK("x")',
    author: { remoteId: null, name: '@you', isMe: true },
  }),
]

test('a table in the order of the film, answers below, labels of the clip, nothing a spreadsheet would run', () => {
  expect(commentDocument(three, 'csv', timing, 1)).toBe(
    [
      'No,Answers,In,Out,First frame,Last frame,Author,Comment,Resolved,Colour,Kind,Track,Written',
      '1,,01:00:02:00,01:00:04:24,51,125,Mira Holt,"Say ""when"",\nplease",no,,comment,,1970-01-01T00:00:01.000Z',
      `2,1,,,,,'@you,"'=HYPERLINK(""x"")",no,,comment,,1970-01-01T00:00:02.000Z`,
      '3,,01:00:08:00,01:00:08:00,201,201,Mira Holt,Darker.,yes,#e5484d,comment,,1970-01-01T00:00:00.000Z',
      '',
    ].join('\r\n'),
  )
  expect(commentDocument(three, 'csv', null, 1)).toContain('\r\n3,,,,201,201,')
  expect(commentDocument(three, 'csv', timing, 1001)).toContain(',01:00:02:00,01:00:04:24,1051,1125,')
  expect(commentDocument(three, 'csv', null, 0)).toContain('\r\n3,,,,200,200,')
})

test('subtitles: a range as long as it is, a moment two seconds, answers in the same cue', () => {
  expect(commentDocument(three, 'srt', null, 1)).toBe(
    [
      ...[
        '1',
        '00:00:02,000 --> 00:00:05,000',
        'Mira Holt: Say "when",',
        'please',
        '@you: =HYPERLINK("x")',
        '',
      ],
      ...['2', '00:00:08,000 --> 00:00:10,000', 'Mira Holt: Darker.', ''],
    ].join('\n'),
  )
})

test('frames of different length stand at their own times', () => {
  const times = { ticksPerSecond: 1000, startTicks: 500, runs: [100, 40, 1, 2500, 899, 40] }
  const uneven = { ...timing, startFrame: 0, times }
  const at100 = [remark(0, { text: 'Held.', span: { startFrame: 100, endFrame: 100, rate } })]
  expect(commentDocument(at100, 'vtt', uneven, 1)).toContain('\n00:00:04.500 --> 00:00:07.000\n')
  expect(commentDocument(at100, 'csv', uneven, 1)).toContain('00:00:04.500')
})

test('words cannot end a cue, begin one or be read as markup', () => {
  const text = 'One\n\n00:00:09.000 --> 00:00:10.000\n<b>two</b> & three'
  const cue = [remark(0, { text, span: null })]
  expect(commentDocument(cue, 'vtt', null, 1)).toBe(
    'WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nMira Holt: One\n00:00:09.000 --&gt; 00:00:10.000\n&lt;b&gt;two&lt;/b&gt; &amp; three\n',
  )
  expect(commentDocument(cue, 'srt', null, 1)).toContain('\n00:00:09.000 -> 00:00:10.000\n')
  expect(commentDocument([], 'vtt', null, 1)).toBe('WEBVTT\n')
})
