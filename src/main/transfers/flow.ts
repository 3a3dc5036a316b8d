import type { Clock } from './clock.ts'

/** Who asks for a slot: transfers in front come first; parts of one file do not take every slot while others wait. */
export interface FlowRequest {
  readonly file: string
  readonly prio: number
  readonly seq: number
  /** Sent in one request. One slot is kept for these, so that a long file does not hold them up. */
  readonly isSmall: boolean
}

export interface Slot {
  release(): void
}

/** How many requests with file bytes are on their way to one store: as many as help, fewer when the store or the line suffers. */
export interface Flow {
  take(request: FlowRequest, signal: AbortSignal): Promise<Slot>
  readonly limit: number
  /** Measured bytes a second of the last full window. */
  readonly goodput: number | undefined
  succeeded(bytes: number): void
  throttled(): void
  /** A time-out or a cut connection; two in one window halve the limit. */
  cut(): void
  /** A speed limit makes many slow connections useless: the store closes the starved ones. */
  setCeiling(bytesPerSecond: number): void
}

const first = 4
const most = 16
const windowMs = 5_000
const growth = 1.05
const slowestConnection = 128 * 1024

interface Waiter {
  readonly request: FlowRequest
  grant(): void
}

export function createFlow(clock: Clock): Flow {
  let limit = first
  let ceiling = most
  let active = 0
  let isSaturated = false
  const perFile = new Map<string, { count: number; isSmall: boolean }>()
  const waiters: Waiter[] = []
  let goodput: number | undefined
  let best = 0
  let window = { start: clock.ticks(), bytes: 0, cuts: 0, throttles: 0 }

  function mayGo({ file, isSmall }: FlowRequest): boolean {
    const allowed = Math.min(limit, ceiling)
    if (active >= allowed) return false
    if (isSmall || allowed === 1) return true
    const others = waiters.filter((waiter) => waiter.request.file !== file)
    if (others.some((waiter) => waiter.request.isSmall)) {
      const large = [...perFile.values()].reduce((sum, one) => sum + (one.isSmall ? 0 : one.count), 0)
      if (large >= allowed - 1) return false
    }
    return others.length === 0 || (perFile.get(file)?.count ?? 0) < allowed - 1
  }

  function serve(): void {
    for (;;) {
      const index = waiters.findIndex((waiter) => mayGo(waiter.request))
      if (index < 0) {
        isSaturated ||= waiters.length > 0
        return
      }
      const [waiter] = waiters.splice(index, 1)
      waiter?.grant()
    }
  }

  function occupy({ file, isSmall }: FlowRequest): Slot {
    active += 1
    const own = perFile.get(file) ?? { count: 0, isSmall }
    own.count += 1
    perFile.set(file, own)
    let isReleased = false
    return {
      release() {
        if (isReleased) return
        isReleased = true
        active -= 1
        own.count -= 1
        if (own.count === 0) perFile.delete(file)
        serve()
      },
    }
  }

  function closeWindow(): void {
    const elapsed = clock.ticks() - window.start
    if (elapsed < windowMs) return
    const measured = window.bytes / (elapsed / 1000)
    goodput = measured
    const isCalm = window.cuts === 0 && window.throttles === 0
    if (isCalm && isSaturated && measured >= best * growth) {
      best = measured
      limit = Math.min(most, limit + 1)
    }
    window = { start: clock.ticks(), bytes: 0, cuts: 0, throttles: 0 }
    isSaturated = false
    serve()
  }

  /** What was reached with more requests says nothing about fewer: the climb starts anew. */
  function shrink(to: number): void {
    limit = Math.max(1, Math.floor(to))
    best = 0
  }

  return {
    get limit() {
      return Math.min(limit, ceiling)
    },
    get goodput() {
      return goodput
    },
    take(request, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason)
          return
        }
        const giveUp = () => {
          const at = waiters.indexOf(waiter)
          if (at >= 0) waiters.splice(at, 1)
          reject(signal.reason)
          serve()
        }
        const waiter: Waiter = {
          request,
          grant() {
            signal.removeEventListener('abort', giveUp)
            resolve(occupy(request))
          },
        }
        signal.addEventListener('abort', giveUp, { once: true })
        const at = waiters.findIndex(
          ({ request: other }) =>
            other.prio < request.prio || (other.prio === request.prio && other.seq > request.seq),
        )
        waiters.splice(at < 0 ? waiters.length : at, 0, waiter)
        serve()
      })
    },
    succeeded(bytes) {
      window.bytes += bytes
      closeWindow()
    },
    throttled() {
      window.throttles += 1
      shrink(limit * 0.7)
    },
    cut() {
      window.cuts += 1
      if (window.cuts === 2) shrink(limit / 2)
    },
    setCeiling(bytesPerSecond) {
      ceiling = bytesPerSecond === 0 ? most : Math.max(1, Math.floor(bytesPerSecond / slowestConnection))
      serve()
    },
  }
}
