import { useEffect, useLayoutEffect, useState } from 'react'
import type { VersionId } from '../../../shared/ids.ts'
import type { Version } from '../../../shared/place.ts'
import type { FrameClock } from '../frameClock.ts'
import type { Onward } from '../mediaPlayer.ts'
import type { PictureView } from '../pictureView.ts'
import {
  type Along,
  besides,
  type CompareSide,
  heardSide,
  stopComparing,
  tellNow,
  useCompare,
} from './compareStore.ts'

/** How it looked and sounded before this version took the place of the one it is compared with; null where it did not. */
export const useAlong = (version: VersionId): Along | null =>
  useState(() => {
    const compared = useCompare.getState()
    return besides(version)(compared) === null ? null : compared.along
  })[0]

interface ComparisonParts {
  readonly version: Version
  readonly versions: readonly Version[]
  readonly clock: FrameClock
  readonly view: PictureView
  readonly isMuted: boolean
  readonly along: Along | null
  readonly onward: Onward
  /** False where somebody else decides what plays. */
  readonly playsOn: boolean
}

interface Comparison {
  /** The version beside it; undefined where it stands alone. */
  readonly other: Version | undefined
  readonly heard: CompareSide
}

/** What a version is compared with, for as long as it is in the room; whichever takes its place goes on as it was. */
export function useComparison(parts: ComparisonParts): Comparison {
  const { version, versions, clock, view, isMuted, along, onward, playsOn } = parts
  const otherId = useCompare(besides(version.id))
  const side = useCompare(heardSide)
  const other = versions.find((each) => each.id === otherId && each.id !== version.id)
  const isOtherGone = otherId !== null && other === undefined
  useEffect(() => {
    if (isOtherGone) stopComparing(version.id)
  }, [isOtherGone, version.id])
  // Another pair is another comparison.
  useEffect(() => () => stopComparing(version.id), [version.id])
  useLayoutEffect(() => {
    if (along !== null && playsOn) onward.speed = along.speed
  }, [along, onward, playsOn])
  useLayoutEffect(() => {
    if (otherId !== null) tellNow(() => ({ view, isMuted, speed: clock.isPlaying ? clock.speed : 0 }))
  }, [otherId, view, isMuted, clock])
  return { other, heard: other === undefined ? 'own' : side }
}
