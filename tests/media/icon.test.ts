import { readFileSync } from 'node:fs'
import { PNG } from 'pngjs'
import { expect, test } from 'vitest'

const icon = PNG.sync.read(readFileSync(new URL('../../resources/icon.png', import.meta.url)))
const pixel = (x: number, y: number) => [...icon.data.subarray((y * 1024 + x) * 4, (y * 1024 + x) * 4 + 4)]

test('the icon is 1024 pixels square, clear at its corners, with an amber playhead', () => {
  expect([icon.width, icon.height]).toEqual([1024, 1024])
  for (const [x, y] of [
    [0, 0],
    [1023, 0],
    [0, 1023],
    [1023, 1023],
  ] as const)
    expect(pixel(x, y)[3]).toBe(0)
  expect(pixel(470, 600)).toEqual([0xf5, 0xb4, 0x3f, 255])
})
