import { expect, test } from 'vitest'
import { frameRates } from '../../../shared/frameRate.ts'
import { rulerMarks } from './rulerMarks.ts'

const timing = (seconds: number) => ({
  rate: frameRates['24'],
  dropFrame: false,
  startFrame: 86_400,
  frameCount: seconds * 24,
})

test('starts with the whole label and goes on with what changes', () => {
  const marks = rulerMarks(timing(60), 600)
  expect(marks.map((mark) => mark.words)).toEqual([
    '01:00:00:00',
    ':10:00',
    ':20:00',
    ':30:00',
    ':40:00',
    ':50:00',
  ])
})

test('labels keep their distance at every length and width', () => {
  for (const seconds of [1, 7, 60, 5400])
    for (const width of [300, 900, 2400]) {
      const marks = rulerMarks(timing(seconds), width)
      expect(marks.length).toBeGreaterThan(0)
      expect(marks.length).toBeLessThanOrEqual(Math.floor(width / 92) + 1)
    }
})
