import { Film, Lock, PenLine } from 'lucide-react'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import type { Connection } from '../../../shared/connection.ts'
import type { VersionId } from '../../../shared/ids.ts'
import type { CommentSpan } from '../../../shared/review.ts'
import { runAction } from '../../shell/actionRunner.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { composerId, focusStage } from '../composerFocus.ts'
import { setShapesOfNext, shapesOfNext, useDraw } from '../drawing/drawStore.ts'
import type { FrameClock } from '../frameClock.ts'
import { player } from '../playerControl.ts'
import type { PlayRange } from '../playRange.ts'
import { ColourMenu } from '../words/ColourMenu.tsx'
import { Losses } from '../words/Losses.tsx'
import { TimeChip } from '../words/TimeChip.tsx'
import own from '../words/Words.module.css'
import { WordsField } from '../words/WordsField.tsx'
import css from './CommentPanel.module.css'
import { createComment } from './commentCalls.ts'

const c = classesOf(css)
const w = classesOf(own)

interface ComposerProps {
  readonly versionId: VersionId
  /** Null for what has no time: a comment is on the whole of it. */
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
  readonly range: PlayRange
  readonly connection: Connection | undefined
  /** Whether it has time is not known yet: nothing is sent until then. */
  readonly isOpening: boolean
  /** Nothing can be sent any more: what was begun is there to be copied. */
  readonly isClosed: boolean
}

/** Writes at the playhead, or over the marked range. Enter sends, Shift+Enter is a new line, Escape goes back to the picture. */
export function Composer({
  versionId,
  timing,
  clock,
  range,
  connection,
  isOpening,
  isClosed,
}: ComposerProps) {
  const [words, setWords] = useState('')
  const [isInternal, setInternal] = useState(false)
  const [isWhole, setWhole] = useState(false)
  const [colour, setColour] = useState<string | null>(null)
  const drawn = useDraw((draw) => shapesOfNext(draw).length)
  const isDrawn = useDraw((draw) => draw.shapes.length > 0 || draw.aside.length > 0)
  const isMarked = useSyncExternalStore(range.subscribe, () => range.start !== null && range.end !== null)
  const isRange = isMarked && !isWhole && timing !== null
  const isHeld = isOpening || isClosed || (words.trim() === '' && drawn === 0)
  const isHere = useRef(true)
  useEffect(() => {
    isHere.current = true
    return () => {
      isHere.current = false
    }
  }, [])
  const send = async () => {
    if (isHeld) return
    const said = words.trim()
    const shapes = shapesOfNext(useDraw.getState())
    const span = timing === null || isWhole ? null : spanOf(timing, clock, range)
    setWords('')
    setShapesOfNext([])
    const drawing = [...shapes]
    if (await createComment({ versionId, text: said, span, isInternal, colour, drawing })) {
      range.clear()
      setWhole(false)
      setColour(null)
      return
    }
    if (!isHere.current) return
    setWords(said)
    // What was drawn meanwhile is not written over.
    if (shapesOfNext(useDraw.getState()).length === 0) setShapesOfNext(shapes)
  }
  return (
    <div className={c('compose')}>
      <Losses isRange={isRange} isDrawn={isDrawn} isColoured={colour !== null} isInternal={isInternal} />
      <div className={c('box')}>
        <div className={c('boxLine')}>
          {isOpening ? (
            <span className={c('timecode')} aria-hidden="true">
              {text.library.unknown}
            </span>
          ) : timing === null || isWhole ? (
            <span className={c('timecode')}>{timing === null ? text.room.wholeFile : text.room.whole}</span>
          ) : (
            <TimeChip timing={timing} clock={clock} range={range} />
          )}
          <span className={c('boxTools')}>
            {drawn > 0 ? (
              <span className={`${c('tag')} ${w('drawn')}`}>{text.drawing.drawn(drawn)}</span>
            ) : null}
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
            <ColourMenu colour={colour} onChange={setColour} />
            {connection?.commentsHold?.internal ? (
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
        <WordsField
          id={composerId}
          value={words}
          rows={2}
          label={timing === null ? text.room.compose : text.room.composeAt}
          placeholder={
            timing === null ? text.room.compose : isRange ? text.room.composeOver : text.room.composeAt
          }
          onFocus={() => player()?.pause()}
          onChange={setWords}
          onSend={() => void send()}
          onEscape={focusStage}
        />
        <div className={c('boxLine')}>
          <span className={c('quiet')}>{isInternal ? text.room.internalSays : ''}</span>
          <Button look="primary" disabled={isHeld} onClick={() => void send()}>
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
