/** Boxes of ISO BMFF files (ISO/IEC 14496-12): a length, a name of four letters, a body. */

export interface Box {
  readonly name: string
  readonly body: DataView
}

/** The length that a box's header states, with the header's own; 0 length means "to the end". Undefined if it is no header. */
export function boxHeader(view: DataView): { name: string; header: number; length: number } | undefined {
  if (view.byteLength < 8) return undefined
  const name = String.fromCharCode(...[4, 5, 6, 7].map((at) => view.getUint8(at)))
  const short = view.getUint32(0)
  if (short !== 1) return short === 0 || short >= 8 ? { name, header: 8, length: short } : undefined
  if (view.byteLength < 16) return undefined
  const length = view.getUint32(8) * 2 ** 32 + view.getUint32(12)
  return length >= 16 && Number.isSafeInteger(length) ? { name, header: 16, length } : undefined
}

/** The boxes inside of a body, in order; a broken one ends the list, a cut-off one has what is there. */
export function* boxesIn(body: DataView): Generator<Box> {
  let at = 0
  while (at < body.byteLength) {
    const rest = viewOf(body, at)
    const found = boxHeader(rest)
    if (found === undefined) return
    const length = found.length === 0 ? rest.byteLength : found.length
    yield { name: found.name, body: viewOf(body, at + found.header, length - found.header) }
    at += length
  }
}

/** Follows names down; undefined where one is missing. */
export function boxAt(body: DataView, ...names: readonly string[]): DataView | undefined {
  let here: DataView | undefined = body
  for (const name of names) {
    const inside: DataView | undefined = here
    here = undefined
    if (inside === undefined) return undefined
    for (const box of boxesIn(inside))
      if (box.name === name) {
        here = box.body
        break
      }
  }
  return here
}

/** A part of a view, cut to what is there. */
export function viewOf(view: DataView, offset: number, length = Number.POSITIVE_INFINITY): DataView {
  const from = Math.min(view.byteLength, offset)
  return new DataView(view.buffer, view.byteOffset + from, Math.min(view.byteLength - from, length))
}

/** A signed or unsigned number of 8 bytes; undefined beyond what a double holds exactly. */
export function wideNumber(view: DataView, at: number, isSigned = false): number | undefined {
  const value = isSigned ? view.getBigInt64(at) : view.getBigUint64(at)
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : undefined
}
