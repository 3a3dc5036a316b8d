import { expect, test } from 'vitest'
import { spanOn } from './carryOver.ts'

const at24 = { numerator: 24, denominator: 1 }
const timing = { rate: at24, dropFrame: false, startFrame: 86_400, frameCount: 100 }
const span = { startFrame: 10, endFrame: 40, rate: at24, remoteTime: { start: '417', end: '1667' } }

test('the same frames at the same rate, without the time of the other version', () => {
  expect(spanOn(span, timing)).toEqual({ startFrame: 10, endFrame: 40, rate: at24 })
  expect(spanOn(span, null)).toEqual({ startFrame: 10, endFrame: 40, rate: at24 })
  expect(spanOn(null, timing)).toBeNull()
})

test('the same time at another rate', () => {
  const at48 = { numerator: 48, denominator: 1 }
  expect(spanOn(span, { ...timing, rate: at48 })).toEqual({ startFrame: 20, endFrame: 80, rate: at48 })
})

test('never past the end of a shorter clip', () => {
  expect(spanOn(span, { ...timing, frameCount: 20 })).toMatchObject({ startFrame: 10, endFrame: 19 })
  expect(spanOn(span, { ...timing, frameCount: 5 })).toMatchObject({ startFrame: 4, endFrame: 4 })
})
