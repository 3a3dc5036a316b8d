import { describe, expect, test } from 'vitest'
import { seeded } from '../../tests/fakes/seeded.ts'
import { frameRates, knownFrameRates } from './frameRate.ts'
import type { ListClip } from './listTiming.ts'
import { ListTiming } from './listTiming.ts'

const clip = (frames: number, rate = frameRates['25'], range: ListClip['range'] = null): ListClip => ({
  rate,
  frames,
  range,
})

describe('the clock of a list', () => {
  test('counts through the ends of its clips', () => {
    const list = new ListTiming([clip(10), clip(1), clip(5)])
    expect([list.frameCount, list.seconds, list.rate]).toEqual([16, 0.64, frameRates['25']])
    expect([9, 10, 11, 15].map((frame) => list.placeOf(frame))).toEqual([
      { index: 0, frame: 9 },
      { index: 1, frame: 0 },
      { index: 2, frame: 0 },
      { index: 2, frame: 4 },
    ])
    expect([list.placeOf(-1), list.placeOf(16)]).toEqual([undefined, undefined])
  })

  test('plays from in to out, both included', () => {
    const list = new ListTiming([
      clip(100, frameRates['25'], { startFrame: 20, endFrame: 29 }),
      clip(50, frameRates['25'], { startFrame: 40, endFrame: 900 }),
      clip(50, frameRates['25'], { startFrame: 60, endFrame: 900 }),
    ])
    expect(list.frameCount).toBe(10 + 10 + 50)
    expect(list.placeOf(0)).toEqual({ index: 0, frame: 20 })
    expect(list.placeOf(10)).toEqual({ index: 1, frame: 40 })
    expect(list.limits(1)).toEqual({ first: 40, last: 49 })
    expect(list.limits(2)).toEqual({ first: 0, last: 49 })
    expect(list.frameOf({ index: 0, frame: 5 })).toBe(0)
    expect(list.frameOf({ index: 0, frame: 99 })).toBe(9)
  })

  test('what cannot be played takes no time and moves nothing', () => {
    const list = new ListTiming([null, clip(10), null, clip(0), clip(10)])
    expect([list.frameCount, list.limits(0), list.limits(3)]).toEqual([20, undefined, undefined])
    expect(list.placeOf(10)).toEqual({ index: 4, frame: 0 })
    expect([list.frameOf({ index: 2, frame: 7 }), list.secondsOf({ index: 2, frame: 7 })]).toEqual([10, 0.4])
    expect(new ListTiming([null]).placeAt(0)).toBeUndefined()
    expect(new ListTiming([]).seconds).toBe(0)
  })

  test('mixed rates have running time and no timecode of their own', () => {
    const list = new ListTiming([clip(24, frameRates['23.976']), clip(30, frameRates['29.97'])])
    expect(list.rate).toBeNull()
    expect(list.seconds).toBeCloseTo(2.002, 9)
    expect(list.stretch(1)?.startsAt).toBeCloseTo(1.001, 9)
    expect(list.placeAt(1.0009)).toEqual({ index: 0, frame: 23 })
    expect(list.placeAt(1.001)).toEqual({ index: 1, frame: 0 })
    expect([list.placeAt(-1), list.placeAt(99)]).toEqual([
      { index: 0, frame: 0 },
      { index: 1, frame: 29 },
    ])
  })

  test('frames that are not equally long take the time they take', () => {
    const rate = frameRates['25']
    const times = { ticksPerSecond: 1000, startTicks: 500, runs: [2, 100, 1, 3000, 7, 40] }
    const list = new ListTiming([
      { rate, frames: 10, range: null, times },
      { rate, frames: 10, range: { startFrame: 1, endFrame: 3 }, times },
      clip(25),
    ])
    expect([list.frameCount, list.rate]).toEqual([38, null])
    expect(list.seconds).toBeCloseTo(3.48 + 3.14 + 1, 9)
    expect(list.stretch(1)?.startsAt).toBeCloseTo(3.48, 9)
    expect(list.stretch(1)?.seconds).toBeCloseTo(3.14, 9)
    expect(list.secondsOf({ index: 0, frame: 3 })).toBeCloseTo(3.2, 9)
    expect(list.secondsOf({ index: 1, frame: 2 })).toBeCloseTo(3.58, 9)
    expect([0, 0.15, 3.1, 3.21, 3.5, 3.6, 6.5, 6.59, 6.62].map((seconds) => list.placeAt(seconds))).toEqual([
      { index: 0, frame: 0 },
      { index: 0, frame: 1 },
      { index: 0, frame: 2 },
      { index: 0, frame: 3 },
      { index: 1, frame: 1 },
      { index: 1, frame: 2 },
      { index: 1, frame: 2 },
      { index: 1, frame: 3 },
      { index: 2, frame: 0 },
    ])
  })

  test('there and back again over a thousand clips at every rate', () => {
    const random = seeded(16)
    const clips = Array.from({ length: 1000 }, (): ListClip | null => {
      if (random.below(12) === 0) return null
      const frames = 1 + random.below(5000)
      const rate = knownFrameRates[random.below(knownFrameRates.length)] ?? frameRates['25']
      const startFrame = random.below(frames)
      const endFrame = startFrame + random.below(frames)
      const range = random.below(3) === 0 ? { startFrame, endFrame } : null
      if (random.below(3) !== 0) return { rate, frames, range }
      const runs = Array.from({ length: frames }, () => [1, 3 + random.below(200)]).flat()
      return { rate, frames, range, times: { ticksPerSecond: 1000, startTicks: random.below(99), runs } }
    })
    const list = new ListTiming(clips)
    const wrong: unknown[] = []
    for (let turn = 0; turn < 20_000; turn += 1) {
      const listFrame = random.below(list.frameCount)
      const place = list.placeOf(listFrame)
      if (place === undefined || list.frameOf(place) !== listFrame) wrong.push({ listFrame, place })
      else if (JSON.stringify(list.placeAt(list.secondsOf(place))) !== JSON.stringify(place))
        wrong.push({ place, at: list.placeAt(list.secondsOf(place)) })
    }
    expect(wrong).toEqual([])
  })
})
