import { randomUUID } from 'node:crypto'
import { where } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { hideBelow, segments } from './segmentRows.ts'

export interface SegmentCopy {
  readonly fromVersionId: string
  readonly toAssetId: string
  readonly toVersionId: string
  /** All types when absent. */
  readonly types?: readonly string[]
}

/** Repeats the segments of a version on another one, threads kept together. Dates and authors stay. */
export function copySegments(
  { rows }: Pick<Call, 'rows' | 'date'>,
  { fromVersionId, toAssetId, toVersionId, types }: SegmentCopy,
): void {
  const ids = new Map<string, string>()
  const conditions = [where('version_id = ?', fromVersionId), where("status = 'ACTIVE'")]
  // In the order they were made, so that a reply comes after what it replies to.
  for (const segment of segments.all(rows, conditions)) {
    if (types !== undefined && !types.includes(segment.segment_type)) continue
    const parentId = segment.parent_id === undefined ? undefined : ids.get(segment.parent_id)
    if (segment.parent_id !== undefined && parentId === undefined) continue
    const id = randomUUID()
    ids.set(segment.id, id)
    const path = segment.path.split('/').map((step) => ids.get(step) ?? step)
    const copy = segments.insert(rows, {
      ...segment,
      ...{ id, asset_id: toAssetId, version_id: toVersionId, path: path.join('/'), subclip_id: undefined },
      ...(parentId !== undefined && { parent_id: parentId }),
    })
    hideBelow(rows, copy)
  }
}
