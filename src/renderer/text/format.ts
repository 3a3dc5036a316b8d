/** Numbers as people say them. One language's habits: a second language brings its own file like this one. */

const byteUnits = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const

/** `412 MB`, `9.8 GB`: decimal units as disks and networks are sold, one decimal below 100 from MB up. */
export function bytes(value: number): string {
  let unit = 0
  let size = value
  while (size >= 999.5 && unit < byteUnits.length - 1) {
    size /= 1000
    unit += 1
  }
  const digits = unit >= 2 && size < 99.95 ? 1 : 0
  return `${trimmed(size, digits)} ${byteUnits[unit]}`
}

const trimmed = (value: number, digits: number) => String(Number(value.toFixed(digits)))

/** `6.1 of 9.8 GB`, with one unit where both have the same. */
export function bytesOf(part: number, whole: number): string {
  const [value, unit] = bytes(part).split(' ')
  const total = bytes(whole)
  return total.endsWith(` ${unit}`) ? `${value} of ${total}` : `${value} ${unit} of ${total}`
}

export const speed = (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`

/** A share as whole percent; never 100 before all of it is there. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return '0 %'
  const share = Math.floor((part / whole) * 100)
  return `${Math.max(0, Math.min(100, share))} %`
}

/** Counts in full up to 10,000 and rounded above: `9,999`, `50 k`, `1.2 M`. */
export function count(value: number): string {
  if (value <= 10_000) return value.toLocaleString('en-US')
  if (value < 999_500) return `${trimmed(value / 1000, value < 99_950 ? 1 : 0)} k`
  return `${trimmed(value / 1_000_000, 1)} M`
}

/** Every digit of a count, where somebody decides by it. */
export const exactCount = (value: number): string => value.toLocaleString('en-US')

export const plural = (value: number, one: string, many: string): string =>
  `${exactCount(value)} ${value === 1 ? one : many}`

/** A stretch of time as an estimate: `18 s`, `6 min`, `2 h 10 min`, `3 days`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return plural(Math.round(hours / 24), 'day', 'days')
}

/** How long ago, short: `now`, `4 min`, `2 h`, `3 days`. */
export function age(then: number, now: number): string {
  const seconds = Math.max(0, (now - then) / 1000)
  if (seconds < 45) return 'now'
  if (seconds < 3600) return `${Math.max(1, Math.round(seconds / 60))} min`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`
  return plural(Math.floor(seconds / 86_400), 'day', 'days')
}

const clockFormat = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockSecondsFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})
const dayFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const yearFormat = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

export const clock = (at: number): string => clockFormat.format(at)
export const clockSeconds = (at: number): string => clockSecondsFormat.format(at)

export const day = (at: number): string => yearFormat.format(at)

const dayOf = (at: number) => new Date(at).setHours(0, 0, 0, 0)

/** `Today 14:06`, `Yesterday 18:42`, `3 Mar 09:10`, `3 Mar 2024`. */
export function moment(at: number, now: number): string {
  const days = Math.round((dayOf(now) - dayOf(at)) / 86_400_000)
  if (days === 0) return `Today ${clock(at)}`
  if (days === 1) return `Yesterday ${clock(at)}`
  if (new Date(at).getFullYear() === new Date(now).getFullYear())
    return `${dayFormat.format(at)} ${clock(at)}`
  return yearFormat.format(at)
}
