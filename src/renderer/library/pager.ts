/** One answer: some rows and how many there are in all. */
export interface RowPage<Row> {
  readonly rows: readonly Row[]
  readonly total: number
}

export type ReadPage<Row> = (offset: number, limit: number) => Promise<RowPage<Row>>

interface Options<Row> {
  readonly read: ReadPage<Row>
  readonly onFailure: (error: unknown) => void
  readonly pageSize?: number
  /** Pages kept; the ones looked at longest ago go first. */
  readonly keep?: number
}

interface Page<Row> {
  readonly rows: readonly Row[]
  readonly generation: number
}

/**
 * A long list of which only the pages that were looked at are here. Rows that are not here yet are undefined, and
 * rows once shown stay until newer ones have arrived, so a refresh never empties the screen.
 */
export class Pager<Row> {
  readonly pageSize: number
  readonly #read: ReadPage<Row>
  readonly #onFailure: (error: unknown) => void
  readonly #keep: number
  readonly #pages = new Map<number, Page<Row>>()
  readonly #asked = new Map<number, number>()
  readonly #listeners = new Set<() => void>()
  #total = 0
  #generation = 0
  #version = 0
  #isLoaded = false
  #isOver = false
  #first = 0
  #last = 0

  constructor({ read, onFailure, pageSize = 200, keep = 30 }: Options<Row>) {
    this.#read = read
    this.#onFailure = onFailure
    this.pageSize = pageSize
    this.#keep = keep
  }

  get total(): number {
    return this.#total
  }

  /** Whether the first answer has come. */
  get isLoaded(): boolean {
    return this.#isLoaded
  }

  /** Grows with every change: what `useSyncExternalStore` compares. */
  readonly version = (): number => this.#version

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  rowAt(index: number): Row | undefined {
    const page = this.#pages.get(Math.floor(index / this.pageSize))
    return page?.rows[index % this.pageSize]
  }

  /** Reads what is missing or out of date between two rows, both included. Asks for each page once. */
  want(first: number, last: number): void {
    this.#first = Math.max(0, first)
    this.#last = Math.max(this.#first, last)
    const end = this.#isLoaded ? Math.min(this.#last, Math.max(0, this.#total - 1)) : this.#last
    for (let page = this.#pageOf(this.#first); page <= this.#pageOf(end); page += 1) void this.#load(page)
  }

  /** Everything may have changed: reads again what is on the screen, the rest when it is looked at. */
  refresh(): void {
    this.#generation += 1
    this.want(this.#first, this.#last)
  }

  /** Changes rows that are here, without asking anybody. */
  change(update: (row: Row) => Row): void {
    let isChanged = false
    for (const [index, page] of this.#pages) {
      const rows = page.rows.map(update)
      if (rows.every((row, at) => row === page.rows[at])) continue
      this.#pages.set(index, { ...page, rows })
      isChanged = true
    }
    if (isChanged) this.#tell()
  }

  /** Every row that is here. */
  each(visit: (row: Row) => void): void {
    for (const page of this.#pages.values()) for (const row of page.rows) visit(row)
  }

  /** The rows between two indexes, both included; reads those that are not here. */
  async rowsBetween(first: number, last: number): Promise<Row[]> {
    const found: Row[] = []
    for (let page = this.#pageOf(first); page <= this.#pageOf(last); page += 1) {
      const rows = this.#pages.get(page)?.rows ?? (await this.#read(page * this.pageSize, this.pageSize)).rows
      rows.forEach((row, at) => {
        const index = page * this.pageSize + at
        if (index >= first && index <= last) found.push(row)
      })
    }
    return found
  }

  /** The index of the first row here that fits. */
  indexOf(fits: (row: Row) => boolean): number | undefined {
    for (const [index, page] of this.#pages) {
      const at = page.rows.findIndex(fits)
      if (at >= 0) return index * this.pageSize + at
    }
    return undefined
  }

  /** Nobody looks any more: answers still on their way are thrown away. */
  end(): void {
    this.#isOver = true
    this.#listeners.clear()
  }

  #pageOf(row: number): number {
    return Math.floor(row / this.pageSize)
  }

  async #load(index: number): Promise<void> {
    const generation = this.#generation
    const here = this.#pages.get(index)
    if (here?.generation === generation) {
      // Used again: to the young end of the map.
      this.#pages.delete(index)
      this.#pages.set(index, here)
      return
    }
    if (this.#asked.get(index) === generation) return
    this.#asked.set(index, generation)
    try {
      const { rows, total } = await this.#read(index * this.pageSize, this.pageSize)
      if (this.#isOver) return
      this.#pages.delete(index)
      this.#pages.set(index, { rows, generation })
      this.#total = total
      this.#isLoaded = true
      this.#forget()
      this.#tell()
    } catch (error) {
      if (!this.#isOver) this.#onFailure(error)
    } finally {
      if (this.#asked.get(index) === generation) this.#asked.delete(index)
    }
  }

  #forget(): void {
    const lastPage = this.#pageOf(Math.max(0, this.#total - 1))
    for (const [index] of this.#pages) {
      const isShown = index >= this.#pageOf(this.#first) && index <= this.#pageOf(this.#last)
      const isGone = index > lastPage || this.#total === 0
      if (isGone || (this.#pages.size > this.#keep && !isShown)) this.#pages.delete(index)
    }
  }

  #tell(): void {
    this.#version += 1
    for (const listener of this.#listeners) listener()
  }
}
