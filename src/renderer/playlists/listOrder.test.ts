import { describe, expect, test } from 'vitest'
import { frameRates } from '../../shared/frameRate.ts'
import { ListTiming } from '../../shared/listTiming.ts'
import { nextIndex, steppedPlace } from './listOrder.ts'
import { entryTime, listTime, runningTime, totalTime } from './listTime.ts'

const rate = frameRates['25']
/** Ten frames, nothing, frames 5 to 7 of ten, one frame. */
const timing = new ListTiming([
  { rate, frames: 10, range: null },
  null,
  { rate, frames: 10, range: { startFrame: 5, endFrame: 7 } },
  { rate, frames: 1, range: null },
])
const step = (index: number, frame: number, frames: number, isLooping = false) => {
  const to = steppedPlace(timing, 4, { index, frame }, frames, isLooping)
  return to === undefined ? undefined : [to.index, to.frame]
}

describe('steps through a list', () => {
  test('after the last frame of one comes the first of the next that can be played, and back', () => {
    expect([step(0, 9, 1), step(2, 5, -1), step(2, 7, 1), step(3, 0, -1)]).toEqual([
      [2, 5],
      [0, 9],
      [3, 0],
      [2, 7],
    ])
  })
  test('longer steps carry what is left over the border, no further than one clip', () => {
    expect([step(0, 8, 3), step(2, 6, -3), step(0, 0, 100)]).toEqual([
      [2, 6],
      [0, 8],
      [2, 7],
    ])
  })
  test('stops at the ends, or goes around in a loop', () => {
    expect([step(3, 0, 1), step(0, 0, -1), step(3, 0, 1, true), step(0, 0, -1, true)]).toEqual([
      [3, 0],
      [0, 0],
      [0, 0],
      [3, 0],
    ])
  })
  test('outside of what is played it steps freely, and is caught where it comes in', () => {
    expect([step(2, 8, 1), step(2, 9, -1), step(2, 8, -1), step(2, 3, 1)]).toEqual([
      [2, 9],
      [2, 8],
      [2, 7],
      [2, 4],
    ])
  })
  test('from what cannot be played to the nearest that can', () => {
    expect([step(1, 0, 1), step(1, 0, -1)]).toEqual([
      [2, 5],
      [0, 9],
    ])
    expect(steppedPlace(new ListTiming([null]), 1, { index: 0, frame: 0 }, 1, true)).toBeUndefined()
  })
  test('the next clip', () => {
    const list = { length: 2 }
    expect([nextIndex(list, 1, 1, false), nextIndex(list, 1, 1, true), nextIndex(list, 0, -1, true)]).toEqual(
      [undefined, 0, 1],
    )
    expect(nextIndex({ length: 0 }, -1, 1, true)).toBeUndefined()
  })
})

test('time in the list is timecode where it has one rate, running time where it has several', () => {
  expect([listTime(timing, 12), totalTime(timing)]).toEqual(['00:00:12', '00:00:14'])
  const mixed = new ListTiming([
    { rate, frames: 1500, range: null },
    { rate: frameRates['24'], frames: 12, range: null },
  ])
  expect([listTime(mixed, 1499), listTime(mixed, 1506), totalTime(mixed)]).toEqual([
    '00:59.9',
    '01:00.2',
    '01:00.5',
  ])
  const times = { ticksPerSecond: 10, startTicks: 0, runs: [1, 5, 2, 31] }
  expect(totalTime(new ListTiming([{ rate, frames: 3, range: null, times }]))).toBe('00:06.7')
  expect([entryTime({ first: 1, last: 2, rate, times }), entryTime({ first: 1, last: 2, rate })]).toEqual([
    '00:06.2',
    '00:00:02',
  ])
  expect([runningTime(3723.45), totalTime(new ListTiming([]))]).toEqual(['1:02:03.4', null])
})
