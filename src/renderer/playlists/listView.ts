import type { EntryId } from '../../shared/ids.ts'
import type { ListTiming } from '../../shared/listTiming.ts'
import type { Entry } from '../../shared/playlist.ts'

/** What is on the screen of a list, for whoever draws it. */
export interface ListView {
  /** The entry that is on, counted from 0. */
  readonly index: number
  readonly isLooping: boolean
}

export interface ListPlayerParts {
  readonly entries: readonly Entry[]
  readonly timing: ListTiming
  readonly index: number
  /** An entry did not open in time and the list went on without it. */
  readonly onSkipped: (entry: Entry) => void
  readonly onEnd: () => void
}

export type Edge = 'first' | 'last'

/** Where the list is going: to a frame or an end of an entry, and how fast it goes on from there (0: it stands). */
export interface Aim {
  readonly id: EntryId
  readonly at: Edge | number
  readonly speed: number
}
