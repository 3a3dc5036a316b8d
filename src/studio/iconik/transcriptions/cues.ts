/** A line of speech: when, and what. */
export interface Cue {
  readonly startMs: number
  readonly endMs: number
  readonly text: string
  /** Of WebVTT's voice marks. */
  readonly speaker: string | undefined
}

const timePattern = /^(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{3})$/

function millisecondsOf(time: string): number | undefined {
  const parts = timePattern.exec(time.trim())
  if (parts === null) return undefined
  const [, hours = '0', minutes = '0', seconds = '0', thousandths = '0'] = parts
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(thousandths)
}

/** The cues of WebVTT or SRT text, which differ in the comma of their times and little else. Undefined: neither. */
export function parseCues(content: string): Cue[] | undefined {
  const cues: Cue[] = []
  for (const block of content
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)) {
    const lines = block.split('\n').filter((line) => line.trim() !== '')
    const at = lines.findIndex((line) => line.includes('-->'))
    if (at === -1) continue
    const [start = '', rest = ''] = (lines[at] ?? '').split('-->')
    const startMs = millisecondsOf(start)
    const endMs = millisecondsOf(rest.trim().split(/\s/)[0] ?? '')
    if (startMs === undefined || endMs === undefined || endMs < startMs) return undefined
    const text = lines.slice(at + 1).join('\n')
    const speaker = /<v(?:\.[\w.]+)? ([^>]+)>/.exec(text)?.[1]
    cues.push({ startMs, endMs, speaker, text: text.replace(/<[^>]*>/g, '') })
  }
  return cues.length === 0 ? undefined : cues
}
