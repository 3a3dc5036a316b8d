import { type FrameRate, frameRates } from '../../shared/frameRate.ts'
import type { FrameTimes } from '../../shared/frameTimes.ts'
import { type ListTiming, runningSeconds } from '../../shared/listTiming.ts'
import { formatFrameCount } from '../../shared/timecode.ts'

const tenth = 10

/** `1:02:03.4`: running time where rates are mixed and no timecode counts it. */
export function runningTime(seconds: number): string {
  // Of a whole tenth, not of a rounded one: 59.96 is not yet a minute.
  const tenths = Math.floor(seconds * tenth + 1e-6)
  const rest = tenths % tenth
  const whole = Math.floor(tenths / tenth)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const [hours, minutes, left] = parts.map((part) => String(part).padStart(2, '0'))
  return `${hours === '00' ? '' : `${Number(hours)}:`}${minutes}:${left}.${rest}`
}

/** How far into the list a list frame is: as timecode where all of it has one rate. */
export function listTime(timing: ListTiming, listFrame: number): string {
  if (timing.rate !== null) return formatFrameCount(listFrame, { rate: timing.rate, dropFrame: false })
  const place = timing.placeOf(listFrame)
  return runningTime(place === undefined ? timing.seconds : timing.secondsOf(place))
}

/** The length of all of it; null while nothing of it is known. */
export const totalTime = (timing: ListTiming): string | null =>
  timing.frameCount === 0 ? null : listTime(timing, timing.frameCount)

/** The length of what is played of one entry: as its own timecode counts it or, without any, as running time. */
export const entryTime = (clip: {
  readonly first: number
  readonly last: number
  readonly rate: FrameRate | null
  readonly times?: FrameTimes | undefined
}): string => {
  const rate = clip.rate ?? frameRates['25']
  const count = clip.last - clip.first + 1
  return clip.times === undefined
    ? formatFrameCount(count, { rate, dropFrame: false })
    : runningTime(runningSeconds(clip.first, count, { rate, times: clip.times }))
}
