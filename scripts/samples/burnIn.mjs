/** What is burned into every frame: the timecode for people, the frame code for programs. */
import { Canvas, colour } from './canvas.mjs'
import { drawFrameCode, frameCodeLayout } from './frameCode.mjs'

/** @typedef {import('./canvas.mjs').Point} Point */

/**
 * A piece of an ellipse; angles in turns, clockwise from the right.
 * @param {number} x @param {number} y @param {number} rx @param {number} ry
 * @param {number} from @param {number} to @returns {Point[]}
 */
const arc = (x, y, rx, ry, from, to) =>
  Array.from({ length: 17 }, (_, part) => {
    const turn = (from + ((to - from) * part) / 16) * Math.PI * 2
    return [x + Math.cos(turn) * rx, y + Math.sin(turn) * ry]
  })

/** Each sign as lines in a box 0.56 wide and 1 high. */
/** @type {Readonly<Record<string, readonly Point[][]>>} */
const signs = {
  0: [arc(0.28, 0.5, 0.25, 0.47, 0, 1)],
  1: [
    [
      [0.09, 0.22],
      [0.31, 0.04],
      [0.31, 0.97],
    ],
  ],
  2: [[...arc(0.28, 0.3, 0.24, 0.27, 0.53, 1.09), [0.04, 0.97], [0.54, 0.97]]],
  3: [
    [...arc(0.26, 0.27, 0.23, 0.24, 0.58, 1.2), [0.2, 0.48]],
    [[0.2, 0.48], ...arc(0.25, 0.72, 0.26, 0.25, 0.8, 1.43)],
  ],
  4: [
    [
      [0.43, 0.97],
      [0.43, 0.04],
      [0.02, 0.7],
      [0.57, 0.7],
    ],
  ],
  5: [[[0.5, 0.04], [0.1, 0.04], [0.07, 0.47], ...arc(0.26, 0.68, 0.26, 0.29, 0.63, 1.42)]],
  6: [
    arc(0.28, 0.67, 0.24, 0.3, 0, 1),
    [
      [0.045, 0.64],
      [0.09, 0.42],
      [0.2, 0.2],
      [0.42, 0.03],
    ],
  ],
  7: [
    [
      [0.03, 0.04],
      [0.54, 0.04],
      [0.2, 0.97],
    ],
  ],
  8: [arc(0.28, 0.26, 0.21, 0.22, 0, 1), arc(0.28, 0.72, 0.25, 0.25, 0, 1)],
  9: [
    arc(0.28, 0.33, 0.24, 0.3, 0, 1),
    [
      [0.515, 0.36],
      [0.47, 0.58],
      [0.36, 0.8],
      [0.14, 0.97],
    ],
  ],
  ':': [[[0.15, 0.36]], [[0.15, 0.82]]],
  ';': [
    [[0.15, 0.36]],
    [
      [0.16, 0.82],
      [0.11, 0.97],
    ],
  ],
}

/** Digits are all as wide, so that the text stands still while it counts. */
/** @param {string} sign */
const advance = (sign) => (sign === ':' || sign === ';' ? 0.4 : 0.72)

/**
 * @param {number} width @param {number} height
 * @returns {(rgb: Uint8Array, timecode: string, frame: number, clipId: number) => void}
 */
export function makeBurnIn(width, height) {
  const { cell, plate } = frameCodeLayout(width, height)
  const layer = new Canvas(width, height)
  const unit = cell / layer.scale
  const tall = unit * 1.5
  const left = unit * 3
  const top = plate.y / layer.scale
  const bottom = top + unit * 3
  const light = colour('#f4f4f4')
  const dark = colour('#0e0e0e')

  return (rgb, timecode, frame, clipId) => {
    layer.clear()
    const long = [...timecode].reduce((sum, sign) => sum + advance(sign), 0) * tall
    const right = left + long + unit * 1.7
    layer.path(
      [
        [
          [left, top],
          [right, top],
          [right, bottom],
          [left, bottom],
        ],
      ],
      dark,
    )
    let x = left + unit
    for (const sign of timecode) {
      for (const line of signs[sign] ?? []) {
        const points = line.map(
          ([px, py]) => /** @type {Point} */ ([x + px * tall, top + unit * 0.75 + py * tall]),
        )
        layer.stroke(points, tall * (line.length === 1 ? 0.19 : 0.125), light)
      }
      x += advance(sign) * tall
    }
    layOver(rgb, layer, { left, top, right, bottom })
    drawFrameCode(rgb, width, height, frame, clipId)
  }
}

/**
 * @param {Uint8Array} rgb @param {Canvas} layer @param {import('./canvas.mjs').Area} area
 */
function layOver(rgb, layer, area) {
  const { left, top, right, bottom } = layer.pixelsOf(area)
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const from = (y * layer.width + x) * 4
      const to = (y * layer.width + x) * 3
      const keep = 1 - (layer.data[from + 3] ?? 0)
      for (let channel = 0; channel < 3; channel++) {
        const level = (layer.data[from + channel] ?? 0) ** (1 / 2.2) * 255
        rgb[to + channel] = Math.round((rgb[to + channel] ?? 0) * keep + level)
      }
    }
  }
}
