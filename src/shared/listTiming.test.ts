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

  test('there and back again over a thousand clips at every rate', () => {
    const random = seeded(16)
    const clips = Array.from({ length: 1000 }, (): ListClip | null => {
      if (random.below(12) === 0) return null
      const frames = 1 + random.below(5000)
      const rate = knownFrameRates[random.below(knownFrameRates.length)] ?? frameRates['25']
      const startFrame = random.below(frames)
      const endFrame = startFrame + random.below(frames)
      return { rate, frames, range: random.below(3) === 0 ? { startFrame, endFrame } : null }
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
