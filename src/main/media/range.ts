/** Both ends inclusive, as in the header. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * One `Range` of a file of `size` bytes (RFC 9110, section 14.2). Undefined: no range asked for, or one we do not serve
 * (several ranges, other units), to be answered with the whole.
 */
export function parseRange(header: string | null, size: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '')
  if (match === null) return undefined
  const [, first = '', last = ''] = match
  if (first === '' && last === '') return undefined
  if (first === '') {
    const length = Number(last)
    if (length === 0 || size === 0) return 'unsatisfiable'
    return { start: Math.max(0, size - length), end: size - 1 }
  }
  const start = Number(first)
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1)
  if (start >= size) return 'unsatisfiable'
  return end < start ? undefined : { start, end }
}
