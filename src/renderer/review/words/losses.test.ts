import { expect, test } from 'vitest'
import { holdsAll } from '../../../../tests/fakes/commentsHold.ts'
import { lossesOf } from './losses.ts'

const nothing = {
  ranges: false,
  drawings: false,
  replies: false,
  resolved: false,
  internal: false,
  colours: false,
  kinds: false,
}
const whole = { isRange: true, isDrawn: true, isColoured: true, isReply: true }
const plain = { isRange: false, isDrawn: false, isColoured: false, isReply: false }

test('only what is written and cannot be held is lost', () => {
  expect(lossesOf(nothing, whole)).toEqual(['range', 'drawing', 'colour', 'answer'])
  expect(lossesOf(nothing, plain)).toEqual([])
  expect(lossesOf(holdsAll, whole)).toEqual([])
  expect(lossesOf({ ...holdsAll, drawings: false }, whole)).toEqual(['drawing'])
  expect(lossesOf(null, plain)).toBe('everything')
})
