import { useId, useState, useSyncExternalStore } from 'react'
import {
  type ClipTiming,
  formatClipFrame,
  formatClipRange,
  parseClipRange,
  type TypedClipProblem,
} from '../../../shared/clipTiming.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import css from '../comments/CommentPanel.module.css'
import { focusComposer } from '../composerFocus.ts'
import type { FrameClock } from '../frameClock.ts'
import { player } from '../playerControl.ts'
import type { PlayRange } from '../playRange.ts'
import { useClockElement } from '../useClock.ts'
import { rangeWords } from './rangeWords.ts'
import own from './Words.module.css'

const c = classesOf(css)
const o = classesOf(own)

interface TimeChipProps {
  readonly timing: ClipTiming
  readonly clock: FrameClock
  readonly range: PlayRange
}

/** Where the comment will stand; pressed, a time or a range can be typed. Enter takes it and goes on to the words. */
export function TimeChip({ timing, clock, range }: TimeChipProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [problem, setProblem] = useState<TypedClipProblem | null>(null)
  const problemId = useId()
  const start = useSyncExternalStore(range.subscribe, () => range.start)
  const end = useSyncExternalStore(range.subscribe, () => range.end)
  const isRange = start !== null && end !== null
  const chip = useClockElement<HTMLButtonElement>(clock, (element, frame) => {
    element.textContent = isRange
      ? rangeWords({ startFrame: start, endFrame: end }, timing)
      : formatClipFrame(frame, timing)
  })
  const whole = () =>
    isRange
      ? formatClipRange({ startFrame: start, endFrame: end }, timing)
      : formatClipFrame(clock.frame, timing)
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
    if (endFrame > startFrame) range.set(startFrame, endFrame)
    else range.clear()
    player()?.seek(startFrame)
    put()
    focusComposer()
  }
  if (typed === null)
    return (
      <button
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
