/** How much of each pixel a shape covers, and the shape of a drawn line. */

/** @typedef {import('./canvas.mjs').Area} Area */
/** @typedef {import('./canvas.mjs').Point} Point */

/** @param {readonly (readonly Point[])[]} outlines @returns {Area} */
export function boundsOf(outlines) {
  const area = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity }
  for (const outline of outlines) {
    for (const [x, y] of outline) {
      area.left = Math.min(area.left, x)
      area.right = Math.max(area.right, x)
      area.top = Math.min(area.top, y)
      area.bottom = Math.max(area.bottom, y)
    }
  }
  return area
}

/**
 * How much of each pixel the outlines cover: signed areas are collected per edge and summed along each row.
 * @param {readonly (readonly Point[])[]} outlines @param {number} scale
 * @param {number} left @param {number} top @param {number} width @param {number} height
 */
export function coverage(outlines, scale, left, top, width, height) {
  const stride = width + 1
  const sums = new Float32Array(stride * height + 1)
  for (const outline of outlines) {
    let [fromX, fromY] = outline.at(-1) ?? [0, 0]
    for (const [toX, toY] of outline) {
      addEdge(
        sums,
        stride,
        width,
        height,
        fromX * scale - left,
        fromY * scale - top,
        toX * scale - left,
        toY * scale - top,
      )
      fromX = toX
      fromY = toY
    }
  }
  for (let y = 0; y < height; y++) {
    let sum = 0
    for (let at = y * stride; at < y * stride + width; at++) {
      sum += sums[at] ?? 0
      sums[at] = Math.min(1, Math.abs(sum))
    }
  }
  return sums
}

/**
 * @param {Float32Array} sums @param {number} stride @param {number} width @param {number} height
 * @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1
 */
function addEdge(sums, stride, width, height, x0, y0, x1, y1) {
  if (y0 === y1) return
  const direction = y0 < y1 ? 1 : -1
  const slope = (x1 - x0) / (y1 - y0)
  const topY = Math.min(y0, y1)
  const bottomY = Math.min(height, Math.max(y0, y1))
  for (let row = Math.max(0, Math.floor(topY)); row < bottomY; row++) {
    const from = Math.max(row, topY)
    const to = Math.min(row + 1, bottomY)
    const tall = (to - from) * direction
    if (tall === 0) continue
    const xa = x0 + (from - y0) * slope
    const xb = x0 + (to - y0) * slope
    addSpan(sums, row * stride, width, Math.min(xa, xb), Math.max(xa, xb), tall)
  }
}

/**
 * One edge inside one row, from `low` to `high`: every pixel to its right is covered by `tall`.
 * @param {Float32Array} sums @param {number} start @param {number} width
 * @param {number} low @param {number} high @param {number} tall
 */
function addSpan(sums, start, width, low, high, tall) {
  if (high <= 0) {
    sums[start] = (sums[start] ?? 0) + tall
    return
  }
  if (low >= width) return
  if (high - low < 1e-6) {
    const column = Math.min(width - 1, Math.floor(low))
    const right = column + 1 - Math.max(0, low)
    sums[start + column] = (sums[start + column] ?? 0) + tall * right
    sums[start + column + 1] = (sums[start + column + 1] ?? 0) + tall * (1 - right)
    return
  }
  // What lies left of the picture covers its first pixel whole.
  const perUnit = tall / (high - low)
  let done = 0
  if (low < 0) {
    done = -low * perUnit
    sums[start] = (sums[start] ?? 0) + done
  }
  for (let column = Math.max(0, Math.floor(low)); column < Math.min(width, high); column++) {
    const from = Math.max(column, low)
    const to = Math.min(column + 1, high)
    const part = (to - from) * perUnit
    const right = column + 1 - (from + to) / 2
    sums[start + column] = (sums[start + column] ?? 0) + part * right
    sums[start + column + 1] = (sums[start + column + 1] ?? 0) + part * (1 - right)
  }
}

/**
 * The outlines of a line: a quadrilateral for each piece and a disc for each point, all in one direction.
 * @param {readonly Point[]} points @param {number | readonly number[]} widths @returns {Point[][]}
 */
export function strokeOutlines(points, widths) {
  /** @type {Point[][]} */
  const outlines = []
  const widthAt = (/** @type {number} */ index) =>
    (typeof widths === 'number' ? widths : (widths[index] ?? widths.at(-1) ?? 1)) / 2
  for (const [index, [x, y]] of points.entries()) {
    const half = widthAt(index)
    const corners = half < 1 ? 6 : 12
    outlines.push(
      Array.from({ length: corners }, (_, corner) => {
        const angle = (corner / corners) * Math.PI * 2
        return [x + Math.cos(angle) * half, y + Math.sin(angle) * half]
      }),
    )
    const next = points[index + 1]
    if (!next) continue
    const length = Math.hypot(next[0] - x, next[1] - y) || 1
    const acrossX = -(next[1] - y) / length
    const acrossY = (next[0] - x) / length
    const nextHalf = widthAt(index + 1)
    outlines.push([
      [x - acrossX * half, y - acrossY * half],
      [next[0] - acrossX * nextHalf, next[1] - acrossY * nextHalf],
      [next[0] + acrossX * nextHalf, next[1] + acrossY * nextHalf],
      [x + acrossX * half, y + acrossY * half],
    ])
  }
  return outlines
}
