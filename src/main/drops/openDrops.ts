import { isDeepStrictEqual } from 'node:util'
import { ulid } from 'ulid'
import type { Scan } from '../../shared/drop.ts'
import { AppError } from '../../shared/errors.ts'
import type { PlaceId, ScanId } from '../../shared/ids.ts'
import { scanIdSchema } from '../../shared/ids.ts'
import type { Client } from '../../shared/rpc.ts'
import type { HostCalls, Taken } from '../transfers/hostContract.ts'
import { nothingTaken } from '../transfers/namesakes.ts'

export interface OpenDropsParts {
  readonly host: () => Pick<Client<HostCalls>, 'scan' | 'compare'>
  /** What lies in a place, as far as it is known here. */
  readonly takenIn: (placeId: PlaceId) => Taken
  /** Asks the service for what is there; resolves when that is known, or cannot be. */
  readonly readPlace: (placeId: PlaceId) => Promise<void>
  readonly tell: (scan: Scan) => void
  readonly report: (error: unknown) => void
}

/** Drops that are being looked at: which place each is meant for, and what is there already. */
export interface OpenDrops {
  scan(paths: readonly string[], placeId: PlaceId | null): Promise<Scan>
  /** Null: names that are taken do not matter to it. */
  setPlace(id: ScanId, placeId: PlaceId | null): Promise<void>
  /** The transfer host's news of a look. */
  changed(scan: Scan): void
  /** Sent or given up. */
  ended(id: ScanId): void
  /** The process that looked is gone, and what it had seen with it. */
  lost(): void
}

interface Open {
  placeId: PlaceId | null
  last: Scan | undefined
}

export function createOpenDrops({ host, takenIn, readPlace, tell, report }: OpenDropsParts): OpenDrops {
  const open = new Map<ScanId, Open>()
  const takenFor = (placeId: PlaceId | null) => (placeId === null ? nothingTaken : takenIn(placeId))

  /** What is known of the place may be old, or nothing: it is read, and compared once more. */
  async function compareAgain(id: ScanId, placeId: PlaceId | null): Promise<void> {
    if (placeId === null) return
    const before = takenIn(placeId)
    await readPlace(placeId)
    const taken = takenIn(placeId)
    if (open.get(id)?.placeId !== placeId || isDeepStrictEqual(taken, before)) return
    await host().compare({ scanId: id, taken })
  }

  return {
    async scan(paths, placeId) {
      const id = scanIdSchema.parse(ulid())
      open.set(id, { placeId, last: undefined })
      try {
        const found = await host().scan({ scanId: id, paths: [...paths], taken: takenFor(placeId) })
        const drop = open.get(id)
        if (drop !== undefined) drop.last ??= found
        compareAgain(id, placeId).catch(report)
        return found
      } catch (error) {
        open.delete(id)
        throw error
      }
    },
    async setPlace(id, placeId) {
      const drop = open.get(id)
      if (drop === undefined) throw new AppError('thing.notFound', { thing: 'drop' })
      if (drop.placeId === placeId) return
      drop.placeId = placeId
      await host().compare({ scanId: id, taken: takenFor(placeId) })
      compareAgain(id, placeId).catch(report)
    },
    changed(scan) {
      const drop = open.get(scan.id)
      if (drop !== undefined) drop.last = scan
      tell(scan)
    },
    ended(id) {
      open.delete(id)
    },
    lost() {
      for (const { last } of open.values())
        if (last !== undefined) tell({ ...last, state: 'stopped', cut: 'failed' })
      open.clear()
    },
  }
}
