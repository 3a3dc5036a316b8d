import { AppError } from '../../shared/errors.ts'
import type { Clock } from './clock.ts'
import type { PartUrl } from './signedParts.ts'

/** Signed URLs of the parts of one upload, asked for as parts come up and kept until they are used. */
export interface PartUrls {
  /** Asks the service when none is at hand; parts that come up together share one answer. */
  take(number: number, signal: AbortSignal): Promise<string>
  /** The part is stored. */
  used(number: number): void
  /** One of them was dead: what was signed with it is, too. */
  forget(): void
}

/** A URL about to run out is not worth beginning a part with. */
const marginMs = 30_000

export function createPartUrls(
  clock: Clock,
  ask: (number: number, signal: AbortSignal) => Promise<readonly PartUrl[]>,
): PartUrls {
  const known = new Map<number, { readonly url: string; readonly until: number }>()
  let asking: Promise<void> | undefined

  async function fetchFor(number: number, signal: AbortSignal): Promise<void> {
    const askedAt = clock.ticks()
    const found = await ask(number, signal)
    if (!found.some((part) => part.number === number))
      throw new AppError('remote.badReply', { field: 'number', reason: 'shape' })
    for (const { number: at, url } of found) known.set(at, { url, until: askedAt + lifetimeOf(url) })
  }

  return {
    async take(number, signal) {
      for (;;) {
        const own = known.get(number)
        if (own !== undefined && own.until > clock.ticks()) return own.url
        signal.throwIfAborted()
        if (asking !== undefined) {
          // Whoever asked hears of a failure; the others ask for themselves.
          await asking.catch(() => undefined)
          continue
        }
        asking = fetchFor(number, signal).finally(() => {
          asking = undefined
        })
        await asking
        // However short it lives, a URL just given is tried.
        const fresh = known.get(number)
        if (fresh !== undefined) return fresh.url
      }
    },
    used: (number) => void known.delete(number),
    forget: () => known.clear(),
  }
}

/** How long a URL may be used after it was asked for, by its own words. */
function lifetimeOf(url: string): number {
  const seconds = Number(new URL(url).searchParams.get('X-Amz-Expires') ?? Number.NaN)
  return Number.isFinite(seconds) ? seconds * 1000 - marginMs : Number.POSITIVE_INFINITY
}
