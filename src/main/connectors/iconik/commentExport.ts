import type { VersionRef } from '../powers.ts'
import { calls } from './calls/index.ts'
import type { SegmentType } from './mappingSegments.ts'
import type { Session } from './session.ts'

export type ExportFormat = 'csv' | 'srt' | 'vtt'

const rows = {
  csv: calls['assets.exportSegmentsCsv'],
  srt: calls['assets.exportSegmentsSrt'],
  vtt: calls['assets.exportSegmentsVtt'],
} as const

/** The service's own export of a version. It knows one type at a time: of several, the documents become one. */
export async function exportComments(
  { call }: Session,
  version: VersionRef,
  format: ExportFormat,
  types: readonly SegmentType[],
  signal: AbortSignal,
): Promise<string> {
  const path = { asset_id: version.assetRemoteId }
  const version_id = version.remoteId
  if (types.length === 0) return call(rows[format], { path, query: { version_id } }, signal)
  const documents: string[] = []
  for (const segment_type of new Set(types))
    documents.push(await call(rows[format], { path, query: { version_id, segment_type } }, signal))
  const [first = '', ...rest] = documents
  return rest.length === 0 ? first : joined(format, [first, ...rest])
}

/** One document of several: under one heading, cues in the order of their times. */
export function joined(format: ExportFormat, documents: readonly string[]): string {
  if (format === 'csv') return joinedCsv(documents)
  const cues = documents.flatMap(cuesIn).sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0))
  if (format === 'vtt') return `${['WEBVTT', ...cues.map(({ text }) => text)].join('\n\n')}\n`
  return `${cues.map(({ text }, index) => `${index + 1}\n${text}`).join('\n\n')}\n`
}

function joinedCsv(documents: readonly string[]): string {
  const [first = '', ...rest] = documents.map((text) => text.replace(/(\r?\n)+$/, ''))
  const bodies = rest
    .map((text) => text.slice(/^[^\n]*(\n|$)/.exec(text)?.[0].length ?? 0))
    .filter((text) => text !== '')
  return `${[first, ...bodies].join('\n')}\n`
}

/** The cues without their numbers; `start` sorts as the time does. */
function cuesIn(text: string): { readonly start: string; readonly text: string }[] {
  return text
    .replaceAll('\r', '')
    .split(/\n{2,}/)
    .flatMap((block) => {
      const lines = block.trim().split('\n')
      const at = lines.findIndex((line) => line.includes('-->'))
      const start = lines[at]?.split('-->')[0]?.trim().replace(',', '.')
      return start === undefined ? [] : [{ start: start.padStart(16, '0'), text: lines.slice(at).join('\n') }]
    })
}
