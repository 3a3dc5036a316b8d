import { describe, expect, test } from 'vitest'
import { type FrameRate, frameRates } from './frameRate.ts'
import { rangeOfSpan, spanOfRange } from './playlistSpan.ts'

const clip = (rate: FrameRate, frames: number) => ({ rate, frames })

describe.each([
  ['23.976', frameRates['23.976']],
  ['25', frameRates['25']],
  ['29.97', frameRates['29.97']],
] as const)('at %s', (_name, rate) => {
  const frames = 20_000
  test('every frame is found again at either end', () => {
    for (let frame = 1; frame < frames - 1; frame += 1) {
      const start = { startFrame: frame, endFrame: frames - 1 }
      const end = { startFrame: 0, endFrame: frame }
      const [a, b] = [
        rangeOfSpan(spanOfRange(start, { rate }), clip(rate, frames)),
        rangeOfSpan(spanOfRange(end, { rate }), clip(rate, frames)),
      ]
      if (a?.startFrame !== frame || b?.endFrame !== frame)
        throw new Error(`frame ${frame}: ${a?.startFrame} ${b?.endFrame}`)
    }
  })
})

describe('known moments', () => {
  const rangeAt = (rate: FrameRate, startMs: number | null, endMs: number | null, frames = 250) =>
    rangeOfSpan({ startMs, endMs }, clip(rate, frames))

  test('mean the frame that is on the screen then', () => {
    // At 25 a frame is 40 ms; at 23.976 frame 24 begins at 1001 ms, at 29.97 frame 30 at 1001 ms.
    expect(rangeAt(frameRates['25'], 1000, 3000)).toEqual({ startFrame: 25, endFrame: 75 })
    expect(rangeAt(frameRates['25'], 1039, 3038)).toEqual({ startFrame: 25, endFrame: 75 })
    expect(rangeAt(frameRates['23.976'], 1001, 2002)).toEqual({ startFrame: 24, endFrame: 48 })
    expect(rangeAt(frameRates['23.976'], 999, 2000)).toEqual({ startFrame: 23, endFrame: 47 })
    expect(rangeAt(frameRates['29.97'], 1001, 2002)).toEqual({ startFrame: 30, endFrame: 60 })
    expect(spanOfRange({ startFrame: 24, endFrame: 48 }, { rate: frameRates['23.976'] })).toEqual({
      startMs: 1001,
      endMs: 2002,
    })
    expect(spanOfRange({ startFrame: 1, endFrame: 2 }, { rate: frameRates['29.97'] })).toEqual({
      startMs: 34,
      endMs: 67,
    })
  })

  test('that are the clip’s own ends, or lie beyond them, stay inside it', () => {
    const rate = frameRates['25']
    expect(rangeAt(rate, null, null)).toBeNull()
    expect(rangeAt(rate, 0, 10_000)).toBeNull()
    expect(rangeAt(rate, -500, 99_999)).toBeNull()
    expect(rangeAt(rate, 1000, null)).toEqual({ startFrame: 25, endFrame: 249 })
    expect(rangeAt(rate, null, 1000)).toEqual({ startFrame: 0, endFrame: 25 })
    expect(rangeAt(rate, 99_999, 100_000)).toEqual({ startFrame: 249, endFrame: 249 })
    expect(rangeAt(rate, 2000, 1000)).toEqual({ startFrame: 50, endFrame: 50 })
    expect(rangeAt(rate, 1000, 1000)).toEqual({ startFrame: 25, endFrame: 25 })
    expect(rangeAt(rate, 0, 1000, 0)).toBeNull()
  })

  test('are counted by the clip’s own table where frames are not equally long', () => {
    // Ten frames of 100 ms, then ten of 50.
    const times = { ticksPerSecond: 1000, startTicks: 0, runs: [10, 100, 10, 50] }
    const counted = { rate: frameRates['25'], frames: 20, times }
    expect(rangeOfSpan({ startMs: 250, endMs: 1099 }, counted)).toEqual({ startFrame: 2, endFrame: 11 })
    const span = spanOfRange({ startFrame: 2, endFrame: 12 }, counted)
    expect(span).toEqual({ startMs: 200, endMs: 1100 })
    expect(rangeOfSpan(span, counted)).toEqual({ startFrame: 2, endFrame: 12 })
  })
})
