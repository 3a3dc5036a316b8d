import { expect, test } from 'vitest'
import { fitting, movedBy, scaledTo, stepped, transformOf } from './pictureView.ts'

test('the point under the pointer stays where it is', () => {
  const at = { x: 0.25, y: -0.1 }
  const before = scaledTo(fitting, 2)
  const after = scaledTo(before, 4, at)
  // The place on the picture that is at `at`, in fitting widths.
  const onPicture = (view: typeof before) => (at.x - view.x) / view.scale
  expect(onPicture(after)).toBeCloseTo(onPicture(before), 10)
})

test('a fitting picture does not move, a larger one not beyond its edge', () => {
  expect(movedBy(fitting, 0.3, 0.3)).toEqual(fitting)
  expect(movedBy(scaledTo(fitting, 3), 9, -9)).toEqual({ scale: 3, x: 1, y: -1 })
  expect(scaledTo(movedBy(scaledTo(fitting, 3), 9, 9), 1)).toEqual(fitting)
})

test('steps up to 16 and back to fitting', () => {
  let view = fitting
  for (let step = 0; step < 20; step += 1) view = stepped(view, 1)
  expect(view.scale).toBe(16)
  for (let step = 0; step < 20; step += 1) view = stepped(view, -1)
  expect(transformOf(view)).toBe('none')
})
