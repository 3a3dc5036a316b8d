import { setMaxListeners } from 'node:events'
import type { ErrorCode } from '../../shared/errors.ts'
import type { ConnectionId, TransferId } from '../../shared/ids.ts'
import type { Clock, Random } from './clock.ts'
import { createFlow, type Flow } from './flow.ts'
import type { Abilities, ObjectStore } from './objectStore.ts'
import { backoff, Halt, retryRules } from './retry.ts'
import { type FailureKind, StoreFailure } from './storeFailure.ts'
import { createTurns, rejectedBy, type Turns } from './turns.ts'
import type { UploadFile } from './uploadFile.ts'
import type { UploadTarget } from './uploadTarget.ts'

/**
 * The way to one connection's store: its client, its pace, and whether anything can go there at all. Where the storage is
 * the service's own, each transfer sees the lane with a store made for it.
 */
export interface Lane {
  readonly connectionId: ConnectionId
  readonly store: ObjectStore
  readonly target: UploadTarget
  readonly prefix: string
  readonly flow: Flow
  /** Why nothing goes now. */
  readonly held: Halt | undefined
  abilities(signal: AbortSignal): Promise<Abilities>
  /** The store refused something it was thought to do: it is asked again what it does. */
  forgetAbilities(): void
  /**
   * Makes a request by the retry table. Kinds in `own` come straight back as StoreFailure: the caller knows better.
   * Fails with a Halt when the transfer has to wait or fail, or with the signal's reason.
   */
  attempt<T>(
    act: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    own?: readonly FailureKind[],
  ): Promise<T>
  /** Stops everything until the user or new keys release it. */
  block(code: ErrorCode, facts?: Halt['facts']): void
  /** The user or new keys say that it may work again. */
  release(): void
  /** The same lane as one file sees it, for one run. */
  of(id: TransferId, file: UploadFile): Lane
  /** Acts with the same key, whichever transfer's, one after another. */
  readonly inTurn: Turns
  /** The network may be back: asks at once. */
  probeNow(): void
  /** The network is known to be gone. */
  cutOff(): void
  dispose(): void
}

export interface LaneOptions {
  readonly connectionId: ConnectionId
  readonly store: ObjectStore
  /** Makes the store of one transfer, where each has its own; `store` then only tells whether the service is there. */
  readonly storeOf?: (id: TransferId) => ObjectStore
  readonly target: () => UploadTarget
  readonly prefix: string
  /** Where the probe's own small objects go. */
  readonly probePrefix: string
  readonly clock: Clock
  readonly random: Random
  readonly savedAbilities: Abilities | undefined
  saveAbilities(abilities: Abilities): void
  /** Everything under way to this store should end now, with `why`. */
  onHeld(why: Halt): void
  onReleased(): void
}

const failuresToOpen = 3
const longestProbePause = 60_000

export function createLane(options: LaneOptions): Lane {
  const { store, clock, random } = options
  const flow = createFlow(clock)
  const life = new AbortController()
  setMaxListeners(0, life.signal)
  let failuresInARow = 0
  let held: Halt | undefined
  let holdUntil = 0
  let known = options.savedAbilities
  let asking: Promise<Abilities> | undefined
  let wake = new AbortController()

  function hold(why: Halt): void {
    if (held !== undefined && held.reason === 'auth') return
    const isNew = held === undefined
    held = why
    if (!isNew && why.reason !== 'auth') return
    if (isNew && why.reason !== 'auth') void probeUntilReached()
    options.onHeld(why)
  }

  function release(): void {
    failuresInARow = 0
    if (held === undefined) return
    held = undefined
    wake.abort()
    options.onReleased()
  }

  async function probeUntilReached(): Promise<void> {
    for (let pause = 1_000; !life.signal.aborted; pause = Math.min(pause * 2, longestProbePause)) {
      wake = new AbortController()
      await clock.wait(pause, AbortSignal.any([life.signal, wake.signal]))
      if (life.signal.aborted || held === undefined || held.reason === 'auth') return
      try {
        await store.reach(life.signal)
        release()
        return
      } catch (error) {
        if (life.signal.aborted) return
        // Any answer of the store itself shows that it can be reached.
        if (!(error instanceof StoreFailure) || !['network', 'untrusted', 'idleClose'].includes(error.kind)) {
          release()
          return
        }
        store.freshSockets()
      }
    }
  }

  function learn(failure: StoreFailure, attempt: number): void {
    const rule = retryRules[failure.kind]
    if (failure.kind === 'network') {
      failuresInARow += 1
      flow.cut()
    } else if (failure.kind === 'idleClose') {
      if (attempt > 1) flow.cut()
    } else {
      failuresInARow = 0
    }
    if (failure.kind === 'throttle') {
      flow.throttled()
      holdUntil = Math.max(holdUntil, failure.facts.retryAt ?? clock.now() + backoff(rule, attempt, random))
    }
    const isLaneWide =
      rule.after === 'lane' && (failure.kind !== 'network' || failuresInARow >= failuresToOpen)
    if (isLaneWide) hold(haltFor(failure))
  }

  async function attempt<T>(
    act: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal,
    own: readonly FailureKind[] = [],
  ): Promise<T> {
    const tries = new Map<FailureKind, number>()
    for (;;) {
      signal.throwIfAborted()
      for (let left = holdUntil - clock.now(); left > 0; left = holdUntil - clock.now()) {
        await clock.wait(left, signal)
        signal.throwIfAborted()
      }
      if (held !== undefined) throw held
      try {
        const value = await act(signal)
        failuresInARow = 0
        return value
      } catch (error) {
        if (signal.aborted) throw signal.reason
        if (!(error instanceof StoreFailure)) throw error
        const count = (tries.get(error.kind) ?? 0) + 1
        tries.set(error.kind, count)
        learn(error, count)
        if (own.includes(error.kind)) throw error
        if (held !== undefined) throw held
        const rule = retryRules[error.kind]
        if (count >= rule.tries) throw haltFor(error)
        const asked = (error.facts.retryAt ?? 0) - clock.now()
        await clock.wait(Math.max(backoff(rule, count, random), asked), signal)
      }
    }
  }

  async function abilities(signal: AbortSignal): Promise<Abilities> {
    if (known !== undefined) return known
    asking ??= attempt((inner) => store.probe(options.probePrefix, inner), life.signal).finally(() => {
      asking = undefined
    })
    const found = await Promise.race([asking, rejectedBy(signal)])
    if (known === undefined) {
      known = found
      options.saveAbilities(found)
    }
    return found
  }

  /** The lane with `store` in place of its own. What changes is read when it is asked for. */
  function seenBy(
    own: Pick<Lane, 'store' | 'abilities' | 'forgetAbilities'>,
    file: UploadFile | undefined,
  ): Lane {
    const lane: Lane = {
      ...own,
      ...common,
      get target() {
        const target = options.target()
        return (file === undefined ? undefined : target.for?.(file)) ?? target
      },
      get held() {
        return held
      },
      of(id, whose) {
        if (options.storeOf === undefined) return seenBy(own, whose)
        const mine = options.storeOf(id)
        const ask = (signal: AbortSignal) => mine.probe(options.probePrefix, signal)
        return seenBy({ store: mine, abilities: ask, forgetAbilities: () => undefined }, whose)
      },
    }
    return lane
  }
  const common = {
    connectionId: options.connectionId,
    prefix: options.prefix,
    flow,
    attempt,
    inTurn: createTurns(),
    block(code, facts) {
      hold(new Halt({ outcome: 'wait', reason: 'auth', code, ...(facts === undefined ? {} : { facts }) }))
    },
    release,
    probeNow() {
      if (held?.reason === 'offline') wake.abort()
    },
    cutOff() {
      hold(new Halt({ outcome: 'wait', reason: 'offline', code: 'network.offline' }))
    },
    dispose() {
      life.abort(new Halt({ outcome: 'wait', reason: 'auth', code: 'auth.expired' }))
      wake.abort()
      store.close()
    },
  } satisfies Partial<Lane>
  const bucket = {
    store,
    abilities,
    forgetAbilities() {
      known = undefined
    },
  }
  return seenBy(bucket, undefined)
}

/** What a transfer does after a request failed for good. */
export function haltFor(failure: StoreFailure): Halt {
  const rule = retryRules[failure.kind]
  const { name, status } = failure.facts
  return new Halt(
    {
      outcome: rule.after === 'fail' ? 'fail' : 'wait',
      reason: rule.reason,
      code: rule.code,
      facts: { reason: name, ...(status === undefined ? {} : { status }) },
    },
    failure,
  )
}
