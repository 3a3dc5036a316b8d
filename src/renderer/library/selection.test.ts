import { describe, expect, test } from 'vitest'
import { handedOver, movedIndex, noSelection, selectionAfter } from './selection.ts'

describe('selectionAfter', () => {
  test('toggles one and keeps the others', () => {
    const one = selectionAfter(noSelection, { kind: 'only', id: 'a', index: 0 })
    const two = selectionAfter(one, { kind: 'toggle', id: 'b', index: 3 })
    expect([...two.ids]).toEqual(['a', 'b'])
    expect([...selectionAfter(two, { kind: 'toggle', id: 'a', index: 0 }).ids]).toEqual(['b'])
  })
  test('a range keeps its anchor, so that it can be drawn smaller again', () => {
    const one = selectionAfter(noSelection, { kind: 'only', id: 'c', index: 2 })
    const range = selectionAfter(one, { kind: 'range', ids: ['c', 'd', 'e'], index: 4 })
    expect(range.anchor).toBe(2)
    expect(range.active).toBe(4)
  })
  test('clearing leaves the keyboard where it was', () => {
    const one = selectionAfter(noSelection, { kind: 'only', id: 'c', index: 2 })
    const none = selectionAfter(one, { kind: 'clear' })
    expect(none.ids.size).toBe(0)
    expect(none.active).toBe(2)
  })
})

describe('movedIndex', () => {
  // 0 1 2 3 / 4 5 6 7 / 8 9
  const shape = { count: 10, columns: 4, pageRows: 2 }
  test.each([
    ['ArrowRight', 3, 4],
    ['ArrowRight', 9, 9],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 1, 5],
    ['ArrowDown', 7, 9],
    ['ArrowDown', 8, 8],
    ['ArrowUp', 5, 1],
    ['ArrowUp', 2, 2],
    ['PageDown', 1, 9],
    ['PageUp', 6, 2],
    ['Home', 7, 0],
    ['End', 0, 9],
  ])('%s from %d leads to %d', (key, from, to) => expect(movedIndex(key, from, shape)).toBe(to))
  test('other keys and empty lists lead nowhere', () => {
    expect(movedIndex('x', 0, shape)).toBeUndefined()
    expect(movedIndex('End', 0, { ...shape, count: 0 })).toBeUndefined()
  })
})

test('what was chosen on its way is chosen as the asset it became, and not before', () => {
  const chosen = selectionAfter(noSelection, { kind: 'all', ids: ['transfer', 'asset', 'other'] })
  const heirs = new Map([['transfer', 'made']])
  expect([...handedOver(chosen, heirs, new Set()).ids]).toEqual(['made', 'asset', 'other'])
  expect(handedOver(chosen, heirs, new Set(['transfer']))).toBe(chosen)
})
