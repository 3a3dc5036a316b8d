import type { z } from 'zod'
import { AppError, type Failure, toFailure } from '../shared/errors.ts'
import type { Handlers } from '../shared/rpc.ts'
import { isSqlFailure, type OpenDatabase } from './store/database.ts'
import type { Clock } from './transfers/clock.ts'
import type { Engine } from './transfers/engine.ts'
import { type HostCalls, type HostEvents, hostCalls } from './transfers/hostContract.ts'

export interface HostedEngineOptions {
  open(): OpenDatabase
  start(database: OpenDatabase): Engine
  readonly clock: Clock
  tell(event: 'database', payload: z.input<HostEvents['database']>): void
  /** What went wrong, whole, for the log. */
  report(error: unknown): void
}

/** The engine behind a database that may not open: until it does, every call fails with the reason. */
export interface HostedEngine {
  readonly calls: Handlers<HostCalls>
  /** While it is open. */
  readonly database: OpenDatabase | undefined
  /** Opens; what may pass by itself is tried again every five seconds, the rest when it is asked for. */
  begin(): void
}

const retryMs = 5_000

export function createHostedEngine(options: HostedEngineOptions): HostedEngine {
  const { clock, tell, report } = options
  const life = new AbortController()
  let running: { readonly engine: Engine; readonly database: OpenDatabase } | undefined
  let failure: Failure = { code: 'transfer.hostStopped', facts: {} }
  let isTrying = false

  function tryToOpen(): void {
    if (running !== undefined) return
    let database: OpenDatabase | undefined
    try {
      database = options.open()
      running = { engine: options.start(database), database }
      const { recovery } = database
      tell('database', { state: 'open', recovery })
    } catch (error) {
      database?.db.close()
      const found = toFailure(readable(error))
      // The same again every few seconds is said once.
      if (found.code !== failure.code) report(error)
      failure = found
      tell('database', { state: 'closed', failure })
    }
  }

  async function keepTrying(): Promise<void> {
    if (isTrying) return
    isTrying = true
    tryToOpen()
    while (running === undefined && isPassing(failure) && !life.signal.aborted) {
      await clock.wait(retryMs, life.signal)
      if (running === undefined && !life.signal.aborted) tryToOpen()
    }
    isTrying = false
  }

  const own: Pick<Handlers<HostCalls>, 'open' | 'stop'> = {
    async open() {
      if (isTrying) tryToOpen()
      else void keepTrying()
      if (running === undefined) throw new AppError(failure.code, failure.facts)
    },
    async stop() {
      life.abort()
      await running?.engine.calls.stop()
    },
  }
  const passed = (name: keyof HostCalls) => async (input: never) => {
    if (running === undefined) throw new AppError(failure.code, failure.facts)
    const call = running.engine.calls[name as keyof Engine['calls']] as (input: never) => Promise<unknown>
    try {
      return await call(input)
    } catch (error) {
      // Its database closes while it stops: what came too late is no bug.
      throw life.signal.aborted ? new AppError('transfer.hostStopped') : error
    }
  }
  const names = Object.keys(hostCalls) as (keyof HostCalls)[]
  const calls = {
    ...(Object.fromEntries(names.map((name) => [name, passed(name)])) as unknown as Handlers<HostCalls>),
    ...own,
  }

  return {
    calls,
    begin: () => void keepTrying(),
    get database() {
      return running?.database
    },
  }
}

/** A database whose tables are not what they should be is damaged beyond what a backup was kept for. */
function readable(error: unknown): unknown {
  return isSqlFailure(error) ? new AppError('database.corrupt', {}, error) : error
}

const isPassing = ({ code }: Failure) => code === 'database.unavailable' || code === 'database.full'
