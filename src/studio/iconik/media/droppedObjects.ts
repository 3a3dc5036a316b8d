import type { ObjectStore } from '../../s3/objectStore.ts'
import type { SqlRows } from '../../sqlRows.ts'
import { ownPrefix } from './mediaRows.ts'

/** Ends the named upload to a key, or all of them. One that is over already is none. */
export async function abortUploads(store: ObjectStore, key: string, uploadId?: string): Promise<void> {
  const isMeant = (upload: { readonly id: string; readonly key: string }) =>
    upload.key === key && (uploadId === undefined || upload.id === uploadId)
  // One after another, and looked for again each time: somebody else may end them meanwhile.
  for (;;) {
    const open = store.uploads(key, '', '', 1000).find(isMeant)
    if (open === undefined) return
    await store.abort(key, open.id)
  }
}

/**
 * Removes the bytes of rows that are gone, and the uploads to them that are still open. Bytes that another row shares
 * stay, and so do those that are not iconik's alone, such as the samples'.
 */
export async function removeDroppedObjects({
  rows,
  store,
}: {
  readonly rows: SqlRows
  readonly store: ObjectStore
}): Promise<void> {
  for (const row of rows.all('SELECT key FROM iconik_dropped_object')) {
    const key = String(row['key'])
    const inUse = rows.get(
      `SELECT 1 FROM iconik_file WHERE object_key = ? UNION ALL SELECT 1 FROM iconik_proxy WHERE object_key = ?
         UNION ALL SELECT 1 FROM iconik_keyframe WHERE object_key = ? LIMIT 1`,
      key,
      key,
      key,
    )
    if (inUse === undefined && key.startsWith(ownPrefix)) {
      await abortUploads(store, key)
      await store.delete(key)
    }
    rows.run('DELETE FROM iconik_dropped_object WHERE key = ?', key)
  }
}
