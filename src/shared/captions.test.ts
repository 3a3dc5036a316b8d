import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cue, cuesAt, readCaptions, readWrittenCaptions } from './captions.ts'

const srt = `1
00:00:01,000 --> 00:00:02,500
<i>Hold</i> the ridge.

2
00:00:03,250 --> 00:00:04,000 X1:10 Y1:20
{\\an8}Two lines
of it & more

`
const vtt = `WEBVTT - notes
Kind: captions

NOTE nobody
reads this

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 line:0 position:20%
<v Ann>Hold &lt;the&gt; ridge.</v>

01:00:00.000 --> 01:00:01.000
Late.
`
const cue = (startMs: number, endMs: number, text: string): Cue => ({ startMs, endMs, text })

describe('captions', () => {
  test('of SubRip', () => {
    expect(readCaptions(srt)).toEqual({
      ok: true,
      cues: [cue(1000, 2500, 'Hold the ridge.'), cue(3250, 4000, 'Two lines\nof it & more')],
    })
  })

  test('of WebVTT, without notes and styles', () => {
    expect(readCaptions(vtt)).toEqual({
      ok: true,
      cues: [cue(1000, 2500, 'Hold <the> ridge.'), cue(3_600_000, 3_601_000, 'Late.')],
    })
  })

  test('of other systems: their line ends, marks and order', () => {
    const text =
      '\ufeff2\r\n00:00:05,0 --> 00:00:06,00\r\nSecond\r\n\r\n1\r\n00:00:01.5 --> 00:00:02.5\r\nFirst\r\n'
    expect(readCaptions(text)).toEqual({
      ok: true,
      cues: [cue(1500, 2500, 'First'), cue(5000, 6000, 'Second')],
    })
  })

  test.each([
    ['', 'notCaptions', 1],
    ['This is a letter.\n', 'notCaptions', 1],
    ['WEBVTT\n', 'empty', 1],
    ['WEBVTTX\n\n00:01.000 --> 00:02.000\nHi\n', 'notCaptions', 1],
    ['1\n00:00:01,000 --> 00:00:00,500\nBackwards\n', 'badTime', 2],
    ['1\n00:00:01,000 --> 00:61:00,500\nNo minute\n', 'badTime', 2],
    [`${srt}3\n00:00:0x,000 --> 00:00:09,000\nTyped\n`, 'badTime', 11],
    [`${srt}3\nno times here\n`, 'notCaptions', 10],
    ['1\n00:01,000 --> 00:02,000\nSubRip has hours\n', 'badTime', 2],
  ])('%j is refused as %s at line %i', (text, problem, line) => {
    expect(readCaptions(text)).toEqual({ ok: false, problem, line })
  })

  test('no text breaks the reader, and what it takes is in order', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom(
        'WEBVTT',
        '-->',
        '00:00:01,000 --> 00:00:02,000',
        '\n',
        '\r\n\r\n',
        '1',
        '<',
        '{\\',
        '&amp;',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const read = readCaptions(pieces.join('\n'))
        if (!read.ok) return read.line >= 1
        return read.cues.every(
          (each, index) =>
            each.endMs > each.startMs &&
            each.text.trim() !== '' &&
            each.startMs >= (read.cues[index - 1]?.startMs ?? 0),
        )
      }),
      { seed: Number(process.env['RUSHES_SEED']), numRuns: 2000 },
    )
  })

  test('what is written is read again', () => {
    const time = (ms: number) => {
      const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
      return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)},${String(ms % 1000).padStart(3, '0')}`
    }
    const word = fc.stringMatching(/^[a-zäé日]{1,12}$/)
    const some = fc.array(fc.tuple(fc.nat(300_000_000), fc.integer({ min: 1, max: 9000 }), word), {
      minLength: 1,
    })
    fc.assert(
      fc.property(some, (given) => {
        const cues = given.map(([start, length, text]) => cue(start, start + length, text))
        const text = cues
          .map((each, index) => `${index + 1}\n${time(each.startMs)} --> ${time(each.endMs)}\n${each.text}\n`)
          .join('\n')
        const read = readCaptions(text)
        const order = [...cues].sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)
        expect(read).toEqual({ ok: true, cues: order })
      }),
      { seed: Number(process.env['RUSHES_SEED']) },
    )
  })

  test('are on from their start until just before their end', () => {
    const cues = [cue(0, 1000, 'a'), cue(500, 2000, 'b'), cue(3000, 4000, 'c')]
    const at = (ms: number) => cuesAt(cues, ms).map(({ text }) => text)
    expect([at(0), at(600), at(1000), at(2500), at(3999), at(4000)]).toEqual([
      ['a'],
      ['a', 'b'],
      ['b'],
      [],
      ['c'],
      [],
    ])
  })

  test('that ffmpeg took out of a file count from its first picture', () => {
    const written = `WEBVTT

00:04.000 --> 00:04.900
Before the picture

00:04.500 --> 00:06.000
Begins before

-1:-1.-500 --> 00:06.000
Before zero

00:06.000 --> 00:07.500
First

third --> line

00:07.000 --> 00:07.000
No length

00:08.000 --> 00:09.000
m 0 0 l 100 0 b 1.5 -2 3 4 5 6

00:08.000 --> 00:09.000
m 5 is a road
`
    expect(readWrittenCaptions(written, 5000)).toEqual({
      ok: true,
      cues: [
        cue(0, 1000, 'Begins before'),
        cue(1000, 2500, 'First\nthird --> line'),
        cue(3000, 4000, 'm 5 is a road'),
      ],
    })
    expect(readWrittenCaptions('WEBVTT\n', 0)).toEqual({ ok: false, problem: 'empty', line: 1 })
    expect(readWrittenCaptions('', 0)).toEqual({ ok: false, problem: 'notCaptions', line: 1 })
  })
})
