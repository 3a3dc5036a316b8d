import type { z } from 'zod'
import type { Scan } from '../../shared/drop.ts'
import { AppError } from '../../shared/errors.ts'
import type { BatchId, ScanId } from '../../shared/ids.ts'
import { isDiskRefusal } from '../store/database.ts'
import type { ScanStore } from '../store/scanStore.ts'
import type { Clock } from './clock.ts'
import type { HostCalls } from './hostContract.ts'
import { nothingTaken } from './namesakes.ts'
import { emptyScan, startWalk, type Walk } from './scan.ts'

type Input<C extends keyof HostCalls> = z.output<HostCalls[C]['input']>

/** Drops on their way into the queue. */
export interface Drops {
  scan(input: Input<'scan'>): Promise<Scan>
  /** Other names are taken where the drop is to go; `changed` tells what comes of it. */
  compare(input: Input<'compare'>): Promise<void>
  /** Waits for the end of the walk, then queues what it found. */
  send(input: Input<'send'>): Promise<{ batchId: BatchId; files: number }>
  discard(input: Input<'discard'>): Promise<void>
  stop(): void
}

export interface DropsOptions {
  readonly store: ScanStore
  readonly clock: Clock
  newId(): string
  newToken(): string
  changed(scan: Scan): void
  queued(): void
  troubled(error: unknown): void
}

interface Looking {
  readonly controller: AbortController
  readonly walk: Walk
  readonly done: Promise<Scan>
}

export function createDrops(options: DropsOptions): Drops {
  const { store, clock } = options
  const looks = new Map<ScanId, Looking>()

  /** Told with what was seen until then; nothing of it can be sent. */
  async function ended(walk: Walk): Promise<Scan> {
    try {
      return await walk.done
    } catch (error) {
      const isFull = isDiskRefusal(error)
      options.changed({ ...walk.snapshot(), state: 'stopped', cut: isFull ? 'diskFull' : 'failed' })
      throw isFull ? new AppError('database.full', {}, error) : error
    }
  }

  return {
    async scan({ scanId, paths, taken = nothingTaken }) {
      try {
        store.begin(scanId, clock.now())
      } catch (error) {
        throw isDiskRefusal(error) ? new AppError('database.full', {}, error) : error
      }
      const controller = new AbortController()
      const walk = startWalk({
        id: scanId,
        paths,
        taken,
        clock,
        signal: controller.signal,
        newId: options.newId,
        newToken: options.newToken,
        add: (files) => store.add(scanId, files),
        changed: options.changed,
      })
      const done = ended(walk)
      done.catch((error: unknown) => options.troubled(error))
      looks.set(scanId, { controller, walk, done })
      return emptyScan(scanId)
    },
    async compare({ scanId, taken }) {
      looks.get(scanId)?.walk.compare(taken)
    },
    async send({ scanId, destination, remote, versionOf = null, metadata = null }) {
      const looking = looks.get(scanId)
      // A walk cut off with an earlier process has found an unknown part of the drop: nothing of it is sent unseen.
      if (looking === undefined) throw new AppError('thing.notFound', { thing: 'drop' })
      const { state, files: found } = await looking.done
      if (state !== 'ready') throw new AppError('transfer.hostStopped')
      if (versionOf !== null && found !== 1)
        throw new AppError('request.invalid', { call: 'drops.send', reason: 'oneFile' })
      const batchId = options.newId() as BatchId
      const files = store.queue({
        scanId,
        batchId,
        destination,
        remote,
        // Decided with the plan, when the connection is there.
        transport: 's3',
        versionOf,
        metadata,
        now: clock.now(),
      })
      looks.delete(scanId)
      options.queued()
      return { batchId, files }
    },
    async discard({ scanId }) {
      const looking = looks.get(scanId)
      looks.delete(scanId)
      looking?.controller.abort()
      await looking?.done.catch(() => undefined)
      store.discard(scanId)
    },
    stop() {
      for (const { controller } of looks.values()) controller.abort()
    },
  }
}
