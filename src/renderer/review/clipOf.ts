import type { ClipTiming } from '../../shared/clipTiming.ts'
import { canDropFrames, frameRates } from '../../shared/frameRate.ts'
import { frameTableOf } from '../../shared/frameTimes.ts'
import type { Media } from './assetStore.ts'

/** Sound without a picture has no frames of its own; comments on it count in these. */
const soundRate = frameRates['25']

/** How the frames of a medium are counted and labelled; `seconds` is the player's length, where the file does not say. `firstNumber` is what its first frame is called. */
export function clipOf(
  { info, times }: Pick<Media, 'info' | 'times'>,
  seconds: number | null,
  firstNumber?: number,
): ClipTiming {
  const rate = info.rate ?? soundRate
  const counted =
    seconds === null || !Number.isFinite(seconds)
      ? 1
      : Math.round((seconds * rate.numerator) / rate.denominator)
  return {
    rate,
    dropFrame: info.isDropFrame && canDropFrames(rate),
    startFrame: info.startFrame,
    frameCount: times === null ? Math.max(1, info.frames ?? counted) : frameTableOf(times).frameCount,
    ...(times === null ? {} : { times }),
    ...(firstNumber === undefined ? {} : { firstNumber }),
  }
}
