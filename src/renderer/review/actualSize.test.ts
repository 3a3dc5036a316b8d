import { expect, test } from 'vitest'
import { actualBox, actualScale, type Ground, percentOf, regrounded, toActual } from './actualSize.ts'
import { fitting, movedBy, type PictureView, scaledTo } from './pictureView.ts'

const hd = { width: 1920, height: 1080 }
const ground: Ground = {
  ...{ left: 16, top: 16, width: 1000, height: 700, stageLeft: 231.5, stageTop: 52.25, between: 0 },
  ...{ ratio: 1, pixels: hd },
}

const boxOf = (view: PictureView, on: Ground) => {
  const box = actualBox(view, on)
  if (box === null) throw new Error('not at 100 %')
  return box
}

/** Where the picture begins on the screen, and how large it is there, in pixels of the screen: it fits in its box. */
function onScreen(view: PictureView, on: Ground) {
  const { left, top, width, height } = boxOf(view, on)
  const { ratio, between } = on
  const pixels = on.pixels ?? hd
  const own = (between === 0 ? width : width / 2 - between / 2) * ratio
  const scale = Math.min(own / pixels.width, (height * ratio) / pixels.height)
  const shown = { width: pixels.width * scale, height: pixels.height * scale }
  return {
    ...shown,
    x: (on.stageLeft + left) * ratio + (own - shown.width) / 2,
    y: (on.stageTop + top) * ratio + (height * ratio - shown.height) / 2,
  }
}

/** The pixel of the picture in the middle of the stage. */
function inTheMiddle(view: PictureView, on: Ground) {
  const { x, y } = onScreen(view, on)
  return {
    x: (on.stageLeft + on.left + on.width / 2) * on.ratio - x,
    y: (on.stageTop + on.top + on.height / 2) * on.ratio - y,
  }
}

test('the size is told in per cent of the pixels of the picture on pixels of the screen', () => {
  expect(percentOf(fitting, ground)).toBe(52)
  expect(percentOf(fitting, { ...ground, ratio: 2 })).toBe(104)
  expect(percentOf(scaledTo(fitting, 2), ground)).toBe(104)
  expect(percentOf(fitting, { ...ground, between: 4 })).toBe(26)
  expect(percentOf(fitting, { ...ground, pixels: null })).toBeNull()
  expect(percentOf(fitting, { ...ground, width: 0 })).toBeNull()
  expect(percentOf(fitting, null)).toBeNull()
  expect(percentOf(toActual(fitting, ground), ground)).toBe(100)
})

test('at 100 % a pixel of the picture is one of the screen, and lies on one', () => {
  const sizes = [hd, { width: 1081, height: 607 }, { width: 160, height: 90 }, { width: 7680, height: 4320 }]
  for (const pixels of sizes)
    for (const ratio of [1, 1.25, 1.5, 2, 3])
      for (const between of [0, 4])
        for (const width of [1000, 733.5, 2401]) {
          const on = { ...ground, pixels, ratio, between, width }
          const view = movedBy(toActual(fitting, on), 0.0371, -0.0113)
          const { x, y, ...shown } = onScreen(view, on)
          const said = JSON.stringify(on)
          expect(shown.width, said).toBeCloseTo(pixels.width, 6)
          expect(shown.height, said).toBeCloseTo(pixels.height, 6)
          expect(Math.abs(x - Math.round(x)), said).toBeLessThan(1e-6)
          expect(Math.abs(y - Math.round(y)), said).toBeLessThan(1e-6)
        }
})

test('the point under the pointer stays, and without one the middle', () => {
  const at = { x: 0.2, y: -0.15 }
  const before = movedBy(scaledTo(fitting, 3), 0.1, 0.05)
  const onPicture = (view: PictureView, point: typeof at) => ({
    x: (point.x - view.x) / view.scale,
    y: (point.y - view.y) / view.scale,
  })
  for (const point of [at, { x: 0, y: 0 }]) {
    const now = onPicture(
      toActual(before, { ...ground, pixels: { width: 7680, height: 4320 } }, point),
      point,
    )
    expect(now.x).toBeCloseTo(onPicture(before, point).x, 10)
    expect(now.y).toBeCloseTo(onPicture(before, point).y, 10)
  }
})

test('a picture of few pixels is smaller than it fits, in the middle, and the wheel goes down to it', () => {
  const on = { ...ground, pixels: { width: 320, height: 180 } }
  const view = toActual(scaledTo(fitting, 4, { x: 0.4, y: 0.4 }), on)
  expect(view.scale).toBeCloseTo(0.32, 10)
  expect(Math.hypot(view.x, view.y)).toBe(0)
  const least = actualScale(on) ?? undefined
  expect(scaledTo(fitting, 0.5, undefined, least).scale).toBe(0.5)
  expect(scaledTo(fitting, 0.1, undefined, least).scale).toBeCloseTo(0.32, 10)
  expect(scaledTo(fitting, 0.5, undefined, 1.92).scale).toBe(1)
})

test('larger than steps and wheel go, it is still 100 %, and the wheel does not make it jump', () => {
  const on = { ...ground, width: 300, pixels: { width: 7680, height: 4320 } }
  const view = toActual(fitting, on)
  expect(view.scale).toBeCloseTo(25.6, 10)
  expect(scaledTo(view, view.scale * 1.1).scale).toBeCloseTo(25.6, 10)
  expect(scaledTo(view, view.scale * 0.9).scale).toBeCloseTo(23.04, 10)
})

test('it stays at 100 % on another ground, with the same in the middle', () => {
  const first = movedBy(toActual(fitting, ground), 0.11, -0.07)
  const was = inTheMiddle(first, ground)
  const others = [
    { ...ground, width: 1300, height: 500 },
    { ...ground, width: 640, height: 700, stageLeft: 40 },
    { ...ground, ratio: 1.5 },
  ]
  for (const other of others) {
    const now = regrounded(first, ground, other)
    expect(percentOf(now, other)).toBe(100)
    expect(Math.abs(inTheMiddle(now, other).x - was.x)).toBeLessThanOrEqual(1)
    expect(Math.abs(inTheMiddle(now, other).y - was.y)).toBeLessThanOrEqual(1)
  }
  const half = { ...ground, pixels: { width: 1280, height: 720 } }
  const proxy = regrounded(first, ground, half)
  expect(onScreen(proxy, half).width).toBeCloseTo(1280, 6)
  expect(Math.abs(inTheMiddle(proxy, half).x - (was.x * 2) / 3)).toBeLessThanOrEqual(1)
})

test('of a view that came from elsewhere the size is made its own; a fitting one stays as it fits', () => {
  const there = toActual(fitting, { ...ground, width: 2000 })
  expect(percentOf(regrounded(there, null, ground), ground)).toBe(100)
  expect(regrounded(fitting, ground, { ...ground, width: 300 })).toBe(fitting)
  expect(actualBox(fitting, ground)).toBeNull()
  expect(actualBox(scaledTo(there, 3), ground)).toBeNull()
})

test('asked for before the picture is there, it is so as soon as it is', () => {
  const unknown = { ...ground, pixels: null }
  const asked = toActual(fitting, unknown)
  expect(actualBox(asked, unknown)).toBeNull()
  expect(percentOf(regrounded(asked, unknown, ground), ground)).toBe(100)
})
