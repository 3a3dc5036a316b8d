import { expect, test } from 'vitest'
import { AppError } from '../../../shared/errors.ts'
import { nextStep, stepOf } from './pageSteps.ts'

test('every row of a list is read once, the first of them soon', () => {
  const ranges: (readonly [number, number])[] = []
  let cursor: string | undefined
  for (let steps = 0; steps < 8; steps += 1) {
    const step = stepOf(cursor)
    ranges.push([(step.page - 1) * step.perPage, step.page * step.perPage])
    cursor = nextStep(step)
  }
  expect(ranges[0]).toEqual([0, 100])
  for (const [index, [from]] of ranges.entries()) expect(from).toBe(ranges[index - 1]?.[1] ?? 0)
  expect(ranges.at(-1)).toEqual([1500, 2000])
})

test('what is no cursor of ours is refused', () => {
  for (const cursor of ['s', 's0', 'sx', '0', 'x', 's1.5'])
    expect(() => stepOf(cursor)).toThrow(expect.any(AppError))
})
