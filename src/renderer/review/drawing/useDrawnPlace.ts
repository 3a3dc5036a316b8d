import { useEffect } from 'react'
import { formatClipFrame } from '../../../shared/clipTiming.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { sayWords } from '../../shell/sayStore.ts'
import { text } from '../../text/text.ts'
import type { FrameClock } from '../frameClock.ts'
import { player } from '../playerControl.ts'
import type { PlayRange } from '../playRange.ts'
import { useClockValue } from '../useClock.ts'
import { draftOf, useDrafts } from '../words/draftStore.ts'
import { drawnOn, holdsFrame } from './drawnOn.ts'
import { beginDrawingOn, framesInHand, useDraw } from './drawStore.ts'

/** The frames of what is in the hand over this version; null is every frame. */
function framesHere(versionId: VersionId) {
  const draw = useDraw.getState()
  return draw.of === null && draftOf(versionId).isWhole ? null : framesInHand(draw)
}

/** What is in the hand is of this version, and on the frame that is shown. While the clip plays one frame would only flash. */
export function useIsDrawnHere(versionId: VersionId, clock: FrameClock): boolean {
  const isOpen = useDraw(({ version }) => version === versionId)
  const isWhole = useDrafts((drafts) => draftOf(versionId, drafts).isWhole)
  const ofWhole = useDraw(({ of }) => of === null) && isWhole
  const held = useDraw(framesInHand)
  const frames = ofWhole ? null : held
  const isShown = useClockValue(
    clock,
    ({ frame, isPlaying }) =>
      holdsFrame(frames, frame) && (!isPlaying || frames === null || frames.startFrame < frames.endFrame),
  )
  return isOpen && isShown
}

/** The picture goes to what is in the hand when that is on another frame. Says to which frame it goes; null: it stays. */
function goToDrawing(versionId: VersionId, clock: FrameClock): number | null {
  const frames = framesHere(versionId)
  const control = player()
  if (frames === null || control === null || holdsFrame(frames, clock.frame)) return null
  control.pause()
  control.seek(frames.startFrame)
  return frames.startFrame
}

/** A step taken back or a colour chosen is seen, wherever the playhead stood. */
export function useStepsSeen(versionId: VersionId, clock: FrameClock): void {
  useEffect(
    () =>
      useDraw.subscribe((now, before) => {
        const isStep = now.shapes !== before.shapes && now.shapes.length > 0
        if (isStep && now.of === before.of && now.version === versionId && before.version === versionId)
          goToDrawing(versionId, clock)
      }),
    [versionId, clock],
  )
}

/**
 * A shape begins on the frame that is shown, or one is changed there. False where the drawing is on another frame: the
 * picture goes there instead. One comment has one place, and a stroke must never land over a picture it was not made for;
 * taking it along or asking would each put something in the way of somebody who only forgot to send.
 */
export function beginsHere(versionId: VersionId, clock: FrameClock, range: PlayRange): boolean {
  const control = player()
  control?.pause()
  const frame = goToDrawing(versionId, clock)
  if (frame === null || control === null) {
    beginDrawingOn(drawnOn(clock.frame, range))
    return true
  }
  sayWords(text.drawing.backTo(formatClipFrame(frame, control.timing)))
  return false
}
