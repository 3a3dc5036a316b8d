import { clipOfEntry } from '../../src/renderer/playlists/lengths.ts'
import { ListPlayer } from '../../src/renderer/playlists/listPlayer.ts'
import { ListTiming } from '../../src/shared/listTiming.ts'
import type { Entry } from '../../src/shared/playlist.ts'

/** A list in the review room, at its first entry; nobody hears when it passes over one or ends. */
export const playedList = (entries: readonly Entry[]): ListPlayer =>
  new ListPlayer({
    entries,
    timing: new ListTiming(entries.map(clipOfEntry)),
    index: 0,
    onSkipped: () => undefined,
    onEnd: () => undefined,
  })
