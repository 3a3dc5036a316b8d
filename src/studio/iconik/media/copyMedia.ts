import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { type SqlRows, where } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import type { Documents } from '../documents.ts'
import {
  fileSets,
  files,
  formats,
  keyframes,
  type ObjectTable,
  objectKeyOf,
  proxies,
  setObjectKey,
} from './mediaRows.ts'
import { subtitles } from './subtitleRows.ts'

export interface MediaCopy {
  readonly fromAssetId: string
  readonly fromVersionId: string
  readonly toAssetId: string
  readonly toVersionId: string
  readonly excludeFormatIds?: readonly string[]
}

type Copied<S extends z.ZodType<{ id: string }>> = z.output<S> & { readonly id: string }

/** Repeats the rows of a version with new ids, and tells which id became which. */
function repeat<S extends z.ZodType<{ id: string }>>(
  rows: SqlRows,
  documents: Documents<S>,
  { fromVersionId, toAssetId, toVersionId }: MediaCopy,
  change: (one: Copied<S>) => Partial<Record<string, unknown>> | undefined,
): Map<string, string> {
  const ids = new Map<string, string>()
  for (const one of documents.all(rows, [where('version_id = ?', fromVersionId)])) {
    const document = one as Copied<S>
    const changes = change(document)
    if (changes === undefined) continue
    const id = randomUUID()
    const copy = { ...document, ...changes, id, asset_id: toAssetId, version_id: toVersionId }
    documents.insert(rows, copy as z.input<S>)
    ids.set(document.id, id)
  }
  return ids
}

function shareObjects(rows: SqlRows, documents: ObjectTable, ids: ReadonlyMap<string, string>): void {
  for (const [from, to] of ids) {
    const key = objectKeyOf(rows, documents, from)
    if (key !== undefined) setObjectKey(rows, documents, to, key)
  }
}

/** Gives a version the media of another one; the objects of the store are shared. */
export function copyMedia({ rows }: Pick<Call, 'rows'>, copy: MediaCopy): void {
  const { excludeFormatIds = [] } = copy
  const newFormats = repeat(rows, formats, copy, ({ id, status }) =>
    status === 'DELETED' || excludeFormatIds.includes(id) ? undefined : {},
  )
  const inFormat = (id: string | undefined) => (id === undefined ? undefined : newFormats.get(id))
  const newSets = repeat(rows, fileSets, copy, ({ format_id, status }) => {
    const format = inFormat(format_id)
    return format === undefined || status === 'DELETED' ? undefined : { format_id: format }
  })
  const newFiles = repeat(rows, files, copy, ({ file_set_id, format_id, status }) => {
    const set = newSets.get(file_set_id)
    return set === undefined || status !== 'CLOSED'
      ? undefined
      : { file_set_id: set, format_id: inFormat(format_id) }
  })
  shareObjects(rows, files, newFiles)
  const isThere = ({ status }: { readonly status: string }) => (status === 'CLOSED' ? {} : undefined)
  shareObjects(rows, proxies, repeat(rows, proxies, copy, isThere))
  shareObjects(rows, keyframes, repeat(rows, keyframes, copy, isThere))
  repeat(rows, subtitles, copy, ({ format_id }) => {
    const format = inFormat(format_id)
    return format === undefined ? undefined : { format_id: format }
  })
}
