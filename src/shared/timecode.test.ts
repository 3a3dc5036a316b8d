import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canDropFrames, frameRates, framesPerTimecodeSecond, knownFrameRates } from './frameRate.ts'
import {
  formatFrameCount,
  formatTimecode,
  framesPerDay,
  parseTimecode,
  parseTypedTimecode,
  type Timebase,
  timebaseSchema,
} from './timecode.ts'

const seed = Number(process.env['RUSHES_SEED'])
const check = (property: fc.IRawProperty<unknown>) => fc.assert(property as fc.IProperty<unknown>, { seed })

const film: Timebase = { rate: frameRates['24'], dropFrame: false }
const pal: Timebase = { rate: frameRates['25'], dropFrame: false }
const ntsc: Timebase = { rate: frameRates['29.97'], dropFrame: true }
const ntscNonDrop: Timebase = { rate: frameRates['29.97'], dropFrame: false }
const ntsc60: Timebase = { rate: frameRates['59.94'], dropFrame: true }

const timebases: Timebase[] = knownFrameRates.flatMap((rate) => [
  { rate, dropFrame: false },
  ...(canDropFrames(rate) ? [{ rate, dropFrame: true }] : []),
])
const timebase = fc.oneof(
  fc.constantFrom(...timebases),
  fc.tuple(fc.integer({ min: 1, max: 100_000 }), fc.double({ min: 1, max: 480, noNaN: true })).map(
    ([denominator, framesPerSecond]): Timebase => ({
      rate: { numerator: Math.floor(framesPerSecond * denominator), denominator },
      dropFrame: false,
    }),
  ),
)
/** A timebase and a frame of its day; a proportion, so that the end of the day is as likely as its start. */
const labelled = fc
  .tuple(timebase, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
  .map(([base, proportion]): [Timebase, number] => [base, Math.floor(framesPerDay(base) * proportion)])

describe('the labels of a whole day', () => {
  for (const [name, base, dropped] of [
    ['29.97 drop frame', ntsc, 2],
    ['59.94 drop frame', ntsc60, 4],
    ['29.97 non-drop', ntscNonDrop, 0],
    ['23.976', { rate: frameRates['23.976'], dropFrame: false }, 0],
    ['25', pal, 0],
  ] as const) {
    test(`at ${name} every frame has one label, in order, and no label that is left out`, () => {
      const day = framesPerDay(base)
      const perSecond = framesPerTimecodeSecond(base.rate)
      let wrong = 0
      let previous = ''
      let frame = 0
      // An independent count: the labels one after another, as a clock counts them.
      for (let minute = 0; minute < 24 * 60; minute++) {
        for (let inMinute = 0; inMinute < perSecond * 60; inMinute++) {
          if (minute % 10 !== 0 && inMinute < dropped) continue
          const label = formatTimecode(frame, base)
          const seconds = Math.floor(inMinute / perSecond)
          const isRight =
            Number(label.slice(0, 2)) * 60 + Number(label.slice(3, 5)) === minute &&
            Number(label.slice(6, 8)) === seconds &&
            Number(label.slice(9)) === inMinute % perSecond &&
            label > previous &&
            parseTimecode(label, base) === frame
          if (!isRight) wrong++
          previous = label
          frame++
        }
      }
      expect(wrong).toBe(0)
      expect(frame).toBe(day)
    }, 60_000)
  }

  test('have the lengths that SMPTE ST 12-1 leads to', () => {
    expect(framesPerDay(ntsc)).toBe(2_589_408)
    expect(framesPerDay(ntscNonDrop)).toBe(2_592_000)
    expect(framesPerDay(ntsc60)).toBe(5_178_816)
    expect(framesPerDay(pal)).toBe(2_160_000)
    expect(framesPerDay(film)).toBe(2_073_600)
  })

  test('stay within 0.1 s of the clock in drop frame', () => {
    const secondsOfDay = (framesPerDay(ntsc) * 1001) / 30000
    expect(Math.abs(secondsOfDay - 86_400)).toBeLessThan(0.1)
  })
})

describe('a label', () => {
  test('is read back as its frame, at any rate', () => {
    check(
      fc.property(labelled, ([base, frame]) => parseTimecode(formatTimecode(frame, base), base) === frame),
    )
  })

  test('typed in full, or with its separators swapped or left out, is the same frame', () => {
    check(
      fc.property(labelled, fc.constantFrom(':', ';', '.', ','), ([base, frame], separator) => {
        const label = formatTimecode(frame, base)
        const typed = [label, label.replaceAll(/[:;]/g, separator)]
        if (label.length === 11) typed.push(label.replaceAll(/[:;]/g, ''))
        for (const text of typed) {
          expect(parseTypedTimecode(text, base)).toEqual({
            kind: 'at',
            frame,
            fieldsGiven: expect.any(Number),
          })
        }
      }),
    )
  })

  test('wraps at 24 hours in both directions', () => {
    check(
      fc.property(labelled, fc.integer({ min: -3, max: 3 }), ([base, frame], days) => {
        expect(formatTimecode(frame + days * framesPerDay(base), base)).toBe(formatTimecode(frame, base))
      }),
    )
    expect(formatTimecode(-1, ntsc)).toBe('23:59:59;29')
    expect(formatTimecode(framesPerDay(pal), pal)).toBe('00:00:00:00')
  })

  test('skips the right numbers at the minute', () => {
    expect(formatTimecode(1799, ntsc)).toBe('00:00:59;29')
    expect(formatTimecode(1800, ntsc)).toBe('00:01:00;02')
    expect(formatTimecode(17_981, ntsc)).toBe('00:09:59;29')
    expect(formatTimecode(17_982, ntsc)).toBe('00:10:00;00')
    expect(formatTimecode(107_892, ntsc)).toBe('01:00:00;00')
    expect(formatTimecode(3599, ntsc60)).toBe('00:00:59;59')
    expect(formatTimecode(3600, ntsc60)).toBe('00:01:00;04')
    expect(formatTimecode(86_400, film)).toBe('01:00:00:00')
  })

  test('has three digits of frames above 100 frames a second', () => {
    const fast = { rate: frameRates['120'], dropFrame: false }
    expect(formatTimecode(119, fast)).toBe('00:00:00:119')
    expect(parseTimecode('00:00:01:000', fast)).toBe(120)
    expect(parseTimecode('00:00:01:00', fast)).toBeUndefined()
  })

  test('that is incomplete, out of range or left out is refused', () => {
    for (const text of [
      '00:01:00;00',
      '00:01:00;01',
      '13:59:00;01',
      '24:00:00;00',
      '00:60:00;00',
      '00:00:60;00',
      '00:00:00;30',
      '1:00:00;00',
      '01:00:00',
      ' 01:00:00;00',
      '01:00:00;0a',
      '-01:00:00;00',
      '',
    ]) {
      expect(parseTimecode(text, ntsc), text).toBeUndefined()
    }
    expect(parseTimecode('00:10:00;00', ntsc)).toBe(17_982)
    expect(parseTimecode('00:01:00:02', ntsc)).toBe(1800)
    expect(parseTimecode('00:01:00:00', ntscNonDrop)).toBe(1800)
  })

  test('of a length has no hours when there are none', () => {
    expect(formatFrameCount(24 * 42 + 8, film)).toBe('00:42:08')
    expect(formatFrameCount(25 * 3600, pal)).toBe('01:00:00:00')
    expect(formatFrameCount(1800, ntsc)).toBe('01:00;02')
  })
})

describe('typed text', () => {
  const at = (frame: number, fieldsGiven: number) => ({ kind: 'at', frame, fieldsGiven })

  test('may leave out fields, separators and zeros', () => {
    expect(parseTypedTimecode('1:02:03:04', pal)).toEqual(at(((60 + 2) * 60 + 3) * 25 + 4, 4))
    expect(parseTypedTimecode('10203', pal)).toEqual(at((60 + 2) * 25 + 3, 3))
    expect(parseTypedTimecode('01020304', pal)).toEqual(at((3600 + 120 + 3) * 25 + 4, 4))
    expect(parseTypedTimecode('12.', pal)).toEqual(at(300, 2))
    expect(parseTypedTimecode('1..', pal)).toEqual(at(1500, 3))
    expect(parseTypedTimecode(' 7 ', pal)).toEqual(at(7, 1))
    expect(parseTypedTimecode('99', pal)).toEqual(at(99, 1))
    expect(parseTypedTimecode('1:00:00;00', ntsc)).toEqual(at(107_892, 4))
  })

  test('with a sign is a distance', () => {
    expect(parseTypedTimecode('+12', pal)).toEqual({ kind: 'by', frames: 12 })
    expect(parseTypedTimecode('-1:00', pal)).toEqual({ kind: 'by', frames: -25 })
    expect(parseTypedTimecode('\u22121.', pal)).toEqual({ kind: 'by', frames: -25 })
    expect(parseTypedTimecode('+10:00:00', ntsc)).toEqual({ kind: 'by', frames: 17_982 })
    expect(parseTypedTimecode('-0', pal)).toEqual({ kind: 'by', frames: 0 })
  })

  test('that names a left out label means the next one', () => {
    expect(parseTypedTimecode('1:00;00', ntsc)).toEqual(at(1800, 3))
    expect(parseTypedTimecode('00:01:00;00', ntsc)).toEqual(at(1800, 4))
    expect(parseTypedTimecode('00:01:00;01', ntsc)).toEqual(at(1800, 4))
  })

  test('that is no timecode says why', () => {
    const problem = (name: string) => ({ kind: 'problem', problem: name })
    expect(parseTypedTimecode('  ', pal)).toEqual(problem('empty'))
    for (const text of ['abc', '1:2:3:4:5', '+', '.', '--3', '1e5', '123456789', '1:2345', '0x10']) {
      expect(parseTypedTimecode(text, pal), text).toEqual(problem('notATimecode'))
    }
    expect(parseTypedTimecode('24:00:00:00', pal)).toEqual(problem('outOfRange'))
    expect(parseTypedTimecode('+99999999', pal)).toEqual(problem('outOfRange'))
  })

  test('never throws and never gives a frame outside of the day', () => {
    const characters = fc.constantFrom(...'0123456789:;.,+- \u2212a')
    check(
      fc.property(timebase, fc.oneof(fc.string(), fc.string({ unit: characters })), (base, text) => {
        const typed = parseTypedTimecode(text, base)
        if (typed.kind === 'problem') return
        const frames = Math.abs(typed.kind === 'at' ? typed.frame : typed.frames)
        expect(Number.isSafeInteger(frames) && frames < framesPerDay(base)).toBe(true)
      }),
    )
  })
})

test('the schema refuses drop frame at a rate that has none', () => {
  expect(timebaseSchema.safeParse(ntsc).success).toBe(true)
  expect(timebaseSchema.safeParse(pal).success).toBe(true)
  expect(timebaseSchema.safeParse({ ...pal, dropFrame: true }).success).toBe(false)
})
