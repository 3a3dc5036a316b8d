import { useEffect } from 'react'
import type { VersionId } from '../../../shared/ids.ts'
import { spanAt } from '../drawing/drawnOn.ts'
import { closeDrawing, markDrawing, openDrawing } from '../drawing/drawStore.ts'
import type { FrameClock } from '../frameClock.ts'
import type { PlayRange } from '../playRange.ts'
import { isEnteringClip } from '../standing.ts'
import { changeDraft, draftOf, leaveDraft, takeDrawing } from './draftStore.ts'
import { standsAt } from './keptDrafts.ts'

/** What was begun on a version is there again while it is on the screen, and is kept when it leaves it. */
export function useDraft(versionId: VersionId, clock: FrameClock, range: PlayRange): void {
  useEffect(() => {
    openDrawing(versionId, takeDrawing(versionId))
    let wasMarked = isWhole(range)
    const marked = () => {
      // The first of two marks says nothing yet.
      const isSaying = wasMarked || isWhole(range)
      wasMarked = isWhole(range)
      if (!isSaying) return
      markDrawing(range)
      // Words that were begun elsewhere follow the marks that somebody sets now, as a drawing does.
      if (!isEnteringClip() && draftOf(versionId).at !== null) changeDraft(versionId, { at: null })
    }
    const here = () => spanAt(clock.frame, range)
    const ends = [range.subscribe(marked), standsAt(versionId, here)]
    return () => {
      for (const end of ends) end()
      leaveDraft(versionId, here(), closeDrawing())
    }
  }, [versionId, clock, range])
}

const isWhole = ({ start, end }: PlayRange): boolean => start !== null && end !== null
