import { expect, test } from 'vitest'
import { frameRates } from '../../../shared/frameRate.ts'
import { captionOffset, captionTimeOf } from './captionTime.ts'

const hour = { rate: frameRates['24'], dropFrame: false, startFrame: 86_400, frameCount: 288 }
const cue = (startMs: number) => ({ startMs, endMs: startMs + 1000, text: 'x' })

test('captions that count from the programme are moved to the clip, others stay', () => {
  expect(captionOffset([cue(3_601_000)], hour)).toBe(3_600_000)
  expect(captionOffset([cue(1000)], hour)).toBe(0)
  expect(captionOffset([], hour)).toBe(0)
  expect(captionOffset([cue(3_601_000)], { ...hour, startFrame: 0 })).toBe(0)
  // At 23.976 an hour of timecode is longer than an hour; the labels are what the file was made by.
  expect(captionOffset([cue(3_600_500)], { ...hour, rate: frameRates['23.976'] })).toBe(3_600_000)
})

test('a frame is looked up within itself', () => {
  expect(captionTimeOf(24, hour)).toBe(1001)
  expect(captionTimeOf(23, hour)).toBeLessThan(1000)
  const late = { ...hour, times: { ticksPerSecond: 24_000, startTicks: 120_000, runs: [288, 1000] } }
  expect(captionTimeOf(0, late)).toBe(1)
  expect(captionTimeOf(24, late)).toBe(1001)
})
