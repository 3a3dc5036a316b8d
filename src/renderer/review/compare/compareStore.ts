import { create } from 'zustand'
import type { VersionId } from '../../../shared/ids.ts'

export const compareModes = ['side', 'wipe', 'overlay', 'difference'] as const
export type CompareMode = (typeof compareModes)[number]

interface CompareState {
  /** The version beside the one in the room; null: nothing is compared. */
  readonly other: VersionId | null
  readonly mode: CompareMode
  /** Frames the other version is ahead: its frame is the shown one plus this. */
  readonly offset: number
  /** Where the wipe's edge stands, 0..1 from the left. */
  readonly wipe: number
}

const start: CompareState = { other: null, mode: 'side', offset: 0, wipe: 0.5 }

/** What is compared with the version in the room. Mode and edge stay when another pair is chosen, the offset does not. */
export const useCompare = create<CompareState>(() => start)

export const compareWith = (other: VersionId | null): void => useCompare.setState({ other, offset: 0 })
export const setCompareMode = (mode: CompareMode): void => useCompare.setState({ mode })
export const setCompareOffset = (offset: number): void =>
  useCompare.setState({ offset: Math.max(-100_000, Math.min(100_000, Math.round(offset))) })
export const setWipe = (wipe: number): void => useCompare.setState({ wipe: Math.max(0, Math.min(1, wipe)) })

export const nextCompareMode = (): void =>
  useCompare.setState(({ mode }) => ({
    mode: compareModes[(compareModes.indexOf(mode) + 1) % compareModes.length] ?? 'side',
  }))
