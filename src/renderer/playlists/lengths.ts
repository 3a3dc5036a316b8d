import { useEffect } from 'react'
import { create } from 'zustand'
import { toFailure } from '../../shared/errors.ts'
import type { FrameRate } from '../../shared/frameRate.ts'
import { frameRates } from '../../shared/frameRate.ts'
import { type FrameTimes, isSameTimes } from '../../shared/frameTimes.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { ListClip } from '../../shared/listTiming.ts'
import type { Entry } from '../../shared/playlist.ts'
import { ask } from '../bridge.ts'

export interface Length {
  readonly frames: number
  readonly rate: FrameRate
  /** Where frames are not equally long. */
  readonly times?: FrameTimes | undefined
  /** Where moments of the media fall, also in a clip that only begins later. */
  readonly table?: FrameTimes | undefined
}

/** An entry with what was read of its length since. */
export interface MeasuredEntry extends Entry {
  readonly times?: FrameTimes | undefined
}

/** Lengths that were read from the media while this window is open. */
export const useLengths = create<{ readonly byVersion: ReadonlyMap<VersionId, Length> }>(() => ({
  byVersion: new Map(),
}))

export function keepLength(versionId: VersionId, length: Length): void {
  useLengths.setState(({ byVersion }) => {
    const before = byVersion.get(versionId)
    const isKnown = before?.frames === length.frames && before.rate.numerator === length.rate.numerator
    if (isKnown && isSameTimes(before.times, length.times)) return { byVersion }
    return { byVersion: new Map(byVersion).set(versionId, length) }
  })
}

/** A still picture stands this long, counted at a rate of its own. */
export const stillMs = 3000
const still: Length = { frames: (stillMs / 1000) * 25, rate: frameRates['25'] }

/** What an entry takes of the list's time; null where that is not known or nothing can be played. */
export function clipOfEntry({ problem, kind, frames, rate, range, times }: MeasuredEntry): ListClip | null {
  if (problem !== null) return null
  if (kind === 'image') return { ...still, range: null }
  return frames === null || rate === null ? null : { frames, rate, range, times }
}

/** A table takes up to a few megabytes: beyond so many clips of variable rate a list counts them at the average. */
const mostTables = 100

/** What has to be read before the list's clock can count them. */
export function unmeasured(entries: readonly Entry[]): ReadonlySet<VersionId> {
  const versions = (isWanted: (entry: Entry) => boolean) =>
    entries.flatMap((entry) =>
      entry.problem === null && entry.kind === 'video' && entry.versionId !== null && isWanted(entry)
        ? [entry.versionId]
        : [],
    )
  const uneven = new Set(versions(({ isVariableRate }) => isVariableRate))
  return new Set([...versions(({ frames }) => frames === null), ...[...uneven].slice(0, mostTables)])
}

/** Asked and refused: not asked again as long as the window is open. */
const unreadable = new Set<VersionId>()

/** The table of a clip whose frames are not equally long; one of a clip that only begins later tells nothing of its length. */
const unevenIn = ({ isVariableRate }: { readonly isVariableRate: boolean }, times: FrameTimes | null) =>
  isVariableRate ? (times ?? undefined) : undefined

/** Reads the lengths and tables nobody knows yet, one after the other, as long as the list is on the screen. */
export function useMeasured(entries: readonly Entry[]): void {
  useEffect(() => {
    let isOver = false
    const measure = async () => {
      for (const versionId of unmeasured(entries)) {
        if (isOver) return
        if (unreadable.has(versionId) || useLengths.getState().byVersion.has(versionId)) continue
        try {
          const { info, times } = await ask('media.open', { versionId })
          if (info.frames !== null && info.rate !== null)
            keepLength(versionId, {
              frames: info.frames,
              rate: info.rate,
              times: unevenIn(info, times),
              table: times ?? undefined,
            })
          else unreadable.add(versionId)
        } catch (error) {
          // What cannot be opened says so where it is played; here it only has no length. Without a network or a
          // session the rest would fail alike: it waits for the next look at the list.
          if (/^(network|auth)\./.test(toFailure(error).code)) return
          unreadable.add(versionId)
        }
      }
    }
    void measure()
    return () => {
      isOver = true
    }
  }, [entries])
}
