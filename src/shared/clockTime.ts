/** Times as labels, for clips whose frames have no timecode. */

const padded = (value: number, digits = 2) => String(value).padStart(digits, '0')

/** `hh:mm:ss.mmm`, the first whole millisecond that is not before `seconds`. Past midnight it begins again. */
export function formatTime(seconds: number): string {
  // A sum of fractions may lie a hair above the millisecond it means.
  const milliseconds = Math.ceil(seconds * 1000 - 1e-4)
  const total = Math.floor(milliseconds / 1000)
  const clock = [Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60]
  return `${clock.map((field) => padded(field)).join(':')}.${padded(milliseconds % 1000, 3)}`
}

/** What a person typed where a clip counts by time. */
export type TypedTime =
  | { readonly kind: 'at'; readonly seconds: number }
  | { readonly kind: 'later'; readonly seconds: number }
  | { readonly kind: 'frames'; readonly frames: number }
  | { readonly kind: 'problem'; readonly problem: 'empty' | 'notATimecode' | 'outOfRange' }

/**
 * Reads a typed time. Never throws.
 *
 * - `1:02:03.45`, `2:03`, `12.5`, `12`: hours, minutes and seconds from the right, the seconds with decimals.
 * - `+12`, `-3`: a distance in frames; with `:` or a decimal point one in time (`+1:00`, `-0.5`).
 *
 * A field that is too large carries. A day or more is `outOfRange`.
 */
export function parseTypedTime(text: string): TypedTime {
  const compact = text.replace(/\s+/g, '')
  if (compact === '') return { kind: 'problem', problem: 'empty' }
  const match = /^([+\-\u2212]?)((?:\d{1,6}:){0,2}\d{1,6})(?:[.,](\d{0,9}))?$/.exec(compact)
  if (match === null) return { kind: 'problem', problem: 'notATimecode' }
  const [, sign = '', whole = '', decimals] = match
  const way = sign === '' || sign === '+' ? 1 : -1
  if (sign !== '' && decimals === undefined && !whole.includes(':'))
    return { kind: 'frames', frames: way * Number(whole) }
  const seconds =
    whole.split(':').reduce((sum, field) => sum * 60 + Number(field), 0) + Number(`0.${decimals || '0'}`)
  if (seconds >= 86_400) return { kind: 'problem', problem: 'outOfRange' }
  return sign === '' ? { kind: 'at', seconds } : { kind: 'later', seconds: way * seconds }
}
