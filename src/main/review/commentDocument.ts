import type { ClipTiming } from '../../shared/clipTiming.ts'
import { formatClipFrame, formatFrameNumber, startSecondsOf } from '../../shared/clipTiming.ts'
import { frameToMilliseconds } from '../../shared/frameTime.ts'
import type { Comment, CommentSpan } from '../../shared/review.ts'

export type DocumentFormat = 'csv' | 'srt' | 'vtt'

/** A remark on one frame, or on the whole clip, stays on the screen this long. */
const shortestCue = 2_000

/**
 * Comments as a table (CSV, RFC 4180) or as subtitles (SRT, WebVTT): in the order of the film, answers with what they
 * answer. `timing` gives frames the clip's own labels and times; without it a table has frame numbers alone, counted from
 * `firstNumber` as they are on the screen.
 */
export function commentDocument(
  comments: readonly Comment[],
  format: DocumentFormat,
  timing: ClipTiming | null,
  firstNumber: number,
): string {
  const threads = threadsOf(comments)
  return format === 'csv' ? tableOf(threads, timing, firstNumber) : subtitlesOf(threads, format, timing)
}

interface Thread {
  readonly head: Comment
  readonly answers: readonly Comment[]
}

function threadsOf(comments: readonly Comment[]): Thread[] {
  const ids = new Set(comments.map(({ id }) => id))
  const isHead = ({ parentId }: Comment) => parentId === null || !ids.has(parentId)
  const place = ({ span }: Comment) => span?.startFrame ?? -1
  const answersTo = new Map<string, Comment[]>()
  for (const comment of comments)
    if (comment.parentId !== null)
      answersTo.set(comment.parentId, [...(answersTo.get(comment.parentId) ?? []), comment])
  const below = (comment: Comment): Comment[] =>
    (answersTo.get(comment.id) ?? [])
      .toSorted((a, b) => a.createdAt - b.createdAt)
      .flatMap((answer) => [answer, ...below(answer)])
  return comments
    .filter(isHead)
    .toSorted((a, b) => place(a) - place(b) || a.createdAt - b.createdAt)
    .map((head) => ({ head, answers: below(head) }))
}

const heading = ['No', 'Answers', 'In', 'Out', 'First frame', 'Last frame', 'Author', 'Comment', 'Resolved']

function tableOf(threads: readonly Thread[], timing: ClipTiming | null, firstNumber: number): string {
  const number = (frame: number) => formatFrameNumber(frame, { firstNumber })
  const rows: (readonly (string | number)[])[] = [[...heading, 'Colour', 'Kind', 'Track', 'Written']]
  const numbers = new Map<string, number>()
  for (const { head, answers } of threads)
    for (const comment of [head, ...answers]) {
      const { id, parentId, span, author, text, isResolved, colour, kind, track, createdAt } = comment
      numbers.set(id, rows.length)
      const label = (frame: number) => (timing === null ? '' : formatClipFrame(frame, timing))
      rows.push([
        rows.length,
        (parentId === null ? undefined : numbers.get(parentId)) ?? '',
        ...(span === null
          ? ['', '', '', '']
          : [label(span.startFrame), label(span.endFrame), number(span.startFrame), number(span.endFrame)]),
        ...[author.name, text, isResolved ? 'yes' : 'no', colour ?? '', kind, track ?? ''],
        new Date(createdAt).toISOString(),
      ])
    }
  return rows.map((row) => `${row.map(cellOf).join(',')}\r\n`).join('')
}

/** Spreadsheets run what begins like a formula, and anybody may have written the text. */
function cellOf(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

function subtitlesOf(threads: readonly Thread[], format: 'srt' | 'vtt', timing: ClipTiming | null): string {
  const at = (frame: number, { rate }: CommentSpan) =>
    timing?.times === undefined
      ? frameToMilliseconds(frame, rate)
      : Math.ceil(startSecondsOf(frame, timing) * 1000)
  const cues = threads.map(({ head, answers }, index) => {
    const from = head.span === null ? 0 : at(head.span.startFrame, head.span)
    const end = head.span === null ? 0 : at(head.span.endFrame + 1, head.span)
    const words = [head, ...answers].map(({ author, text }) => `${author.name}: ${text}`).join('\n')
    const times = `${clock(from, format)} --> ${clock(Math.max(end, from + shortestCue), format)}`
    return `${format === 'srt' ? `${index + 1}\n` : ''}${times}\n${lines(words, format)}\n`
  })
  return format === 'vtt' ? ['WEBVTT\n', ...cues].join('\n') : cues.join('\n')
}

/** An empty line ends a cue, and an arrow begins one. */
const lines = (words: string, format: 'srt' | 'vtt') => {
  const kept = words
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '')
    .join('\n')
  return format === 'vtt'
    ? kept.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    : kept.replaceAll('-->', '->')
}

function clock(milliseconds: number, format: 'srt' | 'vtt'): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const rest = String(milliseconds % 1000).padStart(3, '0')
  const whole = `${two(milliseconds / 3_600_000)}:${two((milliseconds / 60_000) % 60)}:${two((milliseconds / 1000) % 60)}`
  return `${whole}${format === 'srt' ? ',' : '.'}${rest}`
}
