import { expect, test } from 'vitest'
import { peaksOf } from './waveform.ts'

test('peaks are the lowest and highest sample of each stretch, over all channels', () => {
  const left = Float32Array.from([0, 0.5, -0.25, 0])
  const right = Float32Array.from([0, -0.75, 0, 1])
  expect([...peaksOf([left, right], 2)]).toEqual([-0.75, 0.5, -0.25, 1])
})

test('more stretches than samples, and no sound at all', () => {
  expect([...peaksOf([Float32Array.from([1])], 3)]).toEqual([0, 1, 0, 1, 0, 1])
  expect([...peaksOf([], 2)]).toEqual([0, 0, 0, 0])
})
