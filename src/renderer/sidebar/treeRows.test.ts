import { expect, test } from 'vitest'
import type { Connection } from '../../shared/connection.ts'
import type { Place } from '../../shared/place.ts'
import { parentRow, treeRows, typedRow } from './treeRows.ts'

const connection = { id: 'c', name: 'Northlight', state: 'online' } as Connection
const place = (id: string, name: string, hasChildren = false) => ({ id, name, hasChildren }) as Place
const known = {
  open: new Set(['c', 'p1']),
  children: {
    c: {
      state: 'ready' as const,
      failure: null,
      places: [place('p1', 'Autumn', true), place('p2', 'Winter')],
    },
    p1: { state: 'ready' as const, failure: null, places: [place('f1', 'Day 1'), place('f2', 'Day 2')] },
  },
}

test('shows what is open, with its depth', () => {
  const rows = treeRows([connection], known)
  expect(rows.map((row) => [row.key, row.level])).toEqual([
    ['c', 1],
    ['p1', 2],
    ['f1', 3],
    ['f2', 3],
    ['p2', 2],
  ])
})

test('a branch on its way and an empty one say so', () => {
  const loading = treeRows([connection], { open: new Set(['c']), children: {} })
  expect(loading.at(-1)).toMatchObject({ kind: 'note', note: 'loading' })
  const empty = treeRows([connection], {
    open: new Set(['c']),
    children: { c: { state: 'ready', failure: null, places: [] } },
  })
  expect(empty.at(-1)).toMatchObject({ kind: 'note', note: 'empty' })
})

test('typed letters go to the next that begins with them, around the end', () => {
  const rows = treeRows([connection], known)
  expect(typedRow(rows, 0, 'd')).toBe(2)
  expect(typedRow(rows, 2, 'd')).toBe(3)
  expect(typedRow(rows, 3, 'd')).toBe(2)
  expect(typedRow(rows, 2, 'day 2')).toBe(3)
  expect(typedRow(rows, 2, 'day')).toBe(2)
  expect(typedRow(rows, 0, 'x')).toBeUndefined()
})

test('left leads to what a row hangs under', () => {
  const rows = treeRows([connection], known)
  expect(parentRow(rows, 3)).toBe(1)
  expect(parentRow(rows, 4)).toBe(0)
  expect(parentRow(rows, 0)).toBeUndefined()
})
