import { AppError } from '../../shared/errors.ts'
import type { ConnectionId, TransferId } from '../../shared/ids.ts'
import type { TransferRow } from '../store/transferRow.ts'
import { failureStep, type TransferStore } from '../store/transferStore.ts'
import type { Clock } from './clock.ts'
import { fileAtService, fileOf } from './facts.ts'
import type { Lane } from './lane.ts'
import { type Run, type RunNews, write } from './run.ts'
import { haltForService } from './steps.ts'

type Log = (level: 'info' | 'warn', text: string) => void

const oftenMs = 5_000

export function createRunNews(
  lane: Lane,
  id: TransferId,
  store: TransferStore,
  clock: Clock,
  signal: AbortSignal,
  log: Log,
): RunNews {
  const { news } = lane.target
  let toldAt = clock.ticks()
  let telling: Promise<void> | undefined
  return {
    moved() {
      if (news === undefined || telling !== undefined || clock.ticks() - toldAt < oftenMs) return
      const row = store.transfer(id)
      if (row === undefined || row.objectKey === null || row.size === 0) return
      toldAt = clock.ticks()
      telling = news
        .moved(fileAtService(store, row), row.bytesDone / row.size, signal)
        .catch((error: unknown) => {
          if (!signal.aborted) log('info', `The service was not told of progress: ${codeOf(error)}`)
        })
        .finally(() => {
          telling = undefined
        })
    },
    quiet: () => telling ?? Promise.resolve(),
  }
}

const turnOf = (id: TransferId) => `news:${id}`

/** Part of the write that makes a transfer fail: its service is to be told. */
export function noteFailure(run: Run, row: TransferRow): void {
  const { store, clock } = run.tools
  if (run.lane.target.news === undefined || row.objectKey === null) return
  if (store.steps(row.id).every(({ state }) => state === 'none')) return
  store.setStep(row.id, { name: failureStep, state: 'sent', remoteId: null, sentAt: clock.now() })
}

/** Tells the service that an upload goes on which it was told had failed, or was about to be told. */
export async function tellResumed(run: Run, row: TransferRow): Promise<void> {
  const { store, log } = run.tools
  const { lane, signal } = run
  const isTold = store.steps(row.id).some(({ name, state }) => name === failureStep && state !== 'none')
  if (!isTold) return
  await lane.inTurn(
    turnOf(row.id),
    async () => {
      try {
        await lane.target.news?.resumed(fileAtService(store, row), signal)
      } catch (error) {
        if (signal.aborted || !(error instanceof AppError)) throw error
        const halt = haltForService(run, row, error)
        if (halt.outcome === 'wait') throw halt
        log('warn', `The service did not take that an upload goes on: ${error.code}`)
      }
      await write(run, () =>
        store.setStep(row.id, { name: failureStep, state: 'none', remoteId: null, sentAt: null }),
      )
    },
    signal,
  )
}

/** Tells services of uploads that failed for good; what could not be told is told later. */
export interface FailureNews {
  tell(): void
  /** The service may answer again: what was given up is tried anew. */
  tellAgain(): void
  close(): void
}

export interface FailureNewsOptions {
  readonly store: TransferStore
  readonly clock: Clock
  lane(id: ConnectionId): Lane | undefined
  readonly log: Log
}

const batch = 200
const tries = 4
const pauseMs = 5_000

export function createFailureNews(options: FailureNewsOptions): FailureNews {
  const { store, clock, log } = options
  const life = new AbortController()
  const failures = new Map<TransferId, number>()
  let isTelling = false
  let isWanted = false

  async function tellOne(row: TransferRow): Promise<'told' | 'failed' | 'later'> {
    const lane = options.lane(row.connectionId)?.of(row.id, fileOf(row))
    if (lane === undefined || lane.held !== undefined || row.failure === null) return 'later'
    const { failure } = row
    const act = async () => {
      await lane.target.news?.failed(fileAtService(store, row), failure, life.signal)
      store.together(() => {
        // Told to go on meanwhile, the run takes it back itself.
        if (store.transfer(row.id)?.state !== 'failed') return
        store.setStep(row.id, { name: failureStep, state: 'done', remoteId: null, sentAt: clock.now() })
      })
    }
    try {
      await lane.inTurn(turnOf(row.id), act, life.signal)
      return 'told'
    } catch (error) {
      if (!life.signal.aborted) log('warn', `The service was not told of a failed upload: ${codeOf(error)}`)
      return 'failed'
    }
  }

  async function tellAll(): Promise<void> {
    isTelling = true
    try {
      while (isWanted && !life.signal.aborted) {
        isWanted = false
        const ids = store
          .untoldFailures(batch + failures.size)
          .filter((id) => (failures.get(id) ?? 0) < tries)
        let hasFailed = false
        for (const id of ids.slice(0, batch)) {
          const row = store.transfer(id)
          const outcome = row === undefined ? 'later' : await tellOne(row)
          if (life.signal.aborted) return
          if (outcome === 'told') isWanted = true
          if (outcome === 'failed') failures.set(id, (failures.get(id) ?? 0) + 1)
          hasFailed ||= outcome === 'failed'
        }
        if (!hasFailed) continue
        await clock.wait(pauseMs, life.signal)
        isWanted = true
      }
    } finally {
      isTelling = false
    }
  }

  function tell(): void {
    isWanted = true
    if (isTelling || life.signal.aborted) return
    tellAll().catch((error: unknown) => log('warn', `Failed uploads could not be told of: ${codeOf(error)}`))
  }

  return {
    tell,
    tellAgain() {
      failures.clear()
      tell()
    },
    close: () => life.abort(new Error('the engine ends')),
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AppError) return error.code
  return error instanceof Error ? error.message : 'unknown'
}
