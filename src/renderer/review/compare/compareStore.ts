import { create } from 'zustand'
import type { VersionId } from '../../../shared/ids.ts'

export const compareModes = ['side', 'wipe', 'overlay', 'difference'] as const
export type CompareMode = (typeof compareModes)[number]

interface CompareState {
  /** The version beside the one in the room; null: nothing is compared. */
  readonly other: VersionId | null
  readonly mode: CompareMode
  /** Frames by which each version is moved against what both have in common: `own` is the one in the room. */
  readonly offsets: { readonly own: number; readonly other: number }
  /** Where the wipe's edge stands, 0..1 from the left. */
  readonly wipe: number
}

const together = { own: 0, other: 0 }
const start: CompareState = { other: null, mode: 'side', offsets: together, wipe: 0.5 }

/** What is compared with the version in the room. Mode and edge stay when another pair is chosen, offsets do not. */
export const useCompare = create<CompareState>(() => start)

export const compareWith = (other: VersionId | null): void =>
  useCompare.setState({ other, offsets: together })
export const setCompareMode = (mode: CompareMode): void => useCompare.setState({ mode })

/** Which of two versions that stand beside each other. */
export type CompareSide = keyof CompareState['offsets']

/** As far apart as anybody looks, in frames. */
const mostApart = 100_000

export const setCompareOffset = (side: CompareSide, frames: number): void =>
  useCompare.setState(({ offsets }) => ({
    offsets: { ...offsets, [side]: Math.max(-mostApart, Math.min(mostApart, Math.round(frames))) },
  }))

/** Moves the version beside the one in the room by so many frames; nothing while nothing is compared. */
export const moveOther = (frames: number): void => {
  const { other, offsets } = useCompare.getState()
  if (other !== null) setCompareOffset('other', offsets.other + frames)
}

/** Frames the other version is ahead of the one in the room. */
export const apart = ({ offsets }: Pick<CompareState, 'offsets'>): number => offsets.other - offsets.own

export const setWipe = (wipe: number): void => useCompare.setState({ wipe: Math.max(0, Math.min(1, wipe)) })

export const nextCompareMode = (): void =>
  useCompare.setState(({ mode }) => ({
    mode: compareModes[(compareModes.indexOf(mode) + 1) % compareModes.length] ?? 'side',
  }))
