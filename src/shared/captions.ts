import { z } from 'zod'

/** Words on the picture for a while; times in milliseconds from the clip's first frame. */
export const cueSchema = z.object({
  startMs: z.number().int().nonnegative(),
  endMs: z.number().int().positive(),
  text: z.string().min(1).max(2000),
})
export type Cue = z.infer<typeof cueSchema>

/** Captions of one version. `isOwn`: a file the user chose, kept on this computer; otherwise the service has them. */
export const captionTrackSchema = z.object({
  id: z.string().min(1).max(300),
  label: z.string().min(1).max(255),
  isOwn: z.boolean(),
})
export type CaptionTrack = z.infer<typeof captionTrackSchema>

/** Captions that lie inside of the media file of a version. */
export const fileTrackSchema = z.object({
  id: z.string().regex(/^file:\d{1,3}$/),
  /** As the file has it: `eng`, `de`, `pt-BR`; null where it does not say. */
  language: z.string().max(35).nullable(),
  /** The name that somebody gave it. */
  title: z.string().max(200).nullable(),
  /** Only `text` can be shown. `picture`: drawn, not written (PGS, DVD). `other`: of a kind that is not read here. */
  kind: z.enum(['text', 'picture', 'other']),
  isDefault: z.boolean(),
  /** Only what has to be read even by those who understand the sound. */
  isForced: z.boolean(),
  isForDeaf: z.boolean(),
  /** Its words were read before and lie on this computer. */
  isKept: z.boolean(),
})
export type FileTrack = z.infer<typeof fileTrackSchema>

export const mostCues = 20_000

export type CaptionProblem = 'notCaptions' | 'badTime' | 'tooMany' | 'empty'
export type ReadCaptions =
  | { readonly ok: true; readonly cues: readonly Cue[] }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly problem: CaptionProblem; readonly line: number }

const fail = (problem: CaptionProblem, line: number): ReadCaptions => ({ ok: false, problem, line })
const arrow = '-->'
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: '\u00a0',
  lrm: '',
  rlm: '',
}

/**
 * Reads SubRip (`.srt`) or WebVTT (`.vtt`): times and words, without styles, voices and places on the picture. All of it
 * or nothing: a file with one time that cannot be read is refused with its line. Cues come in the order of their starts.
 */
export function readCaptions(given: string): ReadCaptions {
  const lines = given.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const isVtt = /^WEBVTT(?:[ \t]|$)/.test(lines[0] ?? '')
  const cues: Cue[] = []
  let at = isVtt ? afterBlock(lines, 0) : 0
  for (at = afterEmpty(lines, at); at < lines.length; at = afterEmpty(lines, at)) {
    const end = afterBlock(lines, at)
    if (isVtt && /^(?:NOTE|STYLE|REGION)(?:[ \t]|$)/.test(lines[at] ?? '')) {
      at = end
      continue
    }
    // A number or a name may stand above the times.
    const timed = (lines[at] ?? '').includes(arrow) ? at : at + 1
    const line = timed < end ? (lines[timed] ?? '') : ''
    if (!line.includes(arrow)) return fail('notCaptions', at + 1)
    const times = timesOf(line, isVtt)
    if (times === undefined) return fail('badTime', timed + 1)
    const text = plainText(lines.slice(timed + 1, end).join('\n'))
    if (text !== '') cues.push({ ...times, text })
    if (cues.length > mostCues) return fail('tooMany', timed + 1)
    at = end
  }
  if (cues.length === 0) return fail(isVtt ? 'empty' : 'notCaptions', 1)
  return { ok: true, cues: cues.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs) }
}

/** The times of a cue as ffmpeg writes them: also those that lie before zero. */
const writtenTimes = /^-?[\d:.-]+ --> -?[\d:.-]+$/
/** Shapes drawn by ASS, which ffmpeg hands on as if they were words. */
const drawn = /^m(?:\s+-?[\d.]+){2}(?:\s+(?:[mnlbspc]|-?[\d.]+))*$/

/**
 * Reads the WebVTT that ffmpeg makes of a caption track, whose words may hold empty lines. Cues without length or words are
 * left out, as are those before `firstMs`, the moment from which their times are counted; `line` says nothing.
 */
export function readWrittenCaptions(given: string, firstMs: number): ReadCaptions {
  const lines = given.split(/\r\n|\r|\n/)
  if (!/^WEBVTT/.test(lines[0] ?? '')) return fail('notCaptions', 1)
  const cues: Cue[] = []
  for (let at = 1; at < lines.length; ) {
    const line = lines[at] ?? ''
    at += 1
    if (!writtenTimes.test(line)) continue
    const said: string[] = []
    for (; at < lines.length && !writtenTimes.test(lines[at] ?? ''); at += 1) said.push(lines[at] ?? '')
    const times = timesOf(line, true)
    const text = plainText(said.join('\n').replaceAll('\\h', ' '))
    if (times === undefined || text === '' || drawn.test(text) || times.endMs <= firstMs) continue
    cues.push({ startMs: Math.max(0, times.startMs - firstMs), endMs: times.endMs - firstMs, text })
    if (cues.length > mostCues) return fail('tooMany', 1)
  }
  if (cues.length === 0) return fail('empty', 1)
  const sorted = cues.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs)
  // The same words in several layers, for their outlines and shadows.
  const seen = (cue: Cue, before: Cue | undefined) =>
    before?.startMs === cue.startMs && before.endMs === cue.endMs && before.text === cue.text
  return { ok: true, cues: sorted.filter((cue, index) => !seen(cue, sorted[index - 1])) }
}

const isEmpty = (line: string | undefined) => (line ?? '').trim() === ''
function afterEmpty(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && isEmpty(lines[at])) at += 1
  return at
}
function afterBlock(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && !isEmpty(lines[at])) at += 1
  return at
}

function timesOf(line: string, isVtt: boolean): { startMs: number; endMs: number } | undefined {
  const [first = '', rest = ''] = line.split(arrow)
  const startMs = timeOf(first.trim(), isVtt)
  // Settings of place and alignment follow the end.
  const endMs = timeOf(rest.trim().split(/\s+/)[0] ?? '', isVtt)
  return startMs === undefined || endMs === undefined || endMs <= startMs ? undefined : { startMs, endMs }
}

/** `00:01:02,345` of SubRip, `01:02.345` of WebVTT; either mark, as both are met in both. */
function timeOf(text: string, isVtt: boolean): number | undefined {
  const match = /^(?:(\d{1,3}):)?([0-5]?\d):([0-5]\d)[.,](\d{1,3})$/.exec(text)
  if (match === null || (match[1] === undefined && !isVtt)) return undefined
  const [, hours = '0', minutes = '0', seconds = '0', fraction = ''] = match
  const whole = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)
  return whole * 1000 + Number(fraction.padEnd(3, '0'))
}

/** Without tags, without the marks of other formats, without characters that draw nothing. */
function plainText(text: string): string {
  const plain = text
    .replace(/<[^<>\n]{0,200}>/g, '')
    .replace(/\{\\[^{}\n]{0,200}\}/g, '')
    .replace(/&(\w{2,4});/g, (whole, name: string) => entities[name] ?? whole)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are taken out
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '')
  return plain
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
    .slice(0, 2000)
}

/** Where the cues that may be on at a moment begin and end in a list ordered by start. */
export function cuesAt(cues: readonly Cue[], ms: number): readonly Cue[] {
  let low = 0
  let high = cues.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((cues[middle]?.startMs ?? 0) <= ms) low = middle + 1
    else high = middle
  }
  // Cues overlap by a few at most: two people at once.
  return cues.slice(Math.max(0, low - 8), low).filter((cue) => cue.endMs > ms)
}
