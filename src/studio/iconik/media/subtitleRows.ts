import { z } from 'zod'
import type { Call } from '../call.ts'
import { Documents } from '../documents.ts'
import { IconikError } from '../iconikError.ts'

export const subtitles = new Documents(
  'iconik_subtitle',
  'Subtitle',
  z.strictObject({
    ...{ id: z.string(), asset_id: z.string(), version_id: z.string() },
    format_id: z.string(),
    language: z.string(),
    name: z.string().optional(),
    closed_captions: z.boolean(),
    /** WebVTT or SRT, as it was given. */
    content: z.string().default(''),
  }),
)
export type Subtitle = ReturnType<typeof subtitles.parse>

/** The text of an asset's subtitle, WebVTT or SRT. Fails with 404. */
export function subtitleText({ rows }: Pick<Call, 'rows'>, assetId: string, id: string): string {
  const subtitle = subtitles.find(rows, id)
  if (subtitle?.asset_id !== assetId) throw IconikError.notFound('Subtitle')
  return subtitle.content
}

/** The same as WebVTT: SRT differs by its head and by the comma before the milliseconds. */
export function webvttOf(content: string): string {
  if (/^\ufeff?WEBVTT/.test(content)) return content
  const times = /(\d{1,2}:\d\d:\d\d),(\d{3})/g
  return `WEBVTT\n\n${content
    .replace(/^\ufeff/, '')
    .replaceAll('\r', '')
    .replace(times, '$1.$2')}`
}
