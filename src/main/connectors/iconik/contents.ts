import { calls } from './calls/index.ts'
import type { Session } from './session.ts'
import type { IconikPage } from './wire.ts'
import { type Entry, entriesSchema } from './wireCollections.ts'

/** One page of what stands in a collection, or of some of it. */
export function listContents(
  { call }: Session,
  collectionId: string,
  query: {
    readonly object_types: 'assets' | 'collections'
    readonly page: number
    readonly per_page: number
    readonly sort?: string
    readonly object_ids?: string
  },
  signal: AbortSignal,
): Promise<IconikPage<Entry | null>> {
  const path = { collection_id: collectionId }
  return call(calls['assets.listCollectionContents'], { path, query, answer: entriesSchema }, signal)
}

/** A list of nothing. */
export const emptyPage: IconikPage<never> = {
  objects: [],
  page: 1,
  pages: 1,
  per_page: null,
  total: 0,
  scroll_id: null,
}
