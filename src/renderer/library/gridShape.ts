const side = 20
const gap = 16
const rowGap = 20
/** Name and facts under the picture, with the space between. */
const words = 48

export interface GridLayout {
  readonly columns: number
  readonly rowHeight: number
}

/** Columns that fit and the height of a row, from the width of the content and the narrowest card. */
export function gridLayout(width: number, narrowest: number): GridLayout {
  const inner = Math.max(narrowest, width - 2 * side)
  const columns = Math.max(1, Math.floor((inner + gap) / (narrowest + gap)))
  const card = (inner - gap * (columns - 1)) / columns
  return { columns, rowHeight: Math.round((card * 9) / 16) + words + rowGap }
}
