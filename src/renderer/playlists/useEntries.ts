import { useEffect, useMemo, useRef, useState } from 'react'
import { AppError } from '../../shared/errors.ts'
import type { EntryId } from '../../shared/ids.ts'
import type { Entry } from '../../shared/playlist.ts'
import { ask, subscribe } from '../bridge.ts'
import { paced } from '../review/paced.ts'
import type { ListRef } from '../shell/routeStore.ts'
import { type Asked, useAsked } from '../shell/useAsked.ts'
import { type MeasuredEntry, useLengths } from './lengths.ts'
import { usePlaylists } from './playlistStore.ts'

export interface ShownList {
  readonly name: string
  readonly entries: readonly Entry[]
  /** The one it begins with where nothing else is said, counted from 0. */
  readonly start: number
}

/** While a place is read, many things change a second; the list is asked for again a few times. */
const pauseMs = 500

/** A list and what its entries are now; asked again when anything about them may have changed. */
export function useEntries(list: ListRef): Asked<ShownList> {
  const key = list.kind === 'kept' ? list.id : String(list.number)
  const [again, setAgain] = useState(0)
  const known = useRef(new Map<string, EntryId>())
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names the list
  useEffect(() => {
    known.current = new Map()
    const heard = () => setAgain((count) => count + 1)
    const isOurs = list.kind === 'kept' ? list.id : null
    const ends = [
      usePlaylists.subscribe(({ chosen }, before) => (chosen === before.chosen ? undefined : heard())),
      subscribe('playlists.changed', ({ id }) => (id === isOurs || id === null ? heard() : undefined)),
      paced((tell) => joined(tell), pauseMs)(heard),
    ]
    return () => {
      for (const end of ends) end()
    }
  }, [key])
  return useAsked(key, () => read(list, known.current), { again, pause: 0 })
}

/** Everything that a row of a list shows and may become another. */
function joined(tell: () => void): () => void {
  const ends = [
    subscribe('assets.changed', tell),
    subscribe('comments.changed', tell),
    subscribe('approvals.changed', tell),
  ]
  return () => {
    for (const end of ends) end()
  }
}

async function read(list: ListRef, known: Map<string, EntryId>): Promise<ShownList> {
  if (list.kind === 'kept') {
    const { playlist, entries } = await ask('playlists.get', { id: list.id })
    return { name: playlist.name, entries, start: 0 }
  }
  const chosen = usePlaylists.getState().chosen.get(list.number)
  if (chosen === undefined) throw new AppError('thing.notFound', { thing: 'playlist' })
  const entries = await ask('playlists.preview', { entries: [...chosen.drafts] })
  return { name: chosen.name, entries: withSteadyIds(entries, known), start: chosen.start ?? 0 }
}

/** A list that is not kept has new ids with every answer; what stands for the same thing keeps the first. */
function withSteadyIds(entries: readonly Entry[], known: Map<string, EntryId>): Entry[] {
  const times = new Map<string, number>()
  return entries.map((entry) => {
    const which = `${entry.connectionId} ${entry.assetId}`
    const time = times.get(which) ?? 0
    times.set(which, time + 1)
    const id = known.get(`${which} ${time}`) ?? entry.id
    known.set(`${which} ${time}`, id)
    return { ...entry, id }
  })
}

/** The same entries with the lengths that were read since. */
export function useWithLengths(entries: readonly Entry[]): readonly MeasuredEntry[] {
  const lengths = useLengths((state) => state.byVersion)
  return useMemo(
    () =>
      entries.map((entry) => {
        const read = entry.versionId === null ? undefined : lengths.get(entry.versionId)
        return read === undefined
          ? entry
          : { ...entry, frames: read.frames, rate: read.rate, times: read.times }
      }),
    [entries, lengths],
  )
}
