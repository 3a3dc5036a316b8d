import type { Payload } from '../shared/contract.ts'
import type { SourceId } from '../shared/ids.ts'

type Wanted = Payload<'thumbnails.wanted'>

/** More files than this are not on their way without a picture at once. */
const most = 10_000

/** Pictures the page was asked for and has not answered: a page that was not open yet, or had to be loaded again, is asked anew. */
export interface WantedPictures {
  want(wanted: Wanted): void
  settled(id: SourceId): void
  /** A page listens now that was told nothing yet. */
  askAll(): void
}

export function createWantedPictures(tell: (wanted: Wanted) => void): WantedPictures {
  const open = new Map<SourceId, Wanted>()
  return {
    want(wanted) {
      if (open.size < most) open.set(wanted.sourceId, wanted)
      tell(wanted)
    },
    settled(id) {
      open.delete(id)
    },
    askAll() {
      for (const wanted of [...open.values()]) tell(wanted)
    },
  }
}
