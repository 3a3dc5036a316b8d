import { useEffect, useMemo, useRef, useState } from 'react'
import { AppError } from '../../shared/errors.ts'
import type { Entry, EntryDraft } from '../../shared/playlist.ts'
import { rangeOfSpan } from '../../shared/playlistSpan.ts'
import { ask, subscribe } from '../bridge.ts'
import { paced } from '../review/paced.ts'
import type { ListRef } from '../shell/routeStore.ts'
import { type Asked, useAsked } from '../shell/useAsked.ts'
import { type Length, type MeasuredEntry, useLengths } from './lengths.ts'
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
  const known = useRef(new Map<string, Entry>())
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

async function read(list: ListRef, known: Map<string, Entry>): Promise<ShownList> {
  if (list.kind === 'kept') {
    const { playlist, entries } = await ask('playlists.get', { id: list.id })
    return { name: playlist.name, entries, start: 0 }
  }
  const chosen = usePlaylists.getState().chosen.get(list.number)
  if (chosen === undefined) throw new AppError('thing.notFound', { thing: 'playlist' })
  const entries = await ask('playlists.preview', { entries: [...chosen.drafts] })
  return {
    name: chosen.name,
    entries: steadyEntries(chosen.drafts, entries, known),
    start: chosen.start ?? 0,
  }
}

/**
 * A list that is not kept has new ids with every answer, and leaves out what is no longer known: what stands for the
 * same thing keeps the first id, and what is gone meanwhile its place. `known` is what was shown before, and is kept here.
 */
export function steadyEntries(
  drafts: readonly EntryDraft[],
  answered: readonly Entry[],
  known: Map<string, Entry>,
): Entry[] {
  const times = new Map<string, number>()
  let next = 0
  return drafts.flatMap(({ assetId }): Entry[] => {
    const time = times.get(assetId) ?? 0
    times.set(assetId, time + 1)
    const which = `${assetId} ${time}`
    const before = known.get(which)
    const entry = answered[next]
    if (entry?.assetId !== assetId)
      return before === undefined ? [] : [{ ...before, assetId: null, versionId: null, problem: 'asset' }]
    next += 1
    const steady = { ...entry, id: before?.id ?? entry.id }
    known.set(which, steady)
    return [steady]
  })
}

/** The same entries with the lengths that were read since. */
export function useWithLengths(entries: readonly Entry[]): readonly MeasuredEntry[] {
  const lengths = useLengths((state) => state.byVersion)
  return useMemo(
    () =>
      entries.map((entry) => {
        const read = entry.versionId === null ? undefined : lengths.get(entry.versionId)
        return read === undefined ? entry : measured(entry, read)
      }),
    [entries, lengths],
  )
}

/** A part that is told in milliseconds is counted in frames as soon as that can be done. */
function measured(entry: Entry, { frames, rate, times, table = times }: Length): MeasuredEntry {
  const { span } = entry
  const part = span === null ? {} : { range: rangeOfSpan(span, { frames, rate, times: table }), span: null }
  return { ...entry, ...part, frames, rate, times }
}
