import type { Row, SqlRows } from '../../sqlRows.ts'
import type { Call } from '../call.ts'
import { fileSets, files, formats, keyframes, proxies } from './mediaRows.ts'
import { storages } from './storageRows.ts'

export type Disposition = 'inline' | 'attachment'

/** Header values in URLs are ASCII; any name goes in its encoded form. */
const dispositionOf = (kind: Disposition, name: string): string =>
  `${kind}; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`

/** How rows of media are shown in one answer. */
export interface Showing {
  readonly call: Pick<Call, 'rows' | 'link' | 'api'>
  readonly hasUrl: boolean
  readonly disposition: Disposition
}

/** A URL to read the row's bytes with; nothing where they are not there yet. */
export function urlOf({ call, hasUrl, disposition }: Showing, row: Row, name: string): { url?: string } {
  const key = row['object_key']
  if (!hasUrl || typeof key !== 'string') return {}
  const object = call.api.store.find(key)
  if (object === undefined) return {}
  const override = { 'response-content-disposition': dispositionOf(disposition, name) }
  return { url: call.link(call.api.store.bucket, key, override) }
}

const methodOf = (rows: SqlRows, storageId: string | undefined): { storage_method?: string } => {
  const storage = storageId === undefined ? undefined : storages.find(rows, storageId)
  return storage === undefined ? {} : { storage_method: storage.method }
}

export function shownFile(showing: Showing, row: Row) {
  const file = files.parse(row)
  const { rows } = showing.call
  const format = file.format_id === undefined ? undefined : formats.find(rows, file.format_id)
  return {
    ...file,
    ...methodOf(rows, file.storage_id),
    file_set_status: fileSets.find(rows, file.file_set_id)?.status ?? null,
    format_status: format?.status ?? null,
    ...urlOf(showing, row, file.original_name),
  }
}

export function shownProxy(showing: Showing, row: Row) {
  const proxy = proxies.parse(row)
  return {
    ...proxy,
    ...methodOf(showing.call.rows, proxy.storage_id),
    ...urlOf(showing, row, proxy.filename ?? 'proxy'),
  }
}

export function shownKeyframe(showing: Showing, row: Row) {
  const keyframe = keyframes.parse(row)
  return {
    ...keyframe,
    ...methodOf(showing.call.rows, keyframe.storage_id),
    ...urlOf(showing, row, keyframe.filename ?? 'keyframe'),
  }
}
