import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { TransferStore } from '../store/transferStore.ts'
import type { Clock, Random } from './clock.ts'
import type { ConnectionAccess, StorageAccess } from './hostContract.ts'
import { createLane, type Lane } from './lane.ts'
import type { Abilities, ObjectStore } from './objectStore.ts'
import type { Halt } from './retry.ts'
import type { UploadTarget } from './uploadTarget.ts'

export interface LanesOptions {
  readonly store: TransferStore
  readonly clock: Clock
  readonly random: Random
  /** A client for a bucket; `access` gives the keys of the moment. */
  openStore(access: () => StorageAccess): ObjectStore
  /** The upload half of the connection's provider. */
  openTarget(access: ConnectionAccess): UploadTarget
  onHeld(id: ConnectionId, why: Halt): void
  onReleased(id: ConnectionId): void
  /** The connection is not there any more. */
  onRemoved(id: ConnectionId): void
}

/** One lane for each connection main told us of. */
export interface Lanes {
  get(id: ConnectionId): Lane | undefined
  all(): readonly Lane[]
  /** A full snapshot: what is missing is signed out. New keys release what waited for them. */
  configure(installationId: string, connections: readonly ConnectionAccess[]): void
  dispose(): void
}

const abilitiesSchema = z.object({
  checksMd5: z.boolean(),
  checksCrc32: z.boolean(),
  checksWholeCrc32: z.boolean(),
  keepsMetadata: z.boolean(),
  etagIsMd5: z.boolean(),
  listsUploads: z.boolean(),
})

interface Held {
  access: ConnectionAccess & { readonly storage: StorageAccess }
  target: UploadTarget
  readonly lane: Lane
}

export function createLanes(options: LanesOptions): Lanes {
  const { store } = options
  const lanes = new Map<ConnectionId, Held>()

  function savedAbilities(id: string): Abilities | undefined {
    const saved = store.abilities(id)
    if (saved === undefined) return undefined
    const parsed = abilitiesSchema.safeParse(JSON.parse(saved))
    return parsed.success ? parsed.data : undefined
  }

  function open(access: Held['access'], installationId: string): Held {
    const { connectionId, storage } = access
    const abilitiesId = `${storage.endpoint ?? storage.region}/${storage.bucket}`
    const lane = createLane({
      connectionId,
      store: options.openStore(() => lanes.get(connectionId)?.access.storage ?? storage),
      target: () => {
        const held = lanes.get(connectionId)
        if (held === undefined) throw new AppError('auth.expired')
        return held.target
      },
      prefix: storage.prefix,
      probePrefix: `${storage.prefix}${installationId}/probe`,
      clock: options.clock,
      random: options.random,
      savedAbilities: savedAbilities(abilitiesId),
      saveAbilities: (abilities) =>
        store.setAbilities(abilitiesId, JSON.stringify(abilities), options.clock.now()),
      onHeld: (why) => options.onHeld(connectionId, why),
      onReleased: () => options.onReleased(connectionId),
    })
    return { access, target: options.openTarget(access), lane }
  }

  function remove(id: ConnectionId): void {
    const held = lanes.get(id)
    lanes.delete(id)
    held?.lane.dispose()
  }

  return {
    get: (id) => lanes.get(id)?.lane,
    all: () => [...lanes.values()].map(({ lane }) => lane),
    configure(installationId, connections) {
      const usable = connections.flatMap((access) =>
        access.storage === null ? [] : [{ ...access, storage: access.storage }],
      )
      const wanted = new Set(usable.map((access) => access.connectionId))
      for (const id of [...lanes.keys()]) {
        if (wanted.has(id)) continue
        remove(id)
        options.onRemoved(id)
      }
      for (const access of usable) {
        const id = access.connectionId
        const held = lanes.get(id)
        if (held !== undefined && isDeepStrictEqual(held.access, access)) continue
        if (held !== undefined && isSamePlace(held.access, access)) {
          held.access = access
          held.target = options.openTarget(access)
          held.lane.release()
          continue
        }
        if (held !== undefined) {
          remove(id)
          options.onRemoved(id)
        }
        lanes.set(id, open(access, installationId))
        options.onReleased(id)
      }
    },
    dispose() {
      for (const id of [...lanes.keys()]) remove(id)
    },
  }
}

function isSamePlace(a: Held['access'], b: Held['access']): boolean {
  const place = ({ endpoint, region, bucket, prefix, forcePathStyle }: StorageAccess) =>
    [endpoint, region, bucket, prefix, forcePathStyle].join('\n')
  return a.provider === b.provider && place(a.storage) === place(b.storage)
}
