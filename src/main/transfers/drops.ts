import type { z } from 'zod'
import type { Scan } from '../../shared/drop.ts'
import { AppError } from '../../shared/errors.ts'
import type { BatchId, ScanId } from '../../shared/ids.ts'
import { isDiskRefusal } from '../store/database.ts'
import type { ScanStore } from '../store/scanStore.ts'
import type { Clock } from './clock.ts'
import type { HostCalls } from './hostContract.ts'
import { emptyScan, scanPaths } from './scan.ts'

type Input<C extends keyof HostCalls> = z.output<HostCalls[C]['input']>

/** Drops on their way into the queue. */
export interface Drops {
  scan(input: Input<'scan'>): Promise<Scan>
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

interface Walk {
  readonly controller: AbortController
  readonly done: Promise<Scan>
}

export function createDrops(options: DropsOptions): Drops {
  const { store, clock } = options
  const walks = new Map<ScanId, Walk>()

  async function walk(id: ScanId, paths: readonly string[], signal: AbortSignal): Promise<Scan> {
    try {
      return await scanPaths({
        id,
        paths,
        clock,
        signal,
        newId: options.newId,
        newToken: options.newToken,
        add: (files) => store.add(id, files),
        changed: options.changed,
      })
    } catch (error) {
      options.changed({ ...emptyScan(id), state: 'stopped' })
      if (isDiskRefusal(error)) throw new AppError('database.full', {}, error)
      throw error
    }
  }

  return {
    async scan({ scanId, paths }) {
      store.begin(scanId, clock.now())
      const controller = new AbortController()
      const done = walk(scanId, paths, controller.signal)
      done.catch((error: unknown) => options.troubled(error))
      walks.set(scanId, { controller, done })
      return emptyScan(scanId)
    },
    async send({ scanId, destination, remote, versionOf = null, metadata = null }) {
      const walking = walks.get(scanId)
      // A walk cut off with an earlier process has found an unknown part of the drop: nothing of it is sent unseen.
      if (walking === undefined) throw new AppError('thing.notFound', { thing: 'drop' })
      const { state, files: found } = await walking.done
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
      walks.delete(scanId)
      options.queued()
      return { batchId, files }
    },
    async discard({ scanId }) {
      const walking = walks.get(scanId)
      walks.delete(scanId)
      walking?.controller.abort()
      await walking?.done.catch(() => undefined)
      store.discard(scanId)
    },
    stop() {
      for (const { controller } of walks.values()) controller.abort()
    },
  }
}
