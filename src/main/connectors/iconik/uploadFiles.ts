import type { ValuesOf } from '../remoteField.ts'
import { calls } from './calls/index.ts'
import type { IconikClient } from './client.ts'
import { fileSchema, type RemoteFile } from './wireFiles.ts'

type NewFile = ValuesOf<(typeof calls)['files.createFile']['body']>

/** The records of files on their way. What the service just said of one is kept for a while, so that it is not asked again. */
export interface UploadFiles {
  /** Returns the file's id. */
  create(assetId: string, file: NewFile, signal: AbortSignal): Promise<string>
  /** Where a multipart upload is started; null where the storage takes none. */
  uploadUrl(assetId: string, fileId: string, signal: AbortSignal): Promise<string | null>
  /** A URL to read what is stored; null where there is none. */
  readUrl(assetId: string, fileId: string, signal: AbortSignal): Promise<string | null>
  setStatus(
    assetId: string,
    fileId: string,
    change: { readonly status: 'OPEN' | 'CLOSED' | 'FAILED'; readonly size?: number },
    signal: AbortSignal,
  ): Promise<void>
}

/** What a change of a file has to name again, as the service has it. */
type Kept = Pick<RemoteFile, 'original_name' | 'directory_path' | 'file_set_id'>

/** Transfers under way at once are few; what is beyond is asked for anew. */
const mostKept = 200

export function createUploadFiles(client: IconikClient): UploadFiles {
  const kept = new Map<string, Kept>()
  /** Each good for one use, soon. */
  const fresh = new Map<string, string>()

  function keep(file: RemoteFile): void {
    kept.delete(file.id)
    kept.set(file.id, file)
    if (file.multipart_upload_url !== null) fresh.set(file.id, file.multipart_upload_url)
    const oldest = kept.keys().next().value
    if (kept.size > mostKept && oldest !== undefined) {
      kept.delete(oldest)
      fresh.delete(oldest)
    }
  }

  async function read(
    asset_id: string,
    file_id: string,
    query: { readonly generate_signed_post_url?: boolean; readonly bypass_url_cache?: boolean },
    signal: AbortSignal,
  ): Promise<RemoteFile> {
    return await client.call(
      calls['files.readFile'],
      { path: { asset_id, file_id }, query, answer: fileSchema },
      signal,
    )
  }

  return {
    async create(asset_id, body, signal) {
      const file = await client.call(
        calls['files.createFile'],
        { path: { asset_id }, body, answer: fileSchema },
        signal,
      )
      keep(file)
      return file.id
    },
    async uploadUrl(assetId, fileId, signal) {
      const given = fresh.get(fileId)
      fresh.delete(fileId)
      if (given !== undefined) return given
      const file = await read(assetId, fileId, { generate_signed_post_url: true }, signal)
      keep(file)
      fresh.delete(fileId)
      return file.multipart_upload_url
    },
    readUrl: async (assetId, fileId, signal) =>
      (await read(assetId, fileId, { bypass_url_cache: true }, signal)).url,
    async setStatus(asset_id, file_id, change, signal) {
      const known = kept.get(file_id) ?? (await read(asset_id, file_id, {}, signal))
      const { original_name, directory_path, file_set_id } = known
      await client.call(
        calls['files.patchFile'],
        {
          path: { asset_id, file_id },
          body: {
            original_name,
            directory_path: directory_path ?? '',
            type: 'FILE',
            file_set_id: file_set_id ?? '',
            ...change,
          },
          answer: fileSchema,
        },
        signal,
      )
    },
  }
}
