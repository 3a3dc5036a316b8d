import { Film, Lock, PenLine } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import type { Connection } from '../../../shared/connection.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { runAction } from '../../shell/actionRunner.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Keys } from '../../ui/Keys.tsx'
import { composerId, focusStage } from '../composerFocus.ts'
import { spanAt } from '../drawing/drawnOn.ts'
import { framesOfNext, moveDrawing, sendDrawing, shapesOfNext, useDraw } from '../drawing/drawStore.ts'
import type { FrameClock } from '../frameClock.ts'
import { player } from '../playerControl.ts'
import type { PlayRange } from '../playRange.ts'
import { ColourMenu } from '../words/ColourMenu.tsx'
import { changeDraft, draftOf, giveBackDraft, useDrafts } from '../words/draftStore.ts'
import { Losses } from '../words/Losses.tsx'
import { spanIn } from '../words/spanIn.ts'
import { TimeChip } from '../words/TimeChip.tsx'
import own from '../words/Words.module.css'
import { WordsField } from '../words/WordsField.tsx'
import css from './Composer.module.css'
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
  /** It has a picture, moving or not. */
  readonly canBeDrawnOn: boolean
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
  canBeDrawnOn,
  isOpening,
  isClosed,
}: ComposerProps) {
  const draft = useDrafts((drafts) => draftOf(versionId, drafts))
  const { words, colour, isInternal, isWhole } = draft
  const change = (part: Partial<typeof draft>) => changeDraft(versionId, part)
  const drawn = useDraw((draw) => shapesOfNext(draw).length)
  const drawnOn = useDraw(framesOfNext)
  const isDrawn = useDraw((draw) => draw.shapes.length > 0 || draw.aside.length > 0)
  const isMarked = useSyncExternalStore(range.subscribe, () => range.start !== null && range.end !== null)
  const frames = drawnOn ?? draft.at
  const isSpan = frames === null ? isMarked : frames.endFrame > frames.startFrame
  const isRange = isSpan && !isWhole && timing !== null
  const isHeld = isOpening || isClosed || (words.trim() === '' && drawn === 0)
  const write = (next: string) => {
    // Who goes on writing where it was begun takes it along with the playhead again.
    const isBack = draft.at?.endFrame === clock.frame && draft.at.startFrame === clock.frame
    change(isBack ? { words: next, at: null } : { words: next })
  }
  const send = async () => {
    if (isHeld) return
    const said = words.trim()
    const span = timing === null || isWhole ? null : spanIn(timing, frames ?? spanAt(clock.frame, range))
    const drawing = sendDrawing()
    change({ words: '', at: null })
    if (
      await createComment({
        ...{ versionId, text: said, span, isInternal, colour },
        drawing: [...(drawing?.shapes ?? [])],
      })
    ) {
      if (isRange) range.clear()
      change({ isWhole: false, colour: null })
    } else giveBackDraft(versionId, { ...draft, words: said, at: span }, drawing)
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
            <TimeChip
              {...{ timing, clock, range }}
              held={frames}
              isDrawn={drawnOn !== null}
              onReturn={() => {
                if (drawnOn !== null || draft.at === null) return
                const { startFrame, endFrame } = draft.at
                if (endFrame > startFrame) range.set(startFrame, endFrame)
                change({ at: null })
              }}
              onTyped={(typed) => {
                change({ at: null })
                if (drawn > 0) moveDrawing({ ...typed, frame: typed.startFrame })
              }}
            />
          )}
          <span className={c('boxTools')}>
            {drawn > 0 ? (
              <span className={`${c('tag')} ${w('drawn')}`}>{text.drawing.drawn(drawn)}</span>
            ) : null}
            {timing === null ? null : (
              <IconButton
                label={text.room.onWhole}
                aria-pressed={isWhole}
                onClick={() => change({ isWhole: !isWhole })}
              >
                <Film size={15} />
              </IconButton>
            )}
            {canBeDrawnOn ? (
              <IconButton label={text.drawing.start} onClick={() => runAction('draw.pen')}>
                <PenLine size={15} />
              </IconButton>
            ) : null}
            <ColourMenu colour={colour} onChange={(next) => change({ colour: next })} />
            {connection?.commentsHold?.internal ? (
              <IconButton
                label={text.room.internalMore}
                aria-pressed={isInternal}
                onClick={() => change({ isInternal: !isInternal })}
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
            timing === null
              ? text.room.compose
              : isRange
                ? text.room.composeOver
                : drawnOn === null
                  ? text.room.composeAt
                  : text.room.composeDrawn
          }
          onFocus={() => player()?.pause()}
          onChange={write}
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
