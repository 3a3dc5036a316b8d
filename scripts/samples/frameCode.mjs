/**
 * A frame number that a program can read from the pixels, so that a test knows which picture is on the screen
 * whatever the player claims.
 *
 * A strip of 22 by 2 cells on a dark plate at the bottom right. The outer columns are guards (light over dark on
 * the left, dark over light on the right): they give the reader its levels and tell it that a code is there.
 * Row 0 carries the frame (20 bits), row 1 the clip (8 bits) and a CRC-12 over both, highest bit first.
 * Cells are 12 pixels at 1280 wide and scale with the picture: H.264 at a low bitrate, a small window and a shift
 * of colour leave them readable.
 */

/** @typedef {{ frame: number, clipId: number }} FrameCode */
/** @typedef {{ x: number, y: number, width: number, height: number }} Rect The picture inside of a capture, in pixels. */

const columns = 22
const rows = 2
const frameBits = 20
const clipBits = 8
const checkBits = 12

export const largestFrame = 2 ** frameBits - 1
export const largestClipId = 2 ** clipBits - 1

/** Not black and white: enough for the reader, and quiet in a dark picture. */
const plateLevel = 14
const darkLevel = 14
const lightLevel = 176

/** Where the strip is, for a picture of this size. The plate is half a cell larger on each side. */
/** @param {number} width @param {number} height */
export function frameCodeLayout(width, height) {
  const cell = (12 * width) / 1280
  const left = width - cell * (columns + 3.5)
  const top = height - cell * (rows + 3.5)
  return {
    cell,
    left,
    top,
    plate: {
      x: left - cell / 2,
      y: top - cell / 2,
      width: cell * (columns + 1),
      height: cell * (rows + 1),
    },
  }
}

/** CRC-12 (x^12 + x^11 + x^3 + x^2 + x + 1): finds every one, two or three wrong cells of the strip. */
/** @param {number} frame @param {number} clipId */
function checkOf(frame, clipId) {
  let crc = 0xfff
  const payload = frame * 2 ** clipBits + clipId
  for (let bit = frameBits + clipBits - 1; bit >= 0; bit--) {
    const input = Math.floor(payload / 2 ** bit) & 1
    const carry = ((crc >> (checkBits - 1)) & 1) ^ input
    crc = ((crc << 1) & 0xfff) ^ (carry ? 0x80f : 0)
  }
  return crc
}

/** @param {number} value @param {number} bits @returns {boolean[]} */
const bitsOf = (value, bits) =>
  Array.from({ length: bits }, (_, index) => ((value >> (bits - 1 - index)) & 1) === 1)

/** @param {readonly boolean[]} bits */
const numberOf = (bits) => bits.reduce((value, bit) => value * 2 + (bit ? 1 : 0), 0)

/**
 * The cells of a code, row after row; true is light.
 * @param {number} frame @param {number} clipId @returns {boolean[]}
 */
export function frameCodeCells(frame, clipId) {
  if (!Number.isInteger(frame) || frame < 0 || frame > largestFrame) throw new RangeError(`frame ${frame}`)
  if (!Number.isInteger(clipId) || clipId < 0 || clipId > largestClipId)
    throw new RangeError(`clip ${clipId}`)
  return [
    true,
    ...bitsOf(frame, frameBits),
    false,
    false,
    ...bitsOf(clipId, clipBits),
    ...bitsOf(checkOf(frame, clipId), checkBits),
    true,
  ]
}

/**
 * The code in these cells; undefined if the guards or the checksum are wrong.
 * @param {readonly boolean[]} cells @returns {FrameCode | undefined}
 */
export function decodeFrameCodeCells(cells) {
  if (cells.length !== columns * rows) return undefined
  const guards = [cells[0], cells[columns - 1], cells[columns], cells[columns * 2 - 1]]
  if (guards.some((light, index) => light !== [true, false, false, true][index])) return undefined
  const frame = numberOf(cells.slice(1, 1 + frameBits))
  const clipId = numberOf(cells.slice(columns + 1, columns + 1 + clipBits))
  const check = numberOf(cells.slice(columns + 1 + clipBits, columns * 2 - 1))
  return check === checkOf(frame, clipId) ? { frame, clipId } : undefined
}

/**
 * Fills a rectangle with one grey; a pixel that is covered in part is mixed.
 * @param {Uint8Array | Uint8ClampedArray} rgb @param {number} width @param {number} height
 * @param {Rect} rect @param {number} level
 */
function fillGrey(rgb, width, height, rect, level) {
  const right = rect.x + rect.width
  const bottom = rect.y + rect.height
  for (let y = Math.max(0, Math.floor(rect.y)); y < Math.min(height, Math.ceil(bottom)); y++) {
    const coverY = Math.min(y + 1, bottom) - Math.max(y, rect.y)
    for (let x = Math.max(0, Math.floor(rect.x)); x < Math.min(width, Math.ceil(right)); x++) {
      const cover = coverY * (Math.min(x + 1, right) - Math.max(x, rect.x))
      for (let at = (y * width + x) * 3, end = at + 3; at < end; at++) {
        rgb[at] = Math.round((rgb[at] ?? 0) * (1 - cover) + level * cover)
      }
    }
  }
}

/**
 * Draws the code into a picture of 8-bit RGB.
 * @param {Uint8Array | Uint8ClampedArray} rgb @param {number} width @param {number} height
 * @param {number} frame @param {number} clipId
 */
export function drawFrameCode(rgb, width, height, frame, clipId) {
  const { cell, left, top, plate } = frameCodeLayout(width, height)
  fillGrey(rgb, width, height, plate, plateLevel)
  for (const [index, light] of frameCodeCells(frame, clipId).entries()) {
    const x = left + (index % columns) * cell
    const y = top + Math.floor(index / columns) * cell
    fillGrey(rgb, width, height, { x, y, width: cell, height: cell }, light ? lightLevel : darkLevel)
  }
}

/** A capture may be off by half a pixel or so in each direction; nearest offsets first, in cells. */
const offsets = [-0.4, -0.2, 0, 0.2, 0.4]
  .flatMap((dy) => [-0.4, -0.2, 0, 0.2, 0.4].map((dx) => ({ dx, dy })))
  .sort((a, b) => Math.hypot(a.dx, a.dy) - Math.hypot(b.dx, b.dy))

/** Below this many levels between light and dark there is no code, only texture. */
const leastContrast = 40
/** A cell nearer to the middle than this is unreadable: better no answer than a wrong one. */
const clearFromMiddle = 0.12

/**
 * Reads the code from a capture in 8-bit RGBA whose picture fills `videoRect` (fractions allowed).
 * Undefined if there is no code, or if any cell is in doubt.
 * @param {ArrayLike<number>} rgba @param {number} width @param {number} height @param {Rect} videoRect
 * @returns {FrameCode | undefined}
 */
export function readFrameCode(rgba, width, height, videoRect) {
  const { cell, left, top } = frameCodeLayout(videoRect.width, videoRect.height)
  for (const { dx, dy } of offsets) {
    const x = videoRect.x + left + dx * cell
    const y = videoRect.y + top + dy * cell
    if (x < 0 || y < 0 || x + columns * cell > width || y + rows * cell > height) continue
    const levels = Array.from({ length: columns * rows }, (_, index) =>
      levelOf(
        rgba,
        width,
        x + ((index % columns) + 0.5) * cell,
        y + (Math.floor(index / columns) + 0.5) * cell,
        cell,
      ),
    )
    const cells = cellsOf(levels)
    const code = cells && decodeFrameCodeCells(cells)
    if (code) return code
  }
  return undefined
}

/**
 * The mean luma of the inner half of a cell, away from its neighbours' blur.
 * @param {ArrayLike<number>} rgba @param {number} width @param {number} x @param {number} y @param {number} cell
 */
function levelOf(rgba, width, x, y, cell) {
  const reach = cell / 4
  const firstX = Math.min(Math.floor(x), Math.ceil(x - reach - 0.5))
  const lastX = Math.max(Math.floor(x), Math.floor(x + reach - 0.5))
  const firstY = Math.min(Math.floor(y), Math.ceil(y - reach - 0.5))
  const lastY = Math.max(Math.floor(y), Math.floor(y + reach - 0.5))
  let sum = 0
  for (let row = firstY; row <= lastY; row++) {
    for (let column = firstX; column <= lastX; column++) {
      const at = (row * width + column) * 4
      sum += 0.2126 * (rgba[at] ?? 0) + 0.7152 * (rgba[at + 1] ?? 0) + 0.0722 * (rgba[at + 2] ?? 0)
    }
  }
  return sum / ((lastX - firstX + 1) * (lastY - firstY + 1))
}

/**
 * Light or dark for each level, measured between the guards; undefined without clear guards and cells.
 * @param {readonly number[]} levels @returns {boolean[] | undefined}
 */
function cellsOf(levels) {
  const [first = 0, last = 0] = [levels[0], levels[columns * 2 - 1]]
  const [firstDark = 0, lastDark = 0] = [levels[columns], levels[columns - 1]]
  const light = (first + last) / 2
  const dark = (firstDark + lastDark) / 2
  const contrast = light - dark
  if (contrast < leastContrast) return undefined
  if (Math.max(Math.abs(first - last), Math.abs(firstDark - lastDark)) > contrast * 0.4) return undefined
  const places = levels.map((level) => (level - dark) / contrast - 0.5)
  return places.some((place) => Math.abs(place) < clearFromMiddle)
    ? undefined
    : places.map((place) => place > 0)
}

/**
 * Where a picture lies in a box that shows it whole and centred (`object-fit: contain`), for `readFrameCode`.
 * @param {Rect} box @param {number} pictureWidth @param {number} pictureHeight @returns {Rect}
 */
export function containedPicture(box, pictureWidth, pictureHeight) {
  const scale = Math.min(box.width / pictureWidth, box.height / pictureHeight)
  const width = pictureWidth * scale
  const height = pictureHeight * scale
  return { x: box.x + (box.width - width) / 2, y: box.y + (box.height - height) / 2, width, height }
}
