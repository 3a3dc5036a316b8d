import { Check, Lock, PenLine } from 'lucide-react'
import { memo } from 'react'
import { type ClipTiming, formatClipFrame } from '../../shared/clipTiming.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { hueOf } from '../ui/person.ts'
import type { FrameClock } from './frameClock.ts'
import { player } from './playerControl.ts'
import css from './Timeline.module.css'
import type { Thread } from './threads.ts'
import { useClockValue } from './useClock.ts'

const c = classesOf(css)

interface MarkersProps {
  readonly timing: ClipTiming
  readonly clock: FrameClock
  readonly threads: readonly Thread[]
}

/** One drop for each comment with a time, in its author's colour; a bar for a range. */
export const Markers = memo(function Markers({ timing, clock, threads }: MarkersProps) {
  const timed = threads.filter((thread) => thread.comment.span !== null)
  // The one whose frames hold the playhead; changes seldom, so the markers are seldom drawn.
  const here = useClockValue(clock, ({ frame }) =>
    timed.findLastIndex(
      ({ comment: { span } }) => span !== null && span.startFrame <= frame && frame <= span.endFrame,
    ),
  )
  return (
    <div className={c('lane')}>
      {timed.map(({ comment }, index) => {
        const { span } = comment
        if (span === null) return null
        const left = ((span.startFrame + 0.5) / timing.frameCount) * 100
        const width = ((span.endFrame - span.startFrame) / timing.frameCount) * 100
        const style = { left: `${left}%`, '--p': hueOf(comment.author.name) } as React.CSSProperties
        return (
          <span key={comment.id} style={{ display: 'contents' }}>
            {span.endFrame > span.startFrame ? (
              <i className={c('range')} style={{ ...style, width: `${width}%` }} aria-hidden="true" />
            ) : null}
            <button
              type="button"
              className={c('pin')}
              style={style}
              data-resolved={comment.isResolved || undefined}
              data-internal={comment.isInternal || undefined}
              data-here={index === here || undefined}
              aria-label={text.room.marker(comment.author.name, formatClipFrame(span.startFrame, timing))}
              title={comment.text.slice(0, 120)}
              tabIndex={-1}
              onClick={() => player()?.seek(span.startFrame)}
            >
              {comment.isResolved ? (
                <Check size={10} strokeWidth={3} />
              ) : comment.isInternal ? (
                <Lock size={9} strokeWidth={3} />
              ) : comment.drawing.length > 0 ? (
                <PenLine size={9} strokeWidth={3} />
              ) : null}
            </button>
          </span>
        )
      })}
    </div>
  )
})
