import type { CheckKind } from '../store/transferRow.ts'
import { checksumOf } from './checksum.ts'
import { type Abilities, memoryPayload, type ObjectStore } from './objectStore.ts'
import { isKind } from './retry.ts'

const body = Buffer.from('Rushes asks this store what it checks.\n')
const wrong = Buffer.from('Something else altogether.\n')
const silent = () => undefined

/**
 * Finds out what a store checks and keeps, by sending it small objects under `name`, some with a wrong checksum, and
 * removes them again. Failures that have nothing to do with the question (no network, no permission) go to the caller.
 */
export async function probeStore(store: ObjectStore, name: string, signal: AbortSignal): Promise<Abilities> {
  const head = (suffix: string) => ({ key: `${name}-${suffix}`, token: name, mediaType: 'text/plain' })
  const payload = memoryPayload(body, body.byteLength)
  const made: string[] = []

  async function refusesWrong(kind: 'crc32' | 'md5'): Promise<boolean> {
    const { key, ...rest } = head(kind)
    made.push(key)
    try {
      await store.putObject(
        { key, ...rest, payload, checksum: await checksumOf(kind, wrong) },
        silent,
        signal,
      )
      return false
    } catch (error) {
      if (isKind(error, 'corrupt')) return true
      // A store that does not know the header at all says so, or says something vague.
      if (isKind(error, 'unsupported', 'refused', 'server')) return false
      throw error
    }
  }

  try {
    const checksCrc32 = await refusesWrong('crc32')
    const checksMd5 = await refusesWrong('md5')
    const md5 = await checksumOf('md5', body)
    const crc32 = await checksumOf('crc32', body)
    const whole = head('whole')
    made.push(whole.key)
    const sent = await store.putObject(
      { ...whole, payload, checksum: checksCrc32 ? crc32 : md5 },
      silent,
      signal,
    )
    const found = await store.head(whole.key, signal)
    const etagIsMd5 = sent.etag.replaceAll('"', '') === Buffer.from(md5.value).toString('hex')

    const assembled = head('parts')
    made.push(assembled.key)
    const tryParts = async (kind: CheckKind) => {
      await removeLeftovers(store, assembled.key, signal)
      const uploadId = await store.createUpload(assembled, kind, signal)
      try {
        const listsUploads = await store.listUploads(assembled.key, signal).then(
          (found) => found.some((upload) => upload.uploadId === uploadId),
          (error: unknown) => {
            if (isKind(error, 'unsupported', 'refused', 'server', 'denied')) return false
            throw error
          },
        )
        const checksum = kind === 'md5' ? md5 : crc32
        const { etag } = await store.putPart(
          { key: assembled.key, uploadId, number: 1, payload, checksum },
          silent,
          signal,
        )
        await store.completeUpload(
          {
            key: assembled.key,
            uploadId,
            bytes: body.byteLength,
            kind,
            parts: [{ number: 1, etag, checksum }],
            whole: kind === 'crc32Full' ? crc32 : undefined,
          },
          signal,
        )
        return { listsUploads }
      } catch (error) {
        await store.abortUpload(assembled.key, uploadId, signal).catch((second: unknown) => {
          if (!isKind(second, 'lostUpload', 'server', 'refused')) throw second
        })
        throw error
      }
    }
    let checksWholeCrc32 = false
    let listsUploads = false
    let keepsMetadata = found?.token === name
    if (checksCrc32) {
      try {
        const tried = await tryParts('crc32Full')
        listsUploads = tried.listsUploads
        const parts = await store.head(assembled.key, signal)
        keepsMetadata &&= parts?.token === name
        checksWholeCrc32 = parts?.crc32 !== undefined && Buffer.compare(parts.crc32, crc32.value) === 0
      } catch (error) {
        if (!isKind(error, 'unsupported', 'refused', 'badPlan', 'corrupt', 'server')) throw error
      }
    }
    if (!checksWholeCrc32) listsUploads = (await tryParts(checksCrc32 ? 'crc32' : 'md5')).listsUploads
    return {
      checksMd5,
      checksCrc32,
      checksWholeCrc32,
      keepsMetadata,
      etagIsMd5,
      listsUploads,
    }
  } finally {
    for (const key of made) await store.deleteObject(key, signal).catch(() => undefined)
  }
}

/** What a probe that was cut short left behind. The names are always the same, so that it is found. */
async function removeLeftovers(store: ObjectStore, key: string, signal: AbortSignal): Promise<void> {
  try {
    for (const upload of await store.listUploads(key, signal)) {
      if (upload.key === key) await store.abortUpload(key, upload.uploadId, signal)
    }
  } catch (error) {
    if (!isKind(error, 'unsupported', 'refused', 'server', 'denied', 'lostUpload')) throw error
  }
}

/** The kind of checksum to send to a store that does this. */
export function checkKindFor(abilities: Abilities): CheckKind {
  if (abilities.checksCrc32) return abilities.checksWholeCrc32 ? 'crc32Full' : 'crc32'
  return 'md5'
}
