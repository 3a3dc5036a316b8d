/**
 * How tall the rows of a long list are: guessed at first, known once they were on the screen. Where a row begins, which
 * row is at a place and a corrected height each take log n steps, so that ten thousand rows cost what ten do.
 */
export class RowHeights {
  readonly #heights: Float64Array
  /** Fenwick's tree: node n holds the sum of the n & -n rows that end with the nth. */
  readonly #sums: Float64Array
  readonly #widest: number

  constructor(count: number, heightOf: (row: number) => number) {
    this.#heights = Float64Array.from({ length: count }, (_, row) => heightOf(row))
    this.#sums = new Float64Array(count + 1)
    this.#widest = count === 0 ? 0 : 2 ** Math.floor(Math.log2(count))
    for (let node = 1; node <= count; node += 1) {
      this.#sums[node] = (this.#sums[node] ?? 0) + (this.#heights[node - 1] ?? 0)
      const above = node + (node & -node)
      if (above <= count) this.#sums[above] = (this.#sums[above] ?? 0) + (this.#sums[node] ?? 0)
    }
  }

  get count(): number {
    return this.#heights.length
  }

  get total(): number {
    return this.top(this.count)
  }

  height(row: number): number {
    return this.#heights[row] ?? 0
  }

  /** Where a row begins: the heights of all before it. */
  top(row: number): number {
    let sum = 0
    for (let node = Math.max(0, Math.min(this.count, row)); node > 0; node -= node & -node)
      sum += this.#sums[node] ?? 0
    return sum
  }

  /** The row that holds a place; the first or the last one for a place beyond the ends. */
  rowAt(place: number): number {
    let row = 0
    let left = place
    for (let width = this.#widest; width >= 1; width /= 2) {
      const sum = this.#sums[row + width]
      if (sum === undefined || sum > left) continue
      row += width
      left -= sum
    }
    return Math.max(0, Math.min(this.count - 1, row))
  }

  set(row: number, height: number): void {
    const more = height - this.height(row)
    if (more === 0 || row < 0 || row >= this.count) return
    this.#heights[row] = height
    for (let node = row + 1; node <= this.count; node += node & -node)
      this.#sums[node] = (this.#sums[node] ?? 0) + more
  }
}
