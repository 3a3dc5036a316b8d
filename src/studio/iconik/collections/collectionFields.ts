import { z } from 'zod'
import { body, date, text, uuid } from '../fields.ts'
import type { Collection } from './collectionRows.ts'

export const collectionBody = body({
  title: text.min(1),
  parent_id: uuid.nullish(),
  storage_id: uuid.nullish(),
  category: text.nullish(),
  external_id: text.nullish(),
  custom_keyframe: uuid.nullish(),
  custom_poster: uuid.nullish(),
  keyframe_asset_ids: z.array(uuid).max(3).optional(),
  is_root: z.boolean().optional(),
  status: z.enum(['ACTIVE', 'HIDDEN', 'DELETED']).optional(),
  date_created: date.optional(),
})
export type CollectionChange = Partial<z.output<typeof collectionBody>>

/** Replacing a collection resets these where they are not sent; where it lies and what lies in it stays. */
export const replaceable = [
  ...([
    'title',
    'category',
    'external_id',
    'custom_keyframe',
    'custom_poster',
    'keyframe_asset_ids',
  ] as const),
  ...(['status', 'storage_id'] as const),
] satisfies (keyof Collection)[]
