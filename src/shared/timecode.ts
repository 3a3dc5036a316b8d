import { z } from 'zod'
import { canDropFrames, type FrameRate, frameRateSchema, framesPerTimecodeSecond } from './frameRate.ts'

/**
 * How frames are labelled: a rate and the count, after SMPTE ST 12-1.
 *
 * Non-drop counts every label, so at 29.97 an hour of labels lasts 3.6 s longer than an hour.
 * Drop frame leaves out labels (never pictures) to stay with the clock: at 29.97 `;00` and `;01`, at 59.94 `;00`
 * to `;03`, of each minute that is not a multiple of ten.
 */
export interface Timebase {
  readonly rate: FrameRate
  readonly dropFrame: boolean
}

export const timebaseSchema = z
  .object({ rate: frameRateSchema, dropFrame: z.boolean() })
  .readonly()
  .refine(({ rate, dropFrame }) => !dropFrame || canDropFrames(rate), {
    error: 'drop frame exists at 29.97 and 59.94 only',
  })

/** The labels of a timebase in numbers; all per label count, none in seconds of the clock. */
interface Count {
  readonly perSecond: number
  /** Labels left out in a minute that drops. */
  readonly dropped: number
  readonly perDroppingMinute: number
  readonly perTenMinutes: number
  readonly perDay: number
}

function countOf({ rate, dropFrame }: Timebase): Count {
  const perSecond = framesPerTimecodeSecond(rate)
  const dropped = dropFrame && canDropFrames(rate) ? perSecond / 15 : 0
  const perTenMinutes = perSecond * 600 - dropped * 9
  return {
    perSecond,
    dropped,
    perDroppingMinute: perSecond * 60 - dropped,
    perTenMinutes,
    perDay: perTenMinutes * 144,
  }
}

/** Floored modulo: timecode runs on a clock's face, so -1 is the last label of the day. */
const wrap = (frame: number, perDay: number) => ((frame % perDay) + perDay) % perDay

/** How many frames have a label of their own: 2,589,408 at 29.97 drop frame. After them the labels start again. */
export const framesPerDay = (timebase: Timebase): number => countOf(timebase).perDay

interface Fields {
  readonly hours: number
  readonly minutes: number
  readonly seconds: number
  readonly frames: number
}

function fieldsOf(frame: number, count: Count): Fields {
  const inDay = wrap(frame, count.perDay)
  const tens = Math.floor(inDay / count.perTenMinutes)
  const inTen = inDay % count.perTenMinutes
  // The first minute of ten keeps all its labels; each of the nine others starts `dropped` labels later.
  const minutesDropping = Math.max(0, Math.floor((inTen - count.dropped) / count.perDroppingMinute))
  const label = tens * count.perSecond * 600 + inTen + minutesDropping * count.dropped
  return fieldsOfLabel(label, count)
}

function fieldsOfLabel(label: number, count: Count): Fields {
  const totalSeconds = Math.floor(label / count.perSecond)
  return {
    hours: Math.floor(totalSeconds / 3600),
    minutes: Math.floor(totalSeconds / 60) % 60,
    seconds: totalSeconds % 60,
    frames: label % count.perSecond,
  }
}

const isDroppedLabel = ({ minutes, seconds, frames }: Fields, count: Count) =>
  seconds === 0 && minutes % 10 !== 0 && frames < count.dropped

function frameOf({ hours, minutes, seconds, frames }: Fields, count: Count): number {
  const totalMinutes = hours * 60 + minutes
  const left = count.dropped * (totalMinutes - Math.floor(totalMinutes / 10))
  return (totalMinutes * 60 + seconds) * count.perSecond + frames - left
}

const padded = (value: number, digits = 2) => String(value).padStart(digits, '0')
const frameDigits = (count: Count) => Math.max(2, String(count.perSecond - 1).length)

/**
 * The label of a frame counted from 00:00:00:00, `hh:mm:ss:ff`, with `;` before the frames in drop frame.
 * Labels wrap after 24 hours, in both directions: -1 is the last one of the day.
 * Above 100 frames a second the frames have three digits.
 */
export function formatTimecode(frame: number, timebase: Timebase): string {
  const count = countOf(timebase)
  const { hours, minutes, seconds, frames } = fieldsOf(frame, count)
  const separator = count.dropped > 0 ? ';' : ':'
  return `${padded(hours)}:${padded(minutes)}:${padded(seconds)}${separator}${padded(frames, frameDigits(count))}`
}

/**
 * A length as people read it: `mm:ss:ff`, with hours only when there are any. The frames are counted by the
 * timebase's labels, so a clip of one minute reads `01:00;02` in drop frame.
 */
export function formatFrameCount(frameCount: number, timebase: Timebase): string {
  const text = formatTimecode(frameCount, timebase)
  return text.startsWith('00:') ? text.slice(3) : text
}

/**
 * The frame of a complete label, counted from 00:00:00:00; undefined if it is not one: a field out of range, a
 * label that drop frame leaves out, or anything but two digits a field.
 *
 * `;` and `.` before the frames are taken for `:` and the other way round, because files disagree about it; the
 * timebase decides the count, not the separator.
 */
export function parseTimecode(text: string, timebase: Timebase): number | undefined {
  const match = /^(\d{2}):(\d{2})[:;](\d{2})[:;.](\d{2,3})$/.exec(text)
  if (!match) return undefined
  const count = countOf(timebase)
  const fields = {
    hours: Number(match[1]),
    minutes: Number(match[2]),
    seconds: Number(match[3]),
    frames: Number(match[4]),
  }
  if (fields.hours > 23 || fields.minutes > 59 || fields.seconds > 59) return undefined
  if (match[4]?.length !== frameDigits(count) || fields.frames >= count.perSecond) return undefined
  return isDroppedLabel(fields, count) ? undefined : frameOf(fields, count)
}

/** Why typed text is not a timecode. */
export type TypedTimecodeProblem = 'empty' | 'notATimecode' | 'outOfRange'

/** `at` is a frame counted from 00:00:00:00, `by` a signed number of frames to move. */
export type TypedTimecode =
  | { readonly kind: 'at'; readonly frame: number; readonly fieldsGiven: number }
  | { readonly kind: 'by'; readonly frames: number }
  | { readonly kind: 'problem'; readonly problem: TypedTimecodeProblem }

const problem = (name: TypedTimecodeProblem): TypedTimecode => ({ kind: 'problem', problem: name })

/** Two digits a field from the right, as on a numeric keypad: `10203` is 1, 2, 3. */
function keypadFields(digits: string): number[] {
  const head = digits.length % 2
  const pairs = digits.slice(head).match(/\d\d/g) ?? []
  return (head ? [digits.slice(0, 1), ...pairs] : pairs).map(Number)
}

/**
 * Reads what a person types into a timecode field. Never throws; the problem names what is wrong.
 *
 * - `1:02:03:04`, with `:`, `;`, `.` or `,` between fields; the last field is frames, missing ones in front are 0.
 * - `10203`: digits alone fill the fields by two from the right, 00:01:02:03.
 * - `12.`: an empty field is 0, so this is 12 seconds; `1..` is one minute.
 * - `+12`, `-1:00`: a distance, to be added to a frame that the caller knows. In drop frame it has as many frames
 *   as the label has from 00:00:00;00.
 *
 * A field that is too large carries (`+99` is 99 frames). A label that drop frame leaves out means the first one
 * after it. A time of 24 h or more is `outOfRange`.
 * `fieldsGiven` lets a caller fill in the hours of a clip that starts at 01:00:00:00.
 */
export function parseTypedTimecode(text: string, timebase: Timebase): TypedTimecode {
  const compact = text.replace(/\s+/g, '')
  if (compact === '') return problem('empty')
  const match = /^([+\-\u2212]?)(\d{1,8}|\d{0,3}(?:[:;.,]\d{0,3}){1,3})$/.exec(compact)
  const body = match?.[2]
  if (match === null || body === undefined || !/\d/.test(body)) return problem('notATimecode')

  const given = /^\d+$/.test(body) ? keypadFields(body) : body.split(/[:;.,]/).map(Number)
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = [
    ...Array<number>(4 - given.length).fill(0),
    ...given,
  ]
  const count = countOf(timebase)
  const frame = frameOfLabel(((hours * 60 + minutes) * 60 + seconds) * count.perSecond + frames, count)
  if (frame >= count.perDay) return problem('outOfRange')
  if (match[1] === '') return { kind: 'at', frame, fieldsGiven: given.length }
  return { kind: 'by', frames: match[1] === '+' || frame === 0 ? frame : -frame }
}

/** The frame of a label given as its plain count; a dropped one gives the frame of the next label that exists. */
function frameOfLabel(label: number, count: Count): number {
  const fields = fieldsOfLabel(label, count)
  return frameOf(isDroppedLabel(fields, count) ? { ...fields, frames: count.dropped } : fields, count)
}
