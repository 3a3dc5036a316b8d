import { RowHeights } from './rowHeights.ts'
import { noRows, type PlacedRows, placeRows } from './rowSlots.ts'

/** A line of its own between two rows. */
export interface Line {
  /** The row it stands before. */
  readonly before: number
  readonly height: number
}

/** Where things stand in the list: a line, and a row that is marked. */
export interface Marks {
  readonly line: Line | null
  /** The key of the row. */
  readonly marked: string | null
}

/** What is drawn: the rows that exist, and what stands at them. */
export interface ShownRows extends PlacedRows, Marks {
  /** The rows that somebody had the time to look at, from the first to before the second; others only fly past. */
  readonly rested: readonly [number, number]
}

/** The elements of a list; rows are the children of `block` that have `data-row`, in order. */
export interface RowElements {
  /** What scrolls. */
  readonly list: HTMLElement
  /** As high as all rows together. */
  readonly all: HTMLElement
  /** Holds the rows that exist, one below the other, and is moved to where they are. */
  readonly block: HTMLElement
}

/** Rows that are always ready above and below what is seen: the next one by Tab is there. */
const fewestSpare = 1
/** As many are made when others must be: a turn of the wheel shows no gap, and not every one draws. */
const spare = 2
/** Where a row that is gone to stands, as a share of the list's height: what comes next has room below. */
const goal = 0.25
const endSpace = 16
/** All rows rest. */
export const allRows: readonly [number, number] = [0, Number.POSITIVE_INFINITY]
/** Rows rest when no others came for so long: longer than a list that follows a clip stands between two of its steps. */
const restMs = 400

/**
 * The rows of a long list that exist, outside of React: it says which rows are in which element, measures them once they
 * are drawn, and puts them where they belong without drawing again. What is seen stays where it is while heights around
 * it become known.
 */
export class RowWindow {
  #keys: readonly string[] = []
  #guess: (row: number, width: number) => number = () => 0
  #heights = new RowHeights(0, () => 0)
  /** Measured heights by key; of one width. */
  readonly #measured = new Map<string, number>()
  #width = 0
  /** How far it is scrolled and how much is seen: asking the elements would lay them out each time. */
  #place = 0
  #seen = 0
  #elements: RowElements | null = null
  #shown: ShownRows = { ...noRows, line: null, marked: null, rested: allRows }
  #drawn = this.#shown
  /** The line that the elements stand by. */
  #settledLine: Line | null = null
  /** A row to be brought into sight with the next drawing. */
  #wanted: number | null = null
  #isFollowed = false
  #resting: ReturnType<typeof setTimeout> | undefined
  #isPressed = false
  readonly #listeners = new Set<() => void>()

  get shown(): ShownRows {
    return this.#shown
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Other rows. The one on top stays there if it is still among them. */
  setRows(keys: readonly string[], guess: (row: number, width: number) => number): void {
    // Whoever follows the line looks for it anew.
    this.#isFollowed = false
    this.#rebuild(() => {
      this.#keys = keys
      this.#guess = guess
    })
  }

  /** Follows the scrolling and the size of these elements until the returned function is called. */
  attach(elements: RowElements): () => void {
    this.#elements = elements
    const { list, block } = elements
    const scrolled = () => {
      this.#place = list.scrollTop
      this.#show()
    }
    list.addEventListener('scroll', scrolled, { passive: true })
    const sizes = new ResizeObserver((entries) => {
      if (entries.some(({ target }) => target === list)) this.#resized()
      this.settle(this.#drawn)
    })
    for (const element of [list, block]) sizes.observe(element)
    this.#place = list.scrollTop
    this.#resized()
    return () => {
      this.rest()
      sizes.disconnect()
      list.removeEventListener('scroll', scrolled)
      this.#elements = null
    }
  }

  /** Says where the line and the mark are, and whether the row before the line is brought into sight when it moves. */
  mark(marks: Marks, isFollowed: boolean): void {
    const { line } = marks
    const hasMoved = line?.before !== this.#shown.line?.before || isFollowed !== this.#isFollowed
    this.#isFollowed = isFollowed
    const row = line === null ? -1 : Math.min(this.#keys.length - 1, Math.max(0, line.before - 1))
    const isSought = isFollowed && hasMoved && line !== null && row >= 0 && !this.#isSeen(row, line)
    if (isSought) this.#wanted = row
    this.#show(marks, isSought)
  }

  /** Brings the row with this key into sight, if it is not seen whole. */
  reveal(key: string): void {
    const row = this.#keys.indexOf(key)
    if (row < 0 || this.#isSeen(row, this.#shown.line)) return
    this.#wanted = row
    this.#show(this.#shown, true)
  }

  /** Somebody is at the rows: they rest at once. */
  readonly rest = (): void => {
    clearTimeout(this.#resting)
    if (this.#shown.rested === allRows) return
    this.#shown = { ...this.#shown, rested: allRows }
    this.#tell()
  }

  /** Something in the list is pressed, or no longer: rows do not come to rest under a press, which would lose it. */
  readonly press = (isPressed: boolean): void => {
    this.#isPressed = isPressed
    clearTimeout(this.#resting)
    if (!isPressed && this.#shown.rested !== allRows) this.#resting = setTimeout(this.rest, restMs)
  }

  /** To be called with what is drawn when it is: learns the heights of the rows and puts all in its place. */
  settle(drawn: ShownRows): void {
    this.#drawn = drawn
    const elements = this.#elements
    // Otherwise the next drawing is on its way.
    if (elements === null || this.#width === 0 || drawn !== this.#shown) return
    const anchor = this.#rowAt(this.#place, this.#settledLine)
    const below = this.#place - this.#top(anchor, this.#settledLine)
    this.#measure(elements.block)
    this.#settledLine = this.#shown.line
    this.#stretch(elements)
    const place = this.#wanted === null ? this.#top(anchor) + below : this.#placeFor(this.#wanted)
    this.#wanted = null
    this.#scroll(elements.list, place)
    // Rows that are lower than they were thought to be leave room for more.
    this.#show()
  }

  #measure(block: HTMLElement): void {
    for (const element of block.children) {
      const row = element instanceof HTMLElement ? Number(element.dataset['row'] ?? -1) : -1
      const key = this.#keys[row]
      if (key === undefined) continue
      const { height } = element.getBoundingClientRect()
      this.#heights.set(row, height)
      this.#measured.set(key, height)
    }
  }

  #scroll(list: HTMLElement, place: number): void {
    if (Math.abs(place - this.#place) < 0.5) return
    list.scrollTop = place
    // Near the ends it goes as far as it can, and says nothing when that is where it was.
    this.#place = list.scrollTop
  }

  #stretch({ all, block }: RowElements): void {
    all.style.height = `${this.#total()}px`
    const { first, line } = this.#shown
    // A line right before the first row is drawn with it.
    const isLineAbove = line !== null && line.before < first
    block.style.transform = `translateY(${this.#heights.top(first) + (isLineAbove ? line.height : 0)}px)`
  }

  #resized(): void {
    const { list, block } = this.#elements ?? {}
    const width = block?.clientWidth ?? 0
    this.#seen = list?.clientHeight ?? 0
    if (width === this.#width) this.#show()
    else
      this.#rebuild(() => {
        this.#width = width
        this.#measured.clear()
      })
  }

  /** All heights anew; the row on top stays on top. */
  #rebuild(change: () => void): void {
    const anchor = this.#rowAt(this.#place)
    const key = this.#keys[anchor]
    const below = this.#place - this.#top(anchor)
    change()
    this.#heights = new RowHeights(
      this.#keys.length,
      (row) => this.#measured.get(this.#keys[row] ?? '') ?? this.#guess(row, this.#width),
    )
    if (this.#elements === null) return
    this.#stretch(this.#elements)
    const row = key === undefined ? -1 : this.#keys.indexOf(key)
    this.#scroll(this.#elements.list, row < 0 ? this.#place : this.#top(row) + below)
    this.#show()
  }

  #total(): number {
    return this.#heights.total + (this.#shown.line?.height ?? 0) + endSpace
  }

  #top(row: number, line = this.#shown.line): number {
    return this.#heights.top(row) + (line !== null && line.before <= row ? line.height : 0)
  }

  #rowAt(place: number, line = this.#shown.line): number {
    if (line === null || place < this.#heights.top(line.before)) return this.#heights.rowAt(place)
    return Math.max(line.before, this.#heights.rowAt(place - line.height))
  }

  #placeFor(row: number): number {
    return Math.max(0, Math.min(this.#total() - this.#seen, this.#top(row) - this.#seen * goal))
  }

  #isSeen(row: number, line: Line | null): boolean {
    const top = this.#top(row, line)
    const end = top + this.#heights.height(row) + (line?.height ?? 0)
    return top >= this.#place && end <= this.#place + this.#seen
  }

  /** Draws the rows of where the list is scrolled to, if others are drawn. */
  #show({ line, marked }: Marks = this.#shown, isSought = false): void {
    const list = this.#elements?.list
    const shown = this.#shown
    const isMarked = line?.before === shown.line?.before && marked === shown.marked
    if (list === undefined || this.#width === 0) {
      // Kept for when there is something to draw it in.
      if (!isMarked) this.#shown = { ...shown, line, marked }
      return
    }
    const place = this.#wanted === null ? this.#place : this.#placeFor(this.#wanted)
    const seenFirst = this.#rowAt(place, line)
    const seenLast = this.#rowAt(place + this.#seen, line)
    const end = shown.first + shown.slots.length
    const isReady =
      shown.first <= Math.max(0, seenFirst - fewestSpare) &&
      end >= Math.min(this.#keys.length, seenLast + 1 + fewestSpare) &&
      end <= this.#keys.length
    if (isReady && isMarked && !isSought) return
    this.#shown = { ...(isReady ? shown : this.#placed(list, seenFirst, seenLast)), line, marked }
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  /** After a jump what is seen comes first; what is scrolled to comes with more. */
  #placed(list: HTMLElement, seenFirst: number, seenLast: number): PlacedRows & Pick<ShownRows, 'rested'> {
    const more = this.#wanted === null ? spare : fewestSpare
    const first = Math.max(0, seenFirst - more)
    const end = Math.min(this.#keys.length, seenLast + 1 + more)
    this.#keepFocus(list, first, end)
    return { ...placeRows(this.#shown, first, end), rested: this.#moved(first, end) }
  }

  /** Of the rows that will exist those that rest already. */
  #moved(first: number, end: number): readonly [number, number] {
    const { rested, slots } = this.#shown
    if (slots.length === 0) return rested
    clearTimeout(this.#resting)
    if (!this.#isPressed) this.#resting = setTimeout(this.rest, restMs)
    const start = Math.min(end, Math.max(rested[0], this.#shown.first, first))
    return [start, Math.max(start, Math.min(rested[1], this.#shown.first + slots.length, end))]
  }

  /** An element that is given to another row must not take the focus along. */
  #keepFocus(list: HTMLElement, first: number, end: number): void {
    const focused = document.activeElement
    if (focused === null || focused === list || !list.contains(focused)) return
    const row = focused.closest<HTMLElement>('[data-row]')?.dataset['row']
    if (row !== undefined && (Number(row) < first || Number(row) >= end)) list.focus({ preventScroll: true })
  }
}
