import { setMaxListeners } from 'node:events'
import type { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, TransferId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/rpc.ts'
import { isRunning } from '../../shared/transfer.ts'
import { isDiskRefusal, type OpenDatabase } from '../store/database.ts'
import { createScanStore } from '../store/scanStore.ts'
import { createThumbnailStore } from '../store/thumbnailStore.ts'
import { createTransferQueries } from '../store/transferQueries.ts'
import type { TransferRow } from '../store/transferRow.ts'
import { createTransferStore } from '../store/transferStore.ts'
import { createBuffers } from './buffers.ts'
import { createChanges } from './changes.ts'
import type { Clock, Random } from './clock.ts'
import { createCommands } from './commands.ts'
import { createCommitter } from './committer.ts'
import { createDrops } from './drops.ts'
import { fileOf } from './facts.ts'
import type { ConnectionAccess, EngineCalls, HostEvents, StorageAccess } from './hostContract.ts'
import { createLanes } from './lanes.ts'
import { createFailureNews, createRunNews } from './news.ts'
import type { ObjectStore } from './objectStore.ts'
import { smallFileBytes } from './partPlan.ts'
import { createProgress } from './progress.ts'
import { createQueue, type Running } from './queue.ts'
import { createRateLimit, type RateLimit } from './rateLimit.ts'
import { Halt } from './retry.ts'
import { type EngineSizes, type Run, RunStopped, type RunTools, type SourceFiles } from './run.ts'
import { runCancel, runTransfer } from './runner.ts'
import { createSignedHttp, type SignedHttp } from './signedHttp.ts'
import { openSource, statSource } from './sourceFile.ts'
import { sweepWeekly } from './sweep.ts'
import { createThumbnails } from './thumbnails.ts'
import type { UploadTarget } from './uploadTarget.ts'
import { createWaits } from './waits.ts'

export interface EngineOptions {
  readonly database: OpenDatabase
  readonly clock: Clock
  readonly random: Random
  newId(): string
  /** Hard to guess; proves an object to be ours. */
  newToken(): string
  openStore(access: () => StorageAccess, limit: RateLimit): ObjectStore
  openTarget(access: ConnectionAccess): UploadTarget
  /** How requests travel that a service signed. */
  readonly openSigned?: (limit: RateLimit) => SignedHttp
  readonly files?: SourceFiles
  readonly sizes?: Partial<EngineSizes>
  tell<E extends keyof HostEvents>(event: E, payload: z.input<HostEvents[E]>): void
}

export interface Engine {
  readonly calls: Handlers<EngineCalls>
  /** Resolves when nothing runs and nothing can be started before a wait ends. */
  untilIdle(): Promise<void>
  /** Ends at once and writes nothing more, as a killed process would. */
  kill(): void
}

const day = 24 * 3_600_000
const keptCleared = 30 * day
const stopMs = 2_000
const usualSizes: EngineSizes = {
  smallFile: smallFileBytes,
  partSize: undefined,
  bufferedPart: 64 * 2 ** 20,
  memory: 256 * 2 ** 20,
}

/**
 * The transfer engine over one database. Begins by taking back what an earlier process left in the middle; nothing is
 * sent before `configure` names the connections.
 */
export function createEngine(options: EngineOptions): Engine {
  const { clock, random, tell, database } = options
  const { db } = database
  const sizes: EngineSizes = { ...usualSizes, ...options.sizes }
  const store = createTransferStore({ db, now: () => clock.now() })
  const queries = createTransferQueries(db)
  const limit = createRateLimit(clock)
  let installationId: string | undefined = store.setting('installationId')
  let isConfigured = false
  let isSweeping = false
  const life = new AbortController()
  let isOver = false

  const log: RunTools['log'] = (level, text) => tell('log', { level, text })
  const changes = createChanges(clock, (ids) => {
    const rows = queries.byIds(ids).map((row) => progress.shown(row, committer.isRefused))
    tell('transfersChanged', { summary: summary(), rows })
  })
  const progress = createProgress(clock, (id) => changes.mark(id))
  const committer = createCommitter({
    together: (act) => store.together(act),
    apart: (act) => store.apart(act),
    isDiskRefusal,
    clock,
    onDisk(isRefusing) {
      log(
        isRefusing ? 'warn' : 'info',
        isRefusing ? 'The disk takes no writes; trying again.' : 'The disk takes writes again.',
      )
      changes.markAll(queue.all().map(({ id }) => id))
      queue.wake()
    },
  })
  const thumbnails = createThumbnails({
    store: createThumbnailStore(db),
    clock,
    lane: (id) => lanes.get(id),
    wanted: (sourceId, kind) => tell('thumbnailWanted', { sourceId, kind }),
    log,
  })
  const failureNews = createFailureNews({ store, clock, lane: (id) => lanes.get(id), log })
  const lanes = createLanes({
    store,
    clock,
    random,
    openStore: (access) => options.openStore(access, limit),
    openSigned: () => (options.openSigned ?? createSignedHttp)(limit),
    openTarget: options.openTarget,
    log,
    onHeld(id, why) {
      stopRunning((row) => row.connectionId === id, why)
      guarded(() => holdQueued(id, why))
      if (why.code === 'auth.expired') tell('signedOut', { connectionId: id })
    },
    onReleased(id) {
      guarded(() => {
        const states = ['waiting'] as const
        const waitReasons = ['offline', 'auth'] as const
        changes.markAll(store.applyTo({ connectionId: id, states, waitReasons }, { kind: 'ready' }).ids)
      })
      queue.wake()
      thumbnails.send()
      failureNews.tellAgain()
    },
    onRemoved(id) {
      stopRunning((row) => row.connectionId === id, signedOut())
    },
  })
  const tools = {
    store,
    commit: <T>(act: () => T) => committer.commit(act),
    clock,
    random,
    files: options.files ?? { open: openSource, stat: statSource },
    buffers: createBuffers(sizes.memory),
    sizes,
    get installationId() {
      if (installationId === undefined) throw new Error('the engine runs before it was configured')
      return installationId
    },
    newToken: options.newToken,
    trusted: new Set<TransferId>(),
    log,
  } satisfies RunTools
  const queue = createQueue({
    store,
    sizes,
    now: () => clock.now(),
    mayStart: () => isConfigured && !isOver && !committer.isRefused,
    start: (row, leaveFile) => begin(row, leaveFile, false),
    startCancel: (row) => begin(row, () => undefined, true),
    onError: (error) => troubled(error),
  })
  const waits = createWaits({
    clock,
    nextDue: () => (isOver ? undefined : store.nextDue()),
    due() {
      guarded(() => {
        changes.markAll(store.applyTo({ states: ['waiting'], dueAt: clock.now() }, { kind: 'ready' }).ids)
      })
      queue.wake()
    },
  })

  store.applyTo({}, { kind: 'interrupt' })
  store.purge(clock.now() - keptCleared, clock.now() - day)

  function summary() {
    return progress.summary(queries.totals(), committer.isRefused)
  }

  /** A write outside of a run: when the disk refuses, the same is found out and tried again later. */
  function guarded(act: () => void): void {
    try {
      act()
    } catch (error) {
      troubled(error)
    }
  }

  function troubled(error: unknown): void {
    if (isOver) return
    log(
      'error',
      `The queue met a problem: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    void clock.wait(5_000).then(() => queue.wake())
  }

  function signedOut(): Halt {
    return new Halt({ outcome: 'wait', reason: 'auth', code: 'auth.expired' })
  }

  function holdQueued(id: ConnectionId, why: Halt): void {
    const change = {
      waitReason: why.reason,
      nextAt: null,
      failure: { code: why.code, facts: { ...why.facts } },
    }
    changes.markAll(store.applyTo({ connectionId: id, states: ['queued'] }, { kind: 'wait' }, change).ids)
  }

  function begin(row: TransferRow, leaveFile: () => void, isCancel: boolean): Running | undefined {
    const lane = lanes.get(row.connectionId)?.of(row.id, fileOf(row))
    const why = lane === undefined ? signedOut() : lane.held
    if (lane === undefined || why !== undefined) {
      if (isCancel) {
        store.apply(row.id, { kind: 'wait' }, { nextAt: clock.now() + 30_000 })
        waits.look()
      } else holdQueued(row.connectionId, why ?? signedOut())
      return undefined
    }
    const controller = new AbortController()
    setMaxListeners(0, controller.signal)
    const run: Run = {
      id: row.id,
      lane,
      signal: controller.signal,
      tools,
      progress: progress.of(row.id),
      news: createRunNews(lane, row.id, store, clock, controller.signal, log),
      begun: { uploadId: null, isPutting: false, steps: new Set() },
      leaveFile,
    }
    changes.mark(row.id)
    if (isCancel) store.change(row.id, { nextAt: null })
    const ended = (isCancel ? runCancel(run) : carry(run, row)).finally(() => {
      progress.forget(row.id)
      changes.mark(row.id)
      waits.look()
    })
    return { id: row.id, isCancel, ended, stop: (reason) => controller.abort(reason) }
  }

  async function carry(run: Run, row: TransferRow): Promise<void> {
    thumbnails.want(row)
    const end = await runTransfer(run, row)
    if (end.kind !== 'done') {
      failureNews.tell()
      return
    }
    const { sourceId, connectionId, placeId } = end.row
    tell('registered', { transferId: row.id, sourceId, connectionId, placeId, remoteId: end.remoteId })
    thumbnails.stored(sourceId)
  }

  function stopRunning(concerns: (row: TransferRow, isCancel: boolean) => boolean, reason: unknown): void {
    for (const running of queue.all()) {
      const row = store.transfer(running.id)
      if (row !== undefined && concerns(row, running.isCancel)) running.stop(reason)
    }
  }

  /** After a command: runs whose transfer is stopped by its row end now. A queued one is about to start, or ends already. */
  function afterCommand(ids: readonly TransferId[]): void {
    const isOut = ({ state }: TransferRow) => !isRunning(state) && state !== 'queued'
    stopRunning((row, isCancel) => !isCancel && isOut(row), new RunStopped('command'))
    changes.markAll(ids)
    changes.touch()
    queue.wake()
    waits.look()
  }

  const drops = createDrops({
    store: createScanStore(db),
    clock,
    newId: options.newId,
    newToken: options.newToken,
    changed: (scan) => tell('scanChanged', scan),
    queued() {
      changes.touch()
      queue.wake()
    },
    troubled,
  })
  const commands = createCommands({ store, lanes, changed: afterCommand })

  const calls: Handlers<EngineCalls> = {
    async configure(input) {
      if (installationId !== input.installationId) {
        store.setSetting('installationId', input.installationId)
        installationId = input.installationId
      }
      limit.set(input.uploadLimit)
      lanes.configure(input.installationId, input.connections)
      for (const lane of lanes.all()) lane.flow.setCeiling(input.uploadLimit)
      isConfigured = true
      queue.wake()
      waits.look()
      if (isSweeping) return
      isSweeping = true
      const sweep = { store, clock, installationId: input.installationId, signal: life.signal }
      void sweepWeekly(() => lanes.all(), sweep, log, troubled)
    },
    scan: (input) => drops.scan(input),
    compare: (input) => drops.compare(input),
    send: (input) => drops.send(input),
    discard: (input) => drops.discard(input),
    async list(query) {
      const { rows, total } = queries.list(query)
      return { rows: rows.map((row) => progress.shown(row, committer.isRefused)), total }
    },
    summary: async () => summary(),
    async get({ id }) {
      const row = store.transfer(id)
      if (row === undefined) throw new AppError('thing.notFound')
      const transfer = progress.shown(row, committer.isRefused)
      return { transfer, partSize: row.partSize, parts: partsText(row), notes: [...queries.notes(id)] }
    },
    ...commands,
    async source({ sourceId }) {
      const source = store.source(sourceId)
      if (source === undefined) throw new AppError('thing.notFound')
      const { path, mediaType, size, mtimeNs } = source
      return { path, mediaType, bytes: size, modifiedNs: mtimeNs }
    },
    async thumbnail({ sourceId, jpeg }) {
      thumbnails.store(sourceId, jpeg)
    },
    thumbnailOf: async ({ sourceId }) => plainBytes(thumbnails.of(sourceId)),
    unfinished: async ({ connectionId }) => queries.unfinished(connectionId),
    async signal({ kind }) {
      for (const lane of lanes.all()) {
        if (kind === 'offline' || kind === 'suspend') lane.cutOff()
        if (kind === 'resume') lane.store.freshSockets()
        if (kind === 'resume' || kind === 'online') lane.probeNow()
      }
    },
    async stop() {
      if (isOver) return
      isOver = true
      drops.stop()
      for (const running of queue.all()) running.stop(new RunStopped('shutdown'))
      const patience = new AbortController()
      await Promise.race([queue.untilIdle(), clock.wait(stopMs, patience.signal)])
      patience.abort()
      end()
      // What a full disk does not take is in the database all the same.
      await database.backup().catch((error: unknown) => log('warn', `No backup: ${String(error)}`))
      database.close()
    },
  }

  function partsText(row: TransferRow): string {
    const count = row.partCount ?? 0
    if (row.state === 'done' || row.objectState === 'stored' || row.objectState === 'verified')
      return 's'.repeat(count)
    const text = Array.from({ length: count }, () => '.')
    for (const number of progress.inFlight(row.id).keys()) text[number - 1] = 'f'
    for (const { n } of store.parts(row.id)) text[n - 1] = 's'
    return text.slice(0, count).join('')
  }

  function end(): void {
    life.abort(new RunStopped('shutdown'))
    thumbnails.close()
    failureNews.close()
    changes.close()
    waits.close()
    committer.close(new RunStopped('shutdown'))
    lanes.dispose()
  }

  return {
    calls,
    async untilIdle() {
      await queue.untilIdle()
    },
    kill() {
      isOver = true
      committer.close(new RunStopped('shutdown'))
      drops.stop()
      for (const running of queue.all()) running.stop(new RunStopped('shutdown'))
      end()
    },
  }
}

/** Bytes of their own, whatever memory the database gave them from. */
function plainBytes(bytes: Uint8Array | null): Uint8Array<ArrayBuffer> | null {
  return bytes === null ? null : new Uint8Array(bytes)
}
