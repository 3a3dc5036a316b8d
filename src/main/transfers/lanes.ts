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
import type { SignedHttp } from './signedHttp.ts'
import { signedStores, storageMemory } from './signedLane.ts'
import type { SignedParts } from './signedParts.ts'
import { signedAbilities } from './signedStore.ts'
import type { UploadTarget } from './uploadTarget.ts'

export interface LanesOptions {
  readonly store: TransferStore
  readonly clock: Clock
  readonly random: Random
  /** A client for a bucket; `access` gives the keys of the moment. */
  openStore(access: () => StorageAccess): ObjectStore
  /** The upload half of the connection's provider. Throws for a provider without one. */
  openTarget(access: ConnectionAccess): UploadTarget
  /** How requests travel that a service signed. */
  openSigned(): SignedHttp
  log(level: 'warn', text: string): void
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
  access: ConnectionAccess
  target: UploadTarget
  /** Names where its uploads go: what was begun at one place cannot go on at another. */
  readonly place: string
  readonly lane: Lane
}

export function createLanes(options: LanesOptions): Lanes {
  const { store, clock, random, log } = options
  const lanes = new Map<ConnectionId, Held>()

  function savedAbilities(id: string): Abilities | undefined {
    const saved = store.abilities(id)
    if (saved === undefined) return undefined
    const parsed = abilitiesSchema.safeParse(JSON.parse(saved))
    return parsed.success ? parsed.data : undefined
  }

  const saveAbilities = (id: string, abilities: Abilities) =>
    store.setAbilities(id, JSON.stringify(abilities), clock.now())

  /** The upload half of a connection; undefined where nothing can be sent. */
  function targetOf(access: ConnectionAccess): UploadTarget | undefined {
    try {
      const target = options.openTarget(access)
      return target.transport === 's3' && access.storage === null ? undefined : target
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      log('warn', `A connection takes no uploads: ${error.code}`)
      return undefined
    }
  }

  function open(access: ConnectionAccess, target: UploadTarget, installationId: string): Lane {
    const { connectionId: id, storage } = access
    const common = {
      connectionId: id,
      target: () => {
        const held = lanes.get(id)
        if (held === undefined) throw new AppError('auth.expired')
        return held.target
      },
      clock,
      random,
      onHeld: (why: Halt) => options.onHeld(id, why),
      onReleased: () => options.onReleased(id),
    }
    if (target.transport !== 's3') return createLane({ ...common, ...signedBy(id, target.transport) })
    if (storage === null) throw new Error('a lane to a bucket needs a bucket')
    const abilitiesId = `${storage.endpoint ?? storage.region}/${storage.bucket}`
    return createLane({
      ...common,
      store: options.openStore(() => lanes.get(id)?.access.storage ?? storage),
      prefix: storage.prefix,
      probePrefix: `${storage.prefix}${installationId}/probe`,
      savedAbilities: savedAbilities(abilitiesId),
      saveAbilities: (abilities) => saveAbilities(abilitiesId, abilities),
    })
  }

  function signedBy(id: ConnectionId, first: SignedParts): ReturnType<typeof signedStores> {
    const signed = () => {
      const transport = lanes.get(id)?.target.transport ?? first
      if (transport === 's3') throw new Error('a lane does not change its transport')
      return transport
    }
    const nameOf = (storage: string) => `${signed().address}/${storage}`
    const memory = storageMemory({
      read: (storage) => savedAbilities(nameOf(storage))?.etagIsMd5 === true,
      write: (storage) => saveAbilities(nameOf(storage), { ...signedAbilities, etagIsMd5: true }),
    })
    return signedStores({ store, http: options.openSigned(), clock, signed, memory })
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
      const usable = connections.flatMap((access) => {
        const target = targetOf(access)
        return target === undefined ? [] : [{ access, target, place: placeOf(access, target) }]
      })
      const wanted = new Set(usable.map(({ access }) => access.connectionId))
      for (const id of [...lanes.keys()]) {
        if (wanted.has(id)) continue
        remove(id)
        options.onRemoved(id)
      }
      for (const { access, target, place } of usable) {
        const id = access.connectionId
        const known = lanes.get(id)
        if (known !== undefined && isDeepStrictEqual(known.access, access)) continue
        if (known !== undefined && known.place === place) {
          known.access = access
          known.target = target
          known.lane.release()
          continue
        }
        if (known !== undefined) {
          remove(id)
          options.onRemoved(id)
        }
        lanes.set(id, { access, target, place, lane: open(access, target, installationId) })
        options.onReleased(id)
      }
    },
    dispose() {
      for (const id of [...lanes.keys()]) remove(id)
    },
  }
}

function placeOf({ provider, storage }: ConnectionAccess, { transport }: UploadTarget): string {
  if (transport !== 's3') return [provider, transport.kind, transport.address].join('\n')
  const { endpoint, region, bucket, prefix, forcePathStyle } = storage ?? {}
  return [provider, endpoint, region, bucket, prefix, forcePathStyle].join('\n')
}
