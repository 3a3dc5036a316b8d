import type { TransferId } from '../../shared/ids.ts'
import type { TransferStore } from '../store/transferStore.ts'
import type { Clock } from './clock.ts'
import { fileAtService } from './facts.ts'
import type { LaneOptions } from './lane.ts'
import { requestFailure } from './signedFailure.ts'
import type { SignedHttp } from './signedHttp.ts'
import type { SignedParts } from './signedParts.ts'
import { createSignedStore, type SignedStoreOptions, type StorageMemory } from './signedStore.ts'

export interface SignedLaneOptions {
  readonly store: TransferStore
  readonly http: SignedHttp
  readonly clock: Clock
  readonly signed: () => SignedParts
  readonly memory: StorageMemory
}

/** The stores of a lane whose storage is the service's own: one for each transfer, over the same sockets. */
export function signedStores(
  options: SignedLaneOptions,
): Pick<LaneOptions, 'store' | 'storeOf' | 'prefix' | 'probePrefix' | 'savedAbilities' | 'saveAbilities'> {
  const { store } = options
  const http = rememberingLost(options.http)
  const storeFor = (transfer: SignedStoreOptions['transfer']) =>
    createSignedStore({ ...options, http, transfer })
  const none = storeFor(() => undefined)
  return {
    store: {
      ...none,
      async reach(signal) {
        await none.reach(signal)
        await http.reachLost(signal).catch((error: unknown) => {
          if (signal.aborted) throw signal.reason
          throw requestFailure(error, options.clock.now())
        })
      },
      close: () => http.close(),
    },
    storeOf: (id) => storeFor(() => transferOf(store, id)),
    prefix: '',
    probePrefix: '',
    savedAbilities: undefined,
    saveAbilities: () => undefined,
  }
}

function transferOf(store: TransferStore, id: TransferId): ReturnType<SignedStoreOptions['transfer']> {
  const row = store.transfer(id)
  if (row === undefined || row.partCount === null) return undefined
  return { file: fileAtService(store, row), partCount: row.partCount }
}

/** Remembers the storage that last gave no answer: the service may well be there when its storage is not. */
function rememberingLost(http: SignedHttp): SignedHttp & { reachLost(signal: AbortSignal): Promise<void> } {
  let lost: string | undefined
  return {
    ...http,
    async send(request, signal) {
      try {
        const answer = await http.send(request, signal)
        if (lost === request.url.origin) lost = undefined
        return answer
      } catch (error) {
        if (!signal.aborted) lost = request.url.origin
        throw error
      }
    },
    /** Whatever it answers without a signature will do. */
    async reachLost(signal) {
      if (lost === undefined) return
      await http.send({ method: 'HEAD', url: new URL(lost) }, signal)
      lost = undefined
    },
  }
}

/** What was seen of each storage, kept by a connection's place over restarts. */
export function storageMemory(saved: {
  read(storage: string): boolean
  write(storage: string): void
}): StorageMemory {
  const seen = new Map<string, boolean>()
  return {
    etagsAreMd5(storage) {
      const known = seen.get(storage) ?? saved.read(storage)
      seen.set(storage, known)
      return known
    },
    sawMd5Etag(storage) {
      if (seen.get(storage) === true) return
      seen.set(storage, true)
      saved.write(storage)
    },
  }
}
