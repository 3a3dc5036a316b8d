import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  containedPicture,
  decodeFrameCodeCells,
  drawFrameCode,
  frameCodeCells,
  frameCodeLayout,
  largestClipId,
  largestFrame,
  readFrameCode,
} from './frameCode.ts'
import {
  addNoise,
  blur,
  crushBlocks,
  type Picture,
  scaled,
  seededRandom,
  shiftColour,
  texture,
} from './picture.ts'

const seed = Number(process.env['RUSHES_SEED'])

/** The strip sits at the bottom and scales with the width, so a low picture tests it as well as a whole one. */
const low = 96

const frame = fc.integer({ min: 0, max: largestFrame })
const clipId = fc.integer({ min: 0, max: largestClipId })

function withCode(
  width: number,
  height: number,
  code: { frame: number; clipId: number },
  pictureSeed: number,
) {
  const picture = texture(width, height, pictureSeed)
  const rgb = new Uint8ClampedArray(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgb.set(picture.rgba.subarray(pixel * 4, pixel * 4 + 3), pixel * 3)
  }
  drawFrameCode(rgb, width, height, code.frame, code.clipId)
  for (let pixel = 0; pixel < width * height; pixel++) {
    picture.rgba.set(rgb.subarray(pixel * 3, pixel * 3 + 3), pixel * 4)
  }
  return picture
}

const read = ({ rgba, width, height }: Picture) =>
  readFrameCode(rgba, width, height, { x: 0, y: 0, width, height })

describe('the cells', () => {
  test('give back any frame and clip', () => {
    fc.assert(
      fc.property(frame, clipId, (number, clip) => {
        expect(decodeFrameCodeCells(frameCodeCells(number, clip))).toEqual({ frame: number, clipId: clip })
      }),
      { seed, numRuns: 2000 },
    )
  })

  test('with one, two or three of them wrong give nothing', () => {
    const wrong = fc.uniqueArray(fc.integer({ min: 0, max: 43 }), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(frame, clipId, wrong, (number, clip, flipped) => {
        const cells = frameCodeCells(number, clip).map((light, index) =>
          flipped.includes(index) ? !light : light,
        )
        expect(decodeFrameCodeCells(cells)).toBeUndefined()
      }),
      { seed, numRuns: 5000 },
    )
  })

  test('do not fit a frame or clip that is too large', () => {
    expect(() => frameCodeCells(largestFrame + 1, 0)).toThrow(RangeError)
    expect(() => frameCodeCells(0, largestClipId + 1)).toThrow(RangeError)
    expect(() => frameCodeCells(0.5, 0)).toThrow(RangeError)
  })
})

describe('a code in a picture is read', () => {
  test('at any window size from 0.4 to 2, off by up to a pixel, with noise and a shift of colour', () => {
    let pictures = 0
    fc.assert(
      fc.property(
        frame,
        clipId,
        fc.double({ min: 0.4, max: 2, noNaN: true }),
        fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
        fc.nat(),
        (number, clip, scale, [offX, offY], pictureSeed) => {
          const source = withCode(1280, low, { frame: number, clipId: clip }, pictureSeed)
          const random = seededRandom(pictureSeed)
          const width = Math.round(1280 * scale)
          const height = Math.round(low * scale)
          const capture = shiftColour(addNoise(scaled(source, width, height), 10, random), random)
          const rect = { x: offX, y: offY, width, height }
          expect(readFrameCode(capture.rgba, width, height, rect)).toEqual({ frame: number, clipId: clip })
          pictures++
        },
      ),
      { seed, numRuns: 30 },
    )
    process.stdout.write(`frame code: ${pictures} scaled pictures read\n`)
  })

  test('after blur, and after blocks that keep only their coarsest waves', () => {
    fc.assert(
      fc.property(frame, clipId, fc.nat(), (number, clip, pictureSeed) => {
        const source = withCode(960, low, { frame: number, clipId: clip }, pictureSeed)
        expect(read(blur(source, 2))).toEqual({ frame: number, clipId: clip })
        expect(read(crushBlocks(source, 60))).toEqual({ frame: number, clipId: clip })
      }),
      { seed, numRuns: 8 },
    )
  })

  test('where the picture is only a part of the capture', () => {
    const source = withCode(1280, 720, { frame: 86_399, clipId: 7 }, 1)
    const capture = texture(1440, 900, 2)
    const box = { x: 52, y: 67, width: 1011, height: 700 }
    const rect = containedPicture(box, 1280, 720)
    const small = scaled(source, Math.round(rect.width), Math.round(rect.height))
    for (let y = 0; y < small.height; y++) {
      const row = small.rgba.subarray(y * small.width * 4, (y + 1) * small.width * 4)
      capture.rgba.set(row, ((y + Math.round(rect.y)) * capture.width + Math.round(rect.x)) * 4)
    }
    expect(readFrameCode(capture.rgba, 1440, 900, rect)).toEqual({ frame: 86_399, clipId: 7 })
  })
})

describe('nothing is read', () => {
  test('from pictures without a code', () => {
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (pictureSeed, noisy) => {
        const picture = texture(640, low, pictureSeed)
        expect(read(noisy ? addNoise(picture, 90, seededRandom(pictureSeed)) : picture)).toBeUndefined()
      }),
      { seed, numRuns: 100 },
    )
    expect(read({ rgba: new Uint8ClampedArray(640 * low * 4), width: 640, height: low })).toBeUndefined()
  })

  test('from two frames mixed into one, or a rectangle that is not the picture', () => {
    const a = withCode(1280, 720, { frame: 0b0101_0101, clipId: 3 }, 4)
    const b = withCode(1280, 720, { frame: 0b1010_1010, clipId: 3 }, 4)
    const mixed = { ...a, rgba: a.rgba.map((value, index) => (value + (b.rgba[index] ?? 0)) / 2) }
    expect(read(mixed)).toBeUndefined()
    expect(readFrameCode(a.rgba, 1280, 720, { x: 40, y: 30, width: 1200, height: 675 })).toBeUndefined()
    expect(readFrameCode(a.rgba, 1280, 720, { x: 900, y: 500, width: 1280, height: 720 })).toBeUndefined()
  })

  test('with any one cell painted over', () => {
    const { cell, left, top } = frameCodeLayout(1280, low)
    const cells = frameCodeCells(4711, 5)
    for (const [index, light] of cells.entries()) {
      const picture = withCode(1280, low, { frame: 4711, clipId: 5 }, 6)
      const x = Math.round(left + (index % 22) * cell)
      const y = Math.round(top + Math.floor(index / 22) * cell)
      for (let row = y; row < y + cell; row++) {
        picture.rgba.fill(light ? 14 : 176, (row * 1280 + x) * 4, (row * 1280 + x + cell) * 4)
      }
      expect(read(picture), `cell ${index}`).toBeUndefined()
    }
  })
})
