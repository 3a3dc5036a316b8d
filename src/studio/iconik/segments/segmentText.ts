import type { Segment } from './segmentRows.ts'

const two = (value: number) => String(value).padStart(2, '0')

/** `01:02:03.004`, or with another mark before the milliseconds. */
function clock(milliseconds: number, mark: string): string {
  const seconds = Math.floor(milliseconds / 1000)
  const minutes = Math.floor(seconds / 60)
  const rest = String(milliseconds % 1000).padStart(3, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}${mark}${rest}`
}

export interface Cue {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** A cue must end after it starts; a point is shown for a second. */
const pointMs = 1000

/**
 * The segments that have a time, as cues in its order. Spoken ones are cut into lines of `wordsPerLine` words, each with
 * the times of its words.
 */
export function cuesOf(segments: readonly Segment[], wordsPerLine: number | undefined): Cue[] {
  return segments.flatMap((segment): Cue[] => {
    const { time_start_milliseconds: start, time_end_milliseconds: end, transcription } = segment
    const words = transcription?.words ?? []
    if (wordsPerLine !== undefined && words.length > 0) {
      const lines: Cue[] = []
      for (let at = 0; at < words.length; at += wordsPerLine) {
        const line = words.slice(at, at + wordsPerLine)
        const first = line[0]?.start_ms ?? 0
        const text = line.map(({ value }) => value).join(' ')
        lines.push({ start: first, end: Math.max(line.at(-1)?.end_ms ?? 0, first + 1), text })
      }
      return lines
    }
    if (typeof start !== 'number') return []
    const last = typeof end === 'number' && end > start ? end : start + pointMs
    return [{ start, end: last, text: segment.segment_text ?? '' }]
  })
}

/** A blank line ends a cue, so none may be inside of one. */
const lines = (text: string) =>
  text
    .replaceAll('\r', '')
    .replace(/\n{2,}/g, '\n')
    .trim()

/** Never without a character: a body that is missing is no file. */
export const srtOf = (cues: readonly Cue[]): string => srtText(cues) || '\n'

const srtText = (cues: readonly Cue[]): string =>
  cues
    .map(
      ({ start, end, text }, index) =>
        `${index + 1}\n${clock(start, ',')} --> ${clock(end, ',')}\n${lines(text)}\n`,
    )
    .join('\n')

export const vttOf = (cues: readonly Cue[]): string =>
  [
    'WEBVTT\n',
    ...cues.map(({ start, end, text }) => {
      const safe = lines(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      return `${clock(start, '.')} --> ${clock(end, '.')}\n${safe}\n`
    }),
  ].join('\n')

/** Which columns the service writes is not documented; these are the fields by their names. */
const csvColumns = [
  ...(['id', 'time_start_milliseconds', 'time_end_milliseconds', 'segment_type', 'segment_text'] as const),
  ...(['segment_checked', 'segment_color', 'segment_track', 'parent_id', 'date_created'] as const),
] as const

const csvField = (value: unknown): string => {
  const text = value === null || value === undefined ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvOf = (segments: readonly Segment[]): string =>
  [
    csvColumns.join(','),
    ...segments.map((segment) => csvColumns.map((name) => csvField(segment[name])).join(',')),
  ]
    .map((line) => `${line}\r\n`)
    .join('')
