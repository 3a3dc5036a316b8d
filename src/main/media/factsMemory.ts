import { mostRuns } from '../../shared/frameTimes.ts'
import type { MediaFacts } from '../store/assetStore.ts'

/** What media said of themselves, in memory only. Bounded by the numbers in it, since some tables are as long as their clip. */
export interface FactsMemory {
  recall(name: string): MediaFacts | undefined
  remember(name: string, facts: MediaFacts): void
}

/** The largest tables of four clips, or some ten thousand clips without one. */
const usualNumbers = 4 * 2 * mostRuns
/** About what there is of a medium besides its table. */
const numbersOfOne = 200

const numbersIn = ({ times }: MediaFacts): number => numbersOfOne + (times?.runs.length ?? 0)

export function createFactsMemory(mostNumbers = usualNumbers): FactsMemory {
  /** The oldest first. */
  const known = new Map<string, MediaFacts>()
  let numbers = 0

  const forget = (name: string, facts: MediaFacts) => {
    known.delete(name)
    numbers -= numbersIn(facts)
  }
  return {
    recall: (name) => known.get(name),
    remember(name, facts) {
      const before = known.get(name)
      if (before !== undefined) forget(name, before)
      known.set(name, facts)
      numbers += numbersIn(facts)
      for (const [oldest, its] of known) {
        if (numbers <= mostNumbers) return
        forget(oldest, its)
      }
    },
  }
}
