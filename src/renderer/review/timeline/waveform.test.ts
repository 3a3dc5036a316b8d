import { expect, test } from 'vitest'
import { seeded } from '../../../../tests/fakes/seeded.ts'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import { frameRates } from '../../../shared/frameRate.ts'
import { columnsOf, peaksOf } from './waveform.ts'

test('peaks are the lowest and highest sample of each stretch, over all channels', () => {
  const left = Float32Array.from([0, 0.5, -0.25, 0])
  const right = Float32Array.from([0, -0.75, 0, 1])
  expect([...peaksOf([left, right], 2)]).toEqual([-0.75, 0.5, -0.25, 1])
})

test('more stretches than samples, and no sound at all', () => {
  expect([...peaksOf([Float32Array.from([1])], 3)]).toEqual([0, 1, 0, 1, 0, 1])
  expect([...peaksOf([], 2)]).toEqual([0, 0, 0, 0])
})

const even: ClipTiming = { rate: frameRates['25'], dropFrame: false, startFrame: 0, frameCount: 4 }
const loudAt = (columns: Float32Array) =>
  [...columns.keys()].filter((at) => at % 2 === 1 && (columns[at] ?? 0) > 0).map((at) => (at - 1) / 2)
/** Silence with one loud stretch. */
const clap = (count: number, at: number) => peaksOf([new Float32Array(count).fill(1, at, at + 1)], count)

test('where frames are equally long, pixels are stretches of equal time', () => {
  const peaks = Float32Array.from([0, 0.1, 0, 0.2, 0, 0.3, 0, 0.4])
  expect([...columnsOf({ peaks, seconds: null }, even, 4)]).toEqual([...peaks])
  const each = columnsOf(
    { peaks: Float32Array.from([-0.5, 0, 0, 0.25, 0, 1, -1, 0]), seconds: null },
    even,
    2,
  )
  expect([...each]).toEqual([-0.5, 0.25, -1, 1])
  // Sound that ends before the picture does is not drawn out.
  expect(loudAt(columnsOf({ peaks: clap(4, 3), seconds: 0.08 }, even, 8))).toEqual([3])
})

test('a clap stands over the frame that is on the screen then, however long frames stand', () => {
  const random = seeded(29)
  const wrong: unknown[] = []
  for (let turn = 0; turn < 200; turn += 1) {
    const frameCount = 2 + random.below(60)
    const lengths = Array.from({ length: frameCount }, () => 10 + random.below(500))
    const startTicks = random.below(3) === 0 ? random.below(400) : 0
    const times = { ticksPerSecond: 1000, startTicks, runs: lengths.flatMap((ticks) => [1, ticks]) }
    const timing: ClipTiming = { ...even, frameCount, times }
    const milliseconds = startTicks + lengths.reduce((sum, ticks) => sum + ticks, 0)
    const at = startTicks + random.below(milliseconds - startTicks)
    let frame = -1
    for (let start = startTicks; start <= at; start += lengths[frame] ?? 0) frame += 1
    // Eight pixels a frame.
    const sound = {
      peaks: clap(milliseconds, at),
      seconds: random.below(2) === 0 ? null : milliseconds / 1000,
    }
    const loud = loudAt(columnsOf(sound, timing, frameCount * 8))
    if (loud.length === 0 || loud.some((pixel) => Math.floor(pixel / 8) !== frame))
      wrong.push({ turn, at, frame, loud, startTicks, lengths })
  }
  expect(wrong).toEqual([])
})
