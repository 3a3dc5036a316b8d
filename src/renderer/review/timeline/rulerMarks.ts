import { type ClipTiming, formatClipFrame, isVariableClip } from '../../../shared/clipTiming.ts'
import { framesPerTimecodeSecond } from '../../../shared/frameRate.ts'

export interface RulerMark {
  readonly frame: number
  readonly words: string
}

const secondSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600]
const frameSteps = [1, 2, 5, 10]
const narrowest = 92

/** Labels for a ruler of this width: round steps, not closer than their own words. */
export function rulerMarks(timing: ClipTiming, width: number): RulerMark[] {
  const perSecond = framesPerTimecodeSecond(timing.rate)
  const isVariable = isVariableClip(timing)
  const most = Math.max(1, Math.floor(width / narrowest))
  const steps = [
    ...frameSteps.filter((step) => step < perSecond),
    ...secondSteps.map((step) => step * perSecond),
  ]
  const step = steps.find((each) => timing.frameCount / each <= most) ?? 7200 * perSecond
  const marks: RulerMark[] = []
  for (let frame = 0; frame < timing.frameCount; frame += step) {
    const words = formatClipFrame(frame, timing)
    // After the first, only what changes: `:20:00` is found faster than a row of zeros.
    marks.push({
      frame,
      words:
        frame === 0
          ? words
          : isVariable
            ? words.slice(3)
            : step < perSecond
              ? words.slice(-6)
              : `:${words.slice(-5)}`,
    })
  }
  return marks
}
