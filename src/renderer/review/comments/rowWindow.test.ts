import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { seeded } from '../../../../tests/fakes/seeded.ts'
import { type RowElements, RowWindow } from './rowWindow.ts'

/** As much of an element as the window of rows touches. */
class FakeElement {
  readonly style = { height: '', transform: '' }
  readonly dataset: Record<string, string> = {}
  children: FakeElement[] = []
  clientWidth = 300
  clientHeight = 0
  height = 0
  scrolled: () => void = () => undefined
  #scrollTop = 0
  furthest: () => number = () => 0

  get scrollTop(): number {
    return this.#scrollTop
  }
  /** As far as it goes; the news comes with the next frame. */
  set scrollTop(place: number) {
    this.#scrollTop = Math.max(0, Math.min(this.furthest(), place))
  }
  addEventListener(_name: string, listener: () => void): void {
    this.scrolled = listener
  }
  removeEventListener(): void {
    this.scrolled = () => undefined
  }
  contains(): boolean {
    return false
  }
  getBoundingClientRect() {
    return { height: this.height }
  }
}

beforeEach(() => {
  vi.stubGlobal('HTMLElement', FakeElement)
  vi.stubGlobal('document', { activeElement: null })
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {
        return undefined
      }
      disconnect() {
        return undefined
      }
    },
  )
})
afterEach(() => vi.unstubAllGlobals())

const view = 500
const pixels = (text: string) => Number(/-?[\d.]+/.exec(text)?.[0])

/** A list with rows of known heights, drawn as often as it is asked for. */
function openList(heights: readonly number[], guess: number) {
  const rows = new RowWindow()
  const list = new FakeElement()
  const all = new FakeElement()
  const block = new FakeElement()
  list.clientHeight = view
  list.furthest = () => Math.max(0, pixels(all.style.height) - view)
  let draws = 0
  const draw = () => {
    for (let turn = 0, drawn: unknown; drawn !== rows.shown; turn += 1) {
      if (turn > 20) throw new Error('it never comes to rest')
      const now = rows.shown
      drawn = now
      draws += 1
      block.children = now.slots.map((_, index) => {
        const element = new FakeElement()
        element.dataset['row'] = String(now.first + index)
        element.height = heights[now.first + index] ?? 0
        return element
      })
      rows.settle(now)
    }
  }
  rows.subscribe(() => undefined)
  const detach = rows.attach({ list, all, block } as unknown as RowElements)
  rows.setRows(
    heights.map((_, row) => `row ${row}`),
    () => guess,
  )
  draw()
  return {
    rows,
    detach,
    draws: () => draws,
    draw,
    scroll(place: number) {
      list.scrollTop = place
      list.scrolled()
      draw()
    },
    place: () => list.scrollTop,
    /** The rows that are on the screen, with their places in it. */
    onScreen() {
      const { first, slots, line } = rows.shown
      let top = pixels(block.style.transform) - list.scrollTop
      const places = slots.map((_, index) => {
        if (line?.before === first + index) top += line.height
        const place = { row: first + index, top, end: top + (heights[first + index] ?? 0) }
        top = place.end
        return place
      })
      return places.filter((place) => place.end > 0 && place.top < view)
    },
  }
}

const someHeights = (count: number) => {
  const random = seeded(53)
  return Array.from({ length: count }, () => 40 + random.below(180))
}

test.each([60, 200])('guessed at %i pixels, rows cover the list wherever it is scrolled to', (guess) => {
  const random = seeded(54)
  const list = openList(someHeights(600), guess)
  for (let turn = 0; turn < 300; turn += 1) {
    list.scroll(random.below(4) === 0 ? random.below(600 * guess) : turn * 40)
    const places = list.onScreen()
    expect(places[0]?.top ?? 1, `turn ${turn}`).toBeLessThanOrEqual(0)
    const isLast = places.at(-1)?.row === 599
    if (!isLast) expect(places.at(-1)?.end ?? 0, `turn ${turn}`).toBeGreaterThanOrEqual(view)
  }
})

test('rows above that turn out to be other than they were thought leave what is read in its place', () => {
  const heights = someHeights(200)
  const list = openList(heights, 60)
  list.scroll(6_000)
  const [first] = list.onScreen()
  if (first === undefined) throw new Error('nothing is on the screen')
  const before = list.rows.shown.first
  let looks = 0
  // Ten pixels up: rows that were never measured come in above.
  for (let step = 0; list.rows.shown.first === before; step += 1) {
    if (step > 60) throw new Error('no other rows came')
    const [top] = list.onScreen()
    const place = list.onScreen().find(({ row }) => row === first.row)
    if (top === undefined || place === undefined) break
    list.scroll(list.place() - 10)
    const now = list.onScreen().find(({ row }) => row === first.row)
    if (now === undefined) continue
    looks += 1
    expect(now.top).toBeCloseTo(place.top + 10, 5)
  }
  expect(looks).toBeGreaterThan(0)
  expect(list.rows.shown.first).toBeLessThan(before)
})

test('the line is followed in steps: only when it has left what is seen', () => {
  const heights = someHeights(400)
  const list = openList(heights, 90)
  const height = 24
  let moves = 0
  for (let before = 1; before < 300; before += 1) {
    const row = before - 1
    const found = list.onScreen().find((each) => each.row === row)
    // The line that stood above it goes below it.
    const top = (found?.top ?? -1) - (before > 1 ? height : 0)
    const isSeen = found !== undefined && top >= 0 && top + (heights[row] ?? 0) + height <= view
    const from = list.place()
    list.rows.mark({ line: { before, height }, marked: `row ${row}` }, true)
    list.draw()
    const place = list.onScreen().find((each) => each.row === row)
    expect(list.place() === from, `row ${row} stays`).toBe(isSeen)
    expect(place?.top, `row ${row}`).toBeCloseTo(isSeen ? top : view / 4, 5)
    if (!isSeen) moves += 1
  }
  expect(moves).toBeGreaterThan(0)
})

test('a row is brought into sight by its key, and stays where it is seen', () => {
  const heights = someHeights(400)
  const list = openList(heights, 90)
  list.rows.mark({ line: { before: 2, height: 24 }, marked: 'row 1' }, false)
  list.draw()
  for (const row of [300, 5, 399, 0]) {
    list.rows.reveal(`row ${row}`)
    list.draw()
    const place = list.onScreen().find((each) => each.row === row)
    expect(place?.top ?? -1, `row ${row}`).toBeGreaterThanOrEqual(0)
    expect(place?.end ?? view + 1, `row ${row}`).toBeLessThanOrEqual(view)
    // Not where it was put, and seen all the same.
    list.scroll(list.place() + (row === 300 ? 20 : 0))
    const from = list.place()
    list.rows.reveal(`row ${row}`)
    list.rows.reveal('gone')
    list.draw()
    expect(list.place()).toBe(from)
  }
})

test('nothing is drawn when nothing moves', () => {
  const list = openList(someHeights(100), 90)
  list.rows.mark({ line: { before: 2, height: 24 }, marked: 'row 1' }, true)
  list.draw()
  const draws = list.draws()
  const { shown } = list.rows
  for (let turn = 0; turn < 50; turn += 1)
    list.rows.mark({ line: { before: 2, height: 24 }, marked: 'row 1' }, true)
  expect(list.rows.shown).toBe(shown)
  expect(list.draws()).toBe(draws)
})

test('other rows leave the one on top where it is', () => {
  const heights = someHeights(300)
  const list = openList(heights, 90)
  list.scroll(9_000)
  const [top] = list.onScreen()
  if (top === undefined) throw new Error('nothing is on the screen')
  list.rows.setRows(
    heights.flatMap((_, row) => (row < 20 ? [] : [`row ${row}`])),
    () => 90,
  )
  const shown = list.rows.shown.first + list.rows.shown.slots.length
  expect(list.rows.shown.first).toBeLessThanOrEqual(top.row - 20)
  expect(shown).toBeGreaterThan(top.row - 20)
})

describe('rows that fly past', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  /** The rows that exist and rest. */
  const resting = ({ shown: { first, slots, rested } }: RowWindow) =>
    slots.flatMap((_, index) =>
      first + index >= rested[0] && first + index < rested[1] ? [first + index] : [],
    )
  const existing = ({ shown: { first, slots } }: RowWindow) => slots.map((_, index) => first + index)

  test('only those that stay on the screen rest, until none came for a while', () => {
    const { rows, scroll, draw } = openList(someHeights(400), 90)
    expect(resting(rows)).toEqual(existing(rows))
    let kept = existing(rows)
    for (let turn = 1; turn < 30; turn += 1) {
      vi.advanceTimersByTime(10)
      scroll(turn * 130)
      kept = kept.filter((row) => existing(rows).includes(row))
      expect(resting(rows), `turn ${turn}`).toEqual(kept)
    }
    expect(kept).toEqual([])
    scroll(20_000)
    vi.advanceTimersByTime(399)
    expect(resting(rows)).toEqual([])
    vi.advanceTimersByTime(1)
    draw()
    expect(resting(rows)).toEqual(existing(rows))
  })

  test('all rest at once when somebody comes, and nothing is drawn for one who stays', () => {
    const { rows, scroll, draws, draw } = openList(someHeights(400), 90)
    scroll(12_000)
    expect(resting(rows)).toEqual([])
    rows.rest()
    draw()
    expect(resting(rows)).toEqual(existing(rows))
    const before = draws()
    const { shown } = rows
    rows.rest()
    vi.advanceTimersByTime(5_000)
    expect(rows.shown).toBe(shown)
    expect(draws()).toBe(before)
  })

  test('none comes to rest under a press', () => {
    const { rows, scroll } = openList(someHeights(400), 90)
    scroll(12_000)
    rows.press(true)
    vi.advanceTimersByTime(5_000)
    scroll(14_000)
    vi.advanceTimersByTime(5_000)
    expect(resting(rows)).toEqual([])
    rows.press(false)
    vi.advanceTimersByTime(399)
    expect(resting(rows)).toEqual([])
    vi.advanceTimersByTime(1)
    expect(resting(rows)).toEqual(existing(rows))
  })

  test('a list that goes and comes back has no row left that flies', () => {
    const { rows, scroll, detach } = openList(someHeights(400), 90)
    scroll(12_000)
    detach()
    expect(resting(rows)).toEqual(existing(rows))
    expect(vi.getTimerCount()).toBe(0)
  })
})
