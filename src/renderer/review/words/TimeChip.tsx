import { MessageSquare, PenLine } from 'lucide-react'
import { useId, useState, useSyncExternalStore } from 'react'
import {
  type ClipTiming,
  type FrameRange,
  formatClipFrame,
  formatClipRange,
  parseClipRange,
  type TypedClipProblem,
} from '../../../shared/clipTiming.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { focusComposer } from '../composerFocus.ts'
import { holdsFrame } from '../drawing/drawnOn.ts'
import type { FrameClock } from '../frameClock.ts'
import { player } from '../playerControl.ts'
import type { PlayRange } from '../playRange.ts'
import { useClockElement, useClockValue } from '../useClock.ts'
import { rangeWords } from './rangeWords.ts'
import css from './TimeChip.module.css'
import own from './Words.module.css'

const c = classesOf(css)
const o = classesOf(own)

interface TimeChipProps {
  readonly timing: ClipTiming
  readonly clock: FrameClock
  readonly range: PlayRange
  /** The comment stays on these frames, wherever the playhead goes; null: it goes with the playhead. */
  readonly held: FrameRange | null
  /** It stays for what was drawn there, not for words that were begun there. */
  readonly isDrawn: boolean
  /** The playhead was brought to where it is held. */
  readonly onReturn: () => void
  /** It is about these frames now; the playhead and the marks follow. */
  readonly onTyped: (span: FrameRange) => void
}

/**
 * Where the comment will stand; pressed, a time or a range can be typed. Enter takes it and goes on to the words. Of a
 * comment that is held on other frames a press goes to these first.
 */
export function TimeChip({ timing, clock, range, held, isDrawn, onReturn, onTyped }: TimeChipProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<TypedClipProblem | null>(null)
  const problemId = useId()
  const start = useSyncExternalStore(range.subscribe, () => range.start)
  const end = useSyncExternalStore(range.subscribe, () => range.end)
  const marked = start !== null && end !== null ? { startFrame: start, endFrame: end } : null
  const span = held ?? marked
  const isAway = !useClockValue(clock, ({ frame }) => holdsFrame(held, frame))
  const isRange = span !== null && span.endFrame > span.startFrame
  const chip = useClockElement<HTMLButtonElement>(clock, (element, frame) => {
    element.textContent = isRange
      ? rangeWords(span, timing)
      : formatClipFrame(span?.startFrame ?? frame, timing)
  })
  const whole = () =>
    isRange ? formatClipRange(span, timing) : formatClipFrame(span?.startFrame ?? clock.frame, timing)
  const put = () => {
    setTyped(null)
    setProblem(null)
  }
  const take = () => {
    const found = parseClipRange(typed ?? '', timing, clock.frame)
    if (!found.ok) {
      setProblem(found.problem)
      return
    }
    const { startFrame, endFrame } = found.value
    onTyped(found.value)
    if (endFrame > startFrame) range.set(startFrame, endFrame)
    else range.clear()
    player()?.seek(startFrame)
    put()
    focusComposer()
  }
  if (typed === null && isAway && held !== null) {
    const Sign = isDrawn ? PenLine : MessageSquare
    const words = isDrawn ? text.drawing.drawnOn : text.room.begunAt
    return (
      <button
        // An element of its own: the text of the other one is written past React.
        key="away"
        type="button"
        className={`${c('timecode', 'away')} ${o('chip')}`}
        title={words(whole())}
        aria-label={words(whole())}
        onClick={() => {
          const control = player()
          control?.pause()
          control?.seek(held.startFrame)
          onReturn()
        }}
      >
        <Sign size={11} aria-hidden="true" />
        {isRange ? rangeWords(held, timing) : whole()}
      </button>
    )
  }
  if (typed === null)
    return (
      <button
        key="here"
        ref={chip}
        type="button"
        className={`${c('timecode')} ${o('chip')}`}
        title={text.room.typeTime}
        onClick={() => {
          player()?.pause()
          setTyped(whole())
        }}
      />
    )
  return (
    <span className={o('typing')}>
      <input
        ref={(element) => {
          // Typing takes the place of what stands there.
          if (element !== null && document.activeElement !== element) element.select()
        }}
        className={c('timecode', 'typed')}
        value={typed}
        aria-label={text.room.typeTime}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : problemId}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setProblem(null)
          setTyped(event.currentTarget.value)
        }}
        onBlur={put}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take()
          else if (event.key === 'Escape') {
            put()
            focusComposer()
          } else return
          event.preventDefault()
          event.stopPropagation()
        }}
      />
      {problem === null ? null : (
        <span id={problemId} role="alert" className={o('problem')}>
          {text.room.timecodeProblems[problem]}
        </span>
      )}
    </span>
  )
}
