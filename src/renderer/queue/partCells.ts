/** What one cell of the map shows; `some` stands for several parts of which not all are stored. */
export type PartCell = 'stored' | 'moving' | 'some' | 'open'

export const mapColumns = 33
/** More cells than this say no more; then one cell stands for several parts. */
const mostCells = mapColumns * 36

/** The parts of a transfer, one character each, as cells in order. */
export function cellsOf(parts: string): PartCell[] {
  const each = Math.max(1, Math.ceil(parts.length / mostCells))
  const cells: PartCell[] = []
  for (let at = 0; at < parts.length; at += each) cells.push(cellOf(parts.slice(at, at + each)))
  return cells
}

function cellOf(some: string): PartCell {
  if (some.includes('f')) return 'moving'
  if (!some.includes('s')) return 'open'
  return some.includes('.') ? 'some' : 'stored'
}
