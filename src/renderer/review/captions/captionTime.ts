import type { Cue } from '../../../shared/captions.ts'
import { type ClipTiming, startSecondsOf } from '../../../shared/clipTiming.ts'
import { framesPerSecondOf, framesPerTimecodeSecond } from '../../../shared/frameRate.ts'

/**
 * The moment of a frame that captions are looked up at, in milliseconds from the clip's first frame, whenever the player
 * shows that: within the frame, whatever was rounded.
 */
export const captionTimeOf = (frame: number, timing: ClipTiming): number =>
  Math.round((startSecondsOf(frame, timing) - startSecondsOf(0, timing)) * 1000) + 1

/**
 * Milliseconds that cues lie behind the clip. Files made for a programme count from its start timecode, mostly 01:00:00:00;
 * others from the clip's first frame.
 */
export function captionOffset(cues: readonly Cue[], timing: ClipTiming): number {
  const first = cues[0]?.startMs ?? 0
  const length = (timing.frameCount / framesPerSecondOf(timing.rate)) * 1000
  const perSecond = timing.dropFrame ? framesPerSecondOf(timing.rate) : framesPerTimecodeSecond(timing.rate)
  const start = Math.round((timing.startFrame / perSecond) * 1000)
  return start > 0 && first >= length && first >= start ? start : 0
}
