import { randomUUID } from 'node:crypto'
import { personId } from '../accounts.ts'
import type { IconikApi } from '../call.ts'
import { isoOf } from '../dates.ts'
import { segments } from './segmentRows.ts'

const remarks = [
  'Hold this a beat longer.',
  'The horizon tips to the left.',
  'Colour jumps at the cut.',
  'Can we lose the car in the background?',
  'Best take of the three.',
  'Sound is thin here.',
  'Titles start on this frame.',
] as const
const colours = ['#e5484d', '#f5a524', '#30a46c', '#3e63dd'] as const
const frameMs = 40

/** Adds many plausible comments to a version, a few frames apart; the same ones for the same number. */
export function seedSegments(
  api: Pick<IconikApi, 'rows' | 'now'>,
  assetId: string,
  versionId: string,
  count: number,
): void {
  const { rows } = api
  const people = [personId(api, 'director'), personId(api, 'me'), personId(api, 'limited')]
  const startedAt = api.now() - 14 * 24 * 3600 * 1000
  rows.transaction(() => {
    for (let index = 0; index < count; index++) {
      const id = randomUUID()
      const start = index * 3 * frameMs
      const date = isoOf(startedAt + index * 60_000)
      segments.insert(rows, {
        ...{ id, asset_id: assetId, version_id: versionId, segment_type: 'COMMENT' },
        segment_text: `${remarks[index % remarks.length]} (${index + 1})`,
        time_start_milliseconds: start,
        time_end_milliseconds: index % 4 === 0 ? start + 10 * frameMs : start,
        segment_checked: index % 5 === 0,
        segment_color: colours[index % colours.length],
        user_id: people[index % people.length],
        ...{ path: id, top_level: true, date_created: date, date_modified: date },
      })
    }
  })
}
