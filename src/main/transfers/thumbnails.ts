import type { ConnectionId, SourceId, TransferId } from '../../shared/ids.ts'
import type { ThumbnailStore } from '../store/thumbnailStore.ts'
import type { TransferRow } from '../store/transferRow.ts'
import type { Clock } from './clock.ts'
import type { Lane } from './lane.ts'
import { pictureKindOf } from './mediaTypes.ts'

export interface Thumbnails {
  /** Asks for a picture of a file on its way, once per source and run. */
  want(row: TransferRow): void
  store(id: SourceId, jpeg: Uint8Array | null): void
  of(id: SourceId): Uint8Array | null
  /** An object was stored: its picture, if there is one by now, is laid beside it. */
  stored(id: SourceId): void
  /** Lays pictures beside objects that are stored. Best effort: nothing ever waits for it. */
  send(): void
  close(): void
}

export interface ThumbnailOptions {
  readonly store: ThumbnailStore
  readonly clock: Clock
  lane(id: ConnectionId): Lane | undefined
  wanted(sourceId: SourceId, kind: 'video' | 'image'): void
  log(level: 'warn', text: string): void
}

/** A picture lies beside its object, under the object's key and this. */
export const thumbnailSuffix = '.thumb.jpg'
const batch = 16
const tries = 4
const pauseMs = 5_000

export function createThumbnails(options: ThumbnailOptions): Thumbnails {
  const { store, clock } = options
  const asked = new Set<SourceId>()
  const failures = new Map<TransferId, number>()
  const life = new AbortController()
  let isSending = false
  let isWanted = false

  async function sendAll(): Promise<void> {
    isSending = true
    do {
      isWanted = false
      let hasFailed = false
      const pending = store
        .pending(batch + failures.size)
        .filter(({ transferId }) => (failures.get(transferId) ?? 0) < tries)
      for (const picture of pending.slice(0, batch)) {
        const lane = options.lane(picture.connectionId as ConnectionId)
        if (lane === undefined || lane.held !== undefined || lane.store.bucket !== picture.bucket) continue
        try {
          await lane.store.putMade(
            `${picture.objectKey}${thumbnailSuffix}`,
            picture.jpeg,
            'image/jpeg',
            life.signal,
          )
          store.sent(picture.transferId)
          isWanted = true
        } catch (error) {
          if (life.signal.aborted) return
          hasFailed = true
          failures.set(picture.transferId, (failures.get(picture.transferId) ?? 0) + 1)
          options.log(
            'warn',
            `A picture could not be sent: ${error instanceof Error ? error.message : 'unknown'}`,
          )
        }
      }
      if (hasFailed) {
        await clock.wait(pauseMs, life.signal)
        isWanted = true
      }
    } while (isWanted && !life.signal.aborted)
    isSending = false
  }

  const send = () => {
    isWanted = true
    if (isSending || life.signal.aborted) return
    sendAll().catch((error: unknown) => {
      isSending = false
      options.log('warn', `Pictures could not be sent: ${error instanceof Error ? error.message : 'unknown'}`)
    })
  }

  return {
    want(row) {
      const kind = pictureKindOf(row.mediaType)
      if (kind === undefined || asked.has(row.sourceId)) return
      asked.add(row.sourceId)
      if (store.of(row.sourceId) === undefined) options.wanted(row.sourceId, kind)
    },
    store(id, jpeg) {
      store.set(id, jpeg, clock.now())
      if (jpeg !== null) send()
    },
    stored(id) {
      if (asked.has(id) && store.of(id) instanceof Uint8Array) send()
    },
    of: (id) => store.of(id) ?? null,
    send,
    close: () => life.abort(),
  }
}
