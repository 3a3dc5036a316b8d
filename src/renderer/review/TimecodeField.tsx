import { useState } from 'react'
import {
  type ClipTiming,
  formatClipFrame,
  parseClipFrame,
  type TypedClipProblem,
} from '../../shared/clipTiming.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { focusStage } from './composerFocus.ts'
import type { FrameClock } from './frameClock.ts'
import { player } from './playerControl.ts'
import css from './Transport.module.css'
import { useClockElement } from './useClock.ts'

const c = classesOf(css)

interface TimecodeFieldProps {
  readonly timing: ClipTiming
  readonly clock: FrameClock
}

/** The timecode of the frame on the screen. Typing another one goes there; `+12` and `-1:00` move by so much. */
export function TimecodeField({ timing, clock }: TimecodeFieldProps) {
  const [problem, setProblem] = useState<TypedClipProblem | null>(null)
  const field = useClockElement<HTMLInputElement>(clock, (element, frame) => {
    if (document.activeElement !== element) element.value = formatClipFrame(frame, timing)
  })
  const leave = (element: HTMLInputElement) => {
    setProblem(null)
    element.value = formatClipFrame(clock.frame, timing)
  }
  return (
    <div className={c('field')}>
      <input
        ref={field}
        className={c('timecode')}
        type="text"
        inputMode="numeric"
        spellCheck={false}
        autoComplete="off"
        aria-label={text.room.timecode}
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : 'timecode-problem'}
        onFocus={(event) => {
          player()?.pause()
          event.currentTarget.select()
        }}
        onBlur={(event) => leave(event.currentTarget)}
        onInput={() => setProblem(null)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault()
            focusStage()
          }
          if (event.key !== 'Enter') return
          event.preventDefault()
          const parsed = parseClipFrame(event.currentTarget.value, timing, clock.frame)
          if (!parsed.ok) {
            setProblem(parsed.problem)
            return
          }
          player()?.seek(parsed.value)
          focusStage()
        }}
      />
      {problem === null ? null : (
        <p id="timecode-problem" role="alert" className={c('problem')}>
          {text.room.timecodeProblems[problem]}
        </p>
      )}
    </div>
  )
}
