import { Film, Lock, PenLine } from 'lucide-react'
import { useState, useSyncExternalStore } from 'react'
import { type ClipTiming, formatClipFrame, formatClipRange, parseClipRange } from '../../shared/clipTiming.ts'
import type { Connection } from '../../shared/connection.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { CommentSpan } from '../../shared/review.ts'
import { runAction } from '../shell/actionRunner.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Keys } from '../ui/Keys.tsx'
import css from './CommentPanel.module.css'
import { createComment } from './commentCalls.ts'
import { composerId, focusStage } from './composerFocus.ts'
import { forgetDrawing, restoreDrawing, useDraw } from './drawing/drawStore.ts'
import type { FrameClock } from './frameClock.ts'
import { player } from './playerControl.ts'
import type { PlayRange } from './playRange.ts'
import { useClockElement } from './useClock.ts'

const c = classesOf(css)
const longest = 10_000

interface ComposerProps {
  readonly versionId: VersionId
  /** Null for what has no time: a comment is on the whole of it. */
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
  readonly range: PlayRange
  readonly connection: Connection | undefined
}

/** Writes at the playhead, or over the marked range. Enter sends, Shift+Enter is a new line, Escape goes back to the picture. */
export function Composer({ versionId, timing, clock, range, connection }: ComposerProps) {
  const [words, setWords] = useState('')
  const [isInternal, setInternal] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const drawn = useDraw((draw) => draw.shapes.length)
  const isRange = useSyncExternalStore(range.subscribe, () => range.start !== null && range.end !== null)
  const holds = connection?.commentsHold ?? null
  const isEmpty = words.trim() === '' && drawn === 0
  const send = async () => {
    if (isEmpty) return
    const said = words.trim()
    const { shapes } = useDraw.getState()
    const span = timing === null || isWhole ? null : spanOf(timing, clock, range)
    setWords('')
    forgetDrawing()
    const isKept = await createComment({
      versionId,
      text: said,
      span,
      isInternal,
      drawing: [...shapes],
    })
    if (isKept) {
      range.clear()
      setWhole(false)
      return
    }
    setWords(said)
    restoreDrawing(shapes)
  }
  return (
    <div className={c('compose')}>
      <Losses
        connection={connection}
        isRange={isRange && !isWhole}
        isDrawn={drawn > 0}
        isInternal={isInternal}
      />
      <div className={c('box')}>
        <div className={c('boxLine')}>
          {timing === null || isWhole ? (
            <span className={c('timecode')}>{text.room.whole}</span>
          ) : (
            <TimeChip timing={timing} clock={clock} range={range} />
          )}
          <span className={c('boxTools')}>
            {drawn > 0 ? <span className={c('tag')}>{text.drawing.drawn(drawn)}</span> : null}
            {timing === null ? null : (
              <IconButton label={text.room.onWhole} aria-pressed={isWhole} onClick={() => setWhole(!isWhole)}>
                <Film size={15} />
              </IconButton>
            )}
            {timing === null ? null : (
              <IconButton label={text.drawing.start} onClick={() => runAction('draw.pen')}>
                <PenLine size={15} />
              </IconButton>
            )}
            {holds?.internal ? (
              <IconButton
                label={text.room.internalMore}
                aria-pressed={isInternal}
                onClick={() => setInternal(!isInternal)}
              >
                <Lock size={15} />
              </IconButton>
            ) : null}
          </span>
        </div>
        <textarea
          id={composerId}
          value={words}
          maxLength={longest}
          rows={2}
          aria-label={text.room.composeAt}
          placeholder={isRange && !isWhole ? text.room.composeOver : text.room.composeAt}
          onFocus={() => player()?.pause()}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Escape') {
              event.preventDefault()
              focusStage()
            } else if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault()
              void send()
            }
          }}
        />
        <div className={c('boxLine')}>
          <span className={c('quiet')}>{isInternal ? text.room.internalSays : ''}</span>
          <Button look="primary" disabled={isEmpty} onClick={() => void send()}>
            {text.room.send}
            <Keys text="Enter" />
          </Button>
        </div>
      </div>
    </div>
  )
}

/** The marked range where both ends are, else the frame that is shown. */
function spanOf(timing: ClipTiming, clock: FrameClock, range: PlayRange): CommentSpan {
  const { start, end } = range
  if (start === null || end === null)
    return { startFrame: clock.frame, endFrame: clock.frame, rate: timing.rate }
  return { startFrame: start, endFrame: Math.min(end, timing.frameCount - 1), rate: timing.rate }
}

interface LossesProps {
  readonly connection: Connection | undefined
  readonly isRange: boolean
  readonly isDrawn: boolean
  readonly isInternal: boolean
}

/** What the service will not hold of what is being written, said before it is sent. */
function Losses({ connection, isRange, isDrawn, isInternal }: LossesProps) {
  if (connection === undefined) return null
  const name = text.providers[connection.provider]
  const holds = connection.commentsHold
  const words = text.room.losses
  const lost =
    holds === null
      ? [text.room.localOnly(name)]
      : [
          isRange && !holds.ranges ? words.range(name) : '',
          isDrawn && !holds.drawings ? words.drawing(name) : '',
          isInternal && !holds.internal ? words.internal(name) : '',
        ].filter((each) => each !== '')
  return lost.map((each) => (
    <p key={each} className={c('local')}>
      {each}
    </p>
  ))
}

interface TimeChipProps {
  readonly timing: ClipTiming
  readonly clock: FrameClock
  readonly range: PlayRange
}

/** Where the comment will stand; pressed, a time or a range can be typed. */
function TimeChip({ timing, clock, range }: TimeChipProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [isWrong, setWrong] = useState(false)
  const start = useSyncExternalStore(range.subscribe, () => range.start)
  const end = useSyncExternalStore(range.subscribe, () => range.end)
  const isRange = start !== null && end !== null
  const chip = useClockElement<HTMLButtonElement>(clock, (element, frame) => {
    element.textContent = isRange
      ? formatClipRange({ startFrame: start, endFrame: end }, timing)
      : formatClipFrame(frame, timing)
  })
  const take = () => {
    const found = parseClipRange(typed ?? '', timing, clock.frame)
    if (!found.ok) {
      setWrong(true)
      return
    }
    const { startFrame, endFrame } = found.value
    if (endFrame > startFrame) range.set(startFrame, endFrame)
    else range.clear()
    player()?.seek(startFrame)
    setTyped(null)
  }
  if (typed === null)
    return (
      <button
        ref={chip}
        type="button"
        className={c('timecode')}
        title={text.room.typeTime}
        onClick={() => {
          player()?.pause()
          setWrong(false)
          setTyped(chip.current?.textContent ?? '')
        }}
      />
    )
  return (
    <input
      ref={(element) => element?.focus()}
      className={c('timecode', 'typed')}
      value={typed}
      aria-label={text.room.typeTime}
      aria-invalid={isWrong}
      spellCheck={false}
      onChange={(event) => {
        setWrong(false)
        setTyped(event.currentTarget.value)
      }}
      onBlur={() => setTyped(null)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
        else if (event.key === 'Escape') setTyped(null)
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    />
  )
}

interface SmallComposerProps {
  readonly label: string
  readonly start: string
  readonly action: string
  readonly onSend: (words: string) => Promise<boolean>
  readonly onClose: () => void
}

/** For a reply or a change, in its place. */
export function SmallComposer({ label, start, action, onSend, onClose }: SmallComposerProps) {
  const [words, setWords] = useState(start)
  const send = async () => {
    if (words.trim() !== '' && (await onSend(words.trim()))) onClose()
  }
  return (
    <div className={c('box', 'small')}>
      <textarea
        ref={(element) => element?.focus()}
        value={words}
        maxLength={longest}
        rows={1}
        aria-label={label}
        placeholder={label}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') {
            event.preventDefault()
            onClose()
          } else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            void send()
          }
        }}
      />
      <div className={c('boxLine')}>
        <Button look="bare" size="small" onClick={onClose}>
          {text.app.cancel}
        </Button>
        <Button size="small" disabled={words.trim() === ''} onClick={() => void send()}>
          {action}
        </Button>
      </div>
    </div>
  )
}
