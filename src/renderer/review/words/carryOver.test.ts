import { expect, test, vi } from 'vitest'
import { written } from '../../../../tests/fakes/writtenComment.ts'
import { threadsOf } from '../comments/threads.ts'
import { wasCarried } from './carriedStore.ts'
import { carryOver, spanOn } from './carryOver.ts'
import { forgetSteps, useUndo } from './undoStore.ts'

const at24 = { numerator: 24, denominator: 1 }
const timing = { rate: at24, dropFrame: false, startFrame: 86_400, frameCount: 100 }
const span = { startFrame: 10, endFrame: 40, rate: at24, remoteTime: { start: '417', end: '1667' } }

test('the same frames at the same rate, without the time of the other version', () => {
  expect(spanOn(span, timing, timing)).toEqual({ startFrame: 10, endFrame: 40, rate: at24 })
  expect(spanOn(span, timing, null)).toEqual({ startFrame: 10, endFrame: 40, rate: at24 })
  expect(spanOn(null, timing, timing)).toBeNull()
})

test('the same time at another rate', () => {
  const at48 = { numerator: 48, denominator: 1 }
  expect(spanOn(span, null, { ...timing, rate: at48 })).toEqual({ startFrame: 20, endFrame: 80, rate: at48 })
})

test('never past the end of a shorter clip', () => {
  expect(spanOn(span, null, { ...timing, frameCount: 20 })).toMatchObject({ startFrame: 10, endFrame: 19 })
  expect(spanOn(span, null, { ...timing, frameCount: 5 })).toMatchObject({ startFrame: 4, endFrame: 4 })
})

test('the same moment where frames are not equally long', () => {
  // Frames 0 to 9 stand half a second each, the others a tenth.
  const uneven = {
    ...timing,
    frameCount: 110,
    times: { ticksPerSecond: 10, startTicks: 0, runs: [10, 5, 100, 1] },
  }
  expect(spanOn(span, uneven, timing)).toEqual({ startFrame: 99, endFrame: 99, rate: at24 })
  expect(spanOn({ ...span, startFrame: 2 }, uneven, timing)).toMatchObject({ startFrame: 24, endFrame: 99 })
  expect(spanOn({ ...span, startFrame: 24, endFrame: 48 }, timing, uneven)).toEqual({
    startFrame: 2,
    endFrame: 4,
    rate: at24,
  })
  expect(spanOn(span, uneven, uneven)).toEqual({ startFrame: 10, endFrame: 40, rate: at24 })
})

test('frames counted before the media was read are of no table', () => {
  const at48 = { numerator: 48, denominator: 1 }
  const uneven = {
    ...timing,
    rate: at48,
    times: { ticksPerSecond: 10, startTicks: 0, runs: [10, 5, 100, 1] },
  }
  expect(spanOn(span, uneven, { ...timing, rate: at48 })).toMatchObject({ startFrame: 20, endFrame: 80 })
})

test('what ends after the room was left is known to be carried over, and not taken back in the next room', async () => {
  let kept: string | null = null
  let writes = 0
  vi.stubGlobal('localStorage', {
    getItem: () => kept,
    setItem: (_name: string, value: string) => {
      writes += 1
      kept = value
    },
  })
  vi.stubGlobal('window', { rushes: { call: async () => ({ ok: true, value: written('There') }) } })
  const threads = threadsOf([written('Here'), written('Here, too')])
  const { versionId } = written('Of the version on the screen')
  const carrying = carryOver(threads, versionId)
  forgetSteps()
  await carrying
  expect(useUndo.getState().steps).toEqual([])
  expect(threads.map(({ comment }) => wasCarried(comment.id, versionId))).toEqual([true, true])
  expect(writes).toBe(1)
  vi.unstubAllGlobals()
})
