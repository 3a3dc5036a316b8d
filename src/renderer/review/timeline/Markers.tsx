import { Check, Lock, PenLine } from 'lucide-react'
import { memo, useMemo } from 'react'
import { type ClipTiming, formatClipFrame } from '../../../shared/clipTiming.ts'
import { colourNameOf } from '../../../shared/commentColour.ts'
import type { Comment } from '../../../shared/review.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { hueOf } from '../../ui/person.ts'
import { SpanIndex } from '../comments/spanIndex.ts'
import type { Thread } from '../comments/threads.ts'
import type { FrameClock } from '../frameClock.ts'
import { player } from '../playerControl.ts'
import { useClockValue } from '../useClock.ts'
import { CrowdPin } from './CrowdPin.tsx'
import { crowdsOf } from './crowds.ts'
import css from './Timeline.module.css'

const c = classesOf(css)

interface MarkersProps {
  readonly timing: ClipTiming
  readonly clock: FrameClock
  readonly threads: readonly Thread[]
  /** In CSS pixels; 0 as long as nobody knows. */
  readonly width: number
}

/** One drop for each comment with a time, in its author's colour, or for several that hide each other; a bar for a range. */
export const Markers = memo(function Markers({ timing, clock, threads, width }: MarkersProps) {
  const spans = useMemo(() => new SpanIndex(threads), [threads])
  const crowds = useMemo(() => crowdsOf(threads, timing.frameCount, width), [threads, timing, width])
  // The one whose frames hold the playhead.
  const here = useClockValue(clock, ({ frame }) => spans.last(frame)?.comment.id ?? '')
  return (
    <div className={c('lane')}>
      {threads.map(({ comment }) => (
        <RangeBar key={comment.id} comment={comment} timing={timing} />
      ))}
      {crowds.map((crowd) => {
        const [first, ...others] = crowd
        if (first === undefined) return null
        const { comment } = first
        return others.length === 0 ? (
          <Marker key={comment.id} comment={comment} timing={timing} isHere={comment.id === here} />
        ) : (
          <CrowdPin
            key={comment.id}
            crowd={crowd}
            timing={timing}
            isHere={crowd.some((each) => each.comment.id === here)}
          />
        )
      })}
    </div>
  )
})

interface RangeBarProps {
  readonly comment: Comment
  readonly timing: ClipTiming
}

const RangeBar = memo(function RangeBar({ comment: { span, author }, timing }: RangeBarProps) {
  if (span === null || span.endFrame <= span.startFrame) return null
  const left = ((span.startFrame + 0.5) / timing.frameCount) * 100
  const width = ((span.endFrame - span.startFrame) / timing.frameCount) * 100
  const style = { left: `${left}%`, width: `${width}%`, '--p': hueOf(author.name) } as React.CSSProperties
  return <i className={c('range')} style={style} aria-hidden="true" />
})

interface MarkerProps extends RangeBarProps {
  readonly isHere: boolean
}

/** Of hundreds, two are drawn again when the playhead comes to another. */
const Marker = memo(function Marker({ comment, timing, isHere }: MarkerProps) {
  const { span } = comment
  if (span === null) return null
  const left = ((span.startFrame + 0.5) / timing.frameCount) * 100
  const colour = colourNameOf(comment.colour)
  const words = text.room.marker(comment.author.name, formatClipFrame(span.startFrame, timing))
  const style = {
    left: `${left}%`,
    '--p': hueOf(comment.author.name),
    ...(colour === null ? {} : { '--mark': comment.colour }),
  } as React.CSSProperties
  return (
    <button
      type="button"
      className={c('pin')}
      style={style}
      data-resolved={comment.isResolved || undefined}
      data-internal={comment.isInternal || undefined}
      data-here={isHere || undefined}
      data-colour={colour ?? undefined}
      aria-label={colour === null ? words : text.remark.marker(words, text.remark.colours[colour])}
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
  )
})
