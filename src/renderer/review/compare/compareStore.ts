import { create } from 'zustand'
import type { VersionId } from '../../../shared/ids.ts'
import type { PictureView } from '../pictureView.ts'

export const compareModes = ['side', 'wipe', 'overlay', 'difference'] as const
export type CompareMode = (typeof compareModes)[number]

/** Which of two versions that stand beside each other: `own` is the one in the room. */
export type CompareSide = 'own' | 'other'

/** Frames by which each of two versions is moved against what both have in common; each counts its own. */
export type CompareOffsets = Readonly<Record<CompareSide, number>>

/** Why a version cannot be heard: it has no sound, or it cannot be opened. */
export type SoundLack = 'silent' | 'missing'

/** How the room looks and sounds, for the player of the version that takes its place. */
export interface Along {
  readonly view: PictureView
  readonly isMuted: boolean
  /** What it plays at; 0 while it stands. */
  readonly speed: number
}

interface CompareState {
  /** The version in the room, and the one beside it; null: nothing is compared. */
  readonly own: VersionId | null
  readonly other: VersionId | null
  readonly mode: CompareMode
  readonly offsets: CompareOffsets
  /** Where the wipe's edge stands, 0..1 from the left. */
  readonly wipe: number
  /** Whose sound was chosen. */
  readonly chosenSound: CompareSide
  /** Why the other one cannot be heard; null where it can, or nothing is known of it yet. */
  readonly otherLack: SoundLack | null
  /** How the room was when the two last changed places, and how it is now, asked when they do. */
  readonly along: Along | null
  readonly now: (() => Along) | null
}

const pairless = {
  own: null,
  other: null,
  offsets: { own: 0, other: 0 },
  chosenSound: 'own',
  otherLack: null,
  along: null,
  now: null,
} as const
const start: CompareState = { ...pairless, mode: 'side', wipe: 0.5 }

/** What is compared with the version in the room. Mode and edge stay when another pair is chosen, offsets and sound do not. */
export const useCompare = create<CompareState>(() => start)

export const compareVersions = (own: VersionId, other: VersionId): void =>
  useCompare.setState({ ...pairless, own, other })

/** Ends the comparison; of a version alone, only the one it is in. */
export const stopComparing = (of?: VersionId): void => {
  if (of === undefined || useCompare.getState().own === of) useCompare.setState(pairless)
}

export const isComparing = (): boolean => useCompare.getState().other !== null

/** What stands beside this version; null where it is not the one that is compared. */
export const besides =
  (version: VersionId) =>
  ({ own, other }: Pick<CompareState, 'own' | 'other'>): VersionId | null =>
    own === version ? other : null

/** The two change places. What is heard stays heard, and each stays moved by as many frames. */
export const exchange = (): void =>
  useCompare.setState(({ own, other, offsets, chosenSound, now }) => ({
    ...{ own: other, other: own, otherLack: null, along: now?.() ?? null, now: null },
    offsets: { own: offsets.other, other: offsets.own },
    chosenSound: chosenSound === 'own' ? 'other' : 'own',
  }))

export const setCompareMode = (mode: CompareMode): void => useCompare.setState({ mode })

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

export const setWipe = (wipe: number): void => useCompare.setState({ wipe: Math.max(0, Math.min(1, wipe)) })

export const nextCompareMode = (): void =>
  useCompare.setState(({ mode }) => ({
    mode: compareModes[(compareModes.indexOf(mode) + 1) % compareModes.length] ?? 'side',
  }))

/** Whose sound is heard: one that cannot be heard leaves it to the version in the room. */
export const heardSide = ({
  chosenSound,
  otherLack,
}: Pick<CompareState, 'chosenSound' | 'otherLack'>): CompareSide =>
  chosenSound === 'other' && otherLack === null ? 'other' : 'own'

export const hear = (side: CompareSide): void => useCompare.setState({ chosenSound: side })
/** To the sound of the one that is not heard. */
export const hearOther = (): void => hear(heardSide(useCompare.getState()) === 'own' ? 'other' : 'own')

export const setOtherLack = (otherLack: SoundLack | null): void => useCompare.setState({ otherLack })
export const tellNow = (now: () => Along): void => useCompare.setState({ now })
