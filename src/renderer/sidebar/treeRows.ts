import type { Connection } from '../../shared/connection.ts'
import type { Place } from '../../shared/place.ts'
import type { Children } from './placeStore.ts'

/** One line of the tree as it is shown now. */
export type TreeRow =
  | {
      readonly kind: 'connection'
      readonly key: string
      readonly level: 1
      readonly isOpen: boolean
      readonly connection: Connection
    }
  | {
      readonly kind: 'place'
      readonly key: string
      readonly level: number
      readonly isOpen: boolean
      readonly place: Place
    }
  | {
      readonly kind: 'note'
      readonly key: string
      readonly level: number
      readonly note: 'loading' | 'empty' | 'failed'
    }

interface Known {
  readonly children: Readonly<Record<string, Children>>
  readonly open: ReadonlySet<string>
}

/** The open part of the tree as a list, top to bottom. */
export function treeRows(connections: readonly Connection[], known: Known): TreeRow[] {
  const rows: TreeRow[] = []
  for (const connection of connections) {
    const isOpen = known.open.has(connection.id)
    rows.push({ kind: 'connection', key: connection.id, level: 1, isOpen, connection })
    if (isOpen) addBranch(rows, connection.id, 2, known)
  }
  return rows
}

function addBranch(rows: TreeRow[], key: string, level: number, known: Known) {
  const branch = known.children[key]
  if (branch === undefined || (branch.state === 'loading' && branch.places.length === 0)) {
    rows.push({ kind: 'note', key: `${key} loading`, level, note: 'loading' })
    return
  }
  if (branch.places.length === 0) {
    rows.push({
      kind: 'note',
      key: `${key} note`,
      level,
      note: branch.state === 'failed' ? 'failed' : 'empty',
    })
    return
  }
  for (const place of branch.places) {
    const isOpen = place.hasChildren && known.open.has(place.id)
    rows.push({ kind: 'place', key: place.id, level, isOpen, place })
    if (isOpen && level < 32) addBranch(rows, place.id, level + 1, known)
  }
}

export const nameOf = (row: TreeRow): string =>
  row.kind === 'connection' ? row.connection.name : row.kind === 'place' ? row.place.name : ''

/** The row that typed letters mean: the next one after `from` that begins with them, around the end. */
export function typedRow(rows: readonly TreeRow[], from: number, typed: string): number | undefined {
  const start = typed.toLocaleLowerCase()
  // A single letter moves on; more letters may still mean the row they have led to.
  const offset = Array.from(typed).length === 1 ? 1 : 0
  for (let step = 0; step < rows.length; step += 1) {
    const index = (from + offset + step + rows.length) % rows.length
    const row = rows[index]
    if (row !== undefined && nameOf(row).toLocaleLowerCase().startsWith(start)) return index
  }
  return undefined
}

/** Where Left leads from a row: the row it hangs under. */
export function parentRow(rows: readonly TreeRow[], index: number): number | undefined {
  const level = rows[index]?.level ?? 1
  for (let each = index - 1; each >= 0; each -= 1) {
    if ((rows[each]?.level ?? 1) < level) return each
  }
  return undefined
}
