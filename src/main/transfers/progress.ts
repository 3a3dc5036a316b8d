import type { TransferId } from '../../shared/ids.ts'
import { isRunning, type Transfer, type TransferSummary } from '../../shared/transfer.ts'
import type { Totals } from '../store/transferQueries.ts'
import type { TransferRow } from '../store/transferRow.ts'
import type { Clock } from './clock.ts'
import type { RunProgress } from './run.ts'

/** Bytes on their way and speeds: what is shown but never stored. */
export interface Progress {
  of(id: TransferId): RunProgress
  forget(id: TransferId): void
  inFlight(id: TransferId): ReadonlyMap<number, number>
  /** A row as it is shown, with what is known of it in memory. `isHeldByDisk`: its next write waits for the disk. */
  shown(row: TransferRow, isHeldByDisk: boolean): Transfer
  summary(totals: Totals, isHeldByDisk: boolean): TransferSummary
}

const smoothingMs = 3_000

/** Speed over the last seconds; fades when nothing moves. */
function createMeter(clock: Clock): { add(bytes: number): void; read(): number } {
  let rate = 0
  let pending = 0
  let at = clock.ticks()
  function settle(): void {
    const elapsed = clock.ticks() - at
    if (elapsed < 200) return
    const share = 1 - Math.exp(-elapsed / smoothingMs)
    rate += ((pending / elapsed) * 1000 - rate) * share
    pending = 0
    at = clock.ticks()
  }
  return {
    add(bytes) {
      pending += bytes
      settle()
    },
    read() {
      settle()
      return rate < 1 ? 0 : rate
    },
  }
}

interface Moving {
  readonly parts: Map<number, number>
  readonly meter: ReturnType<typeof createMeter>
}

export function createProgress(clock: Clock, onMoved: (id: TransferId) => void): Progress {
  const moving = new Map<TransferId, Moving>()
  const total = createMeter(clock)
  const none: ReadonlyMap<number, number> = new Map()

  function bytesOf(parts: ReadonlyMap<number, number>): number {
    let sum = 0
    for (const bytes of parts.values()) sum += bytes
    return sum
  }

  return {
    of(id) {
      const own: Moving = { parts: new Map(), meter: createMeter(clock) }
      moving.set(id, own)
      return {
        sending(part, bytes) {
          const more = bytes - (own.parts.get(part) ?? 0)
          own.parts.set(part, bytes)
          // A repeated part begins at nothing again.
          if (more > 0) {
            own.meter.add(more)
            total.add(more)
          }
          onMoved(id)
        },
        ended(part) {
          own.parts.delete(part)
          onMoved(id)
        },
      }
    },
    forget: (id) => void moving.delete(id),
    inFlight: (id) => moving.get(id)?.parts ?? none,
    shown(row, isHeldByDisk) {
      const own = moving.get(row.id)
      const isHeld = isHeldByDisk && isRunning(row.state)
      const inFlight = own === undefined ? 0 : Math.min(bytesOf(own.parts), row.size - row.bytesDone)
      return {
        id: row.id,
        batchId: row.batchId,
        sourceId: row.sourceId,
        name: row.name,
        folders: row.folders,
        mediaType: row.mediaType,
        destination: row.destination,
        state: isHeld ? 'waiting' : row.state,
        waitReason: isHeld ? 'databaseFull' : row.waitReason,
        failure: isHeld ? { code: 'database.full', facts: {} } : row.failure,
        nextAt: row.nextAt,
        bytes: row.size,
        bytesStored: row.bytesDone,
        bytesInFlight: Math.max(0, inFlight),
        partCount: row.partCount,
        partsStored: row.partsDone,
        partsInFlight: own?.parts.size ?? 0,
        bytesPerSecond: isRunning(row.state) ? (own?.meter.read() ?? 0) : 0,
        isStoppable: !unstoppable.has(row.state),
        createdAt: row.createdAt,
        updatedAt: row.updatedAt,
        assetId: null,
      }
    },
    summary({ bytesLeft, ...known }, isHeldByDisk) {
      const totals = isHeldByDisk ? heldByDisk(known) : known
      const rate = totals.moving > 0 ? total.read() : 0
      let inFlight = 0
      for (const { parts } of moving.values()) inFlight += bytesOf(parts)
      const left = Math.max(0, bytesLeft - inFlight)
      return {
        ...totals,
        bytesStored: Math.min(totals.bytesTotal, totals.bytesStored),
        bytesPerSecond: rate,
        secondsLeft: rate > 0 ? left / rate : null,
      }
    },
  }
}

/** What moves waits for the disk, which is what holds up everything then. */
function heldByDisk<T extends Omit<Totals, 'bytesLeft'>>(totals: T): T {
  const waiting = totals.waiting + totals.moving
  return { ...totals, moving: 0, waiting, waitReason: waiting > 0 ? 'databaseFull' : null }
}

const unstoppable: ReadonlySet<TransferRow['state']> = new Set([
  'completing',
  'verifying',
  'registering',
  'canceling',
  'canceled',
  'done',
])
