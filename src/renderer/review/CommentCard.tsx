import { Check, CornerDownRight, Lock, PenLine, Reply } from 'lucide-react'
import { memo, useState } from 'react'
import { type ClipTiming, formatClipFrame } from '../../shared/clipTiming.ts'
import { framesPerTimecodeSecond } from '../../shared/frameRate.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { Comment, CommentSpan } from '../../shared/review.ts'
import { useNow } from '../shell/useNow.ts'
import { errorWords } from '../text/errors.ts'
import { age } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { MenuItem } from '../ui/Menu.tsx'
import { StateLabel } from '../ui/StateLabel.tsx'
import { CardMenu } from './CardMenu.tsx'
import css from './CommentPanel.module.css'
import { SmallComposer } from './Composer.tsx'
import { changeComment, createComment } from './commentCalls.ts'
import { removeComments, toggleChosen, useCommentView } from './commentView.ts'
import { player } from './playerControl.ts'
import type { Thread } from './threads.ts'

const c = classesOf(css)

interface CommentCardProps {
  /** The version on the screen. */
  readonly versionId: VersionId
  readonly thread: Thread
  readonly timing: ClipTiming | null
  /** The playhead stands on it. */
  readonly isHere: boolean
}

type Mode = 'read' | 'reply' | 'edit'

export const CommentCard = memo(function CommentCard({
  versionId,
  thread,
  timing,
  isHere,
}: CommentCardProps) {
  const { comment, replies, from } = thread
  const [mode, setMode] = useState<Mode>('read')
  const read = () => setMode('read')
  const isChosen = useCommentView(({ chosen }) => (chosen === null ? null : chosen.has(comment.id)))
  const isLeaving = useCommentView(({ leaving }) => leaving.has(comment.id))
  if (isLeaving) return null
  return (
    <article
      className={c('card', isHere && 'on', comment.isResolved && 'resolved', from !== undefined && 'earlier')}
      style={
        comment.colour !== null && /^#[0-9a-f]{6}$/i.test(comment.colour)
          ? { boxShadow: `inset 3px 0 0 ${comment.colour}` }
          : undefined
      }
      aria-label={comment.author.name}
      data-here={isHere || undefined}
    >
      <div className={c('line')}>
        {isChosen === null ? (
          <Avatar name={comment.author.name} />
        ) : (
          <input
            type="checkbox"
            className={c('chooser')}
            checked={isChosen}
            aria-label={comment.text.slice(0, 80)}
            onChange={() => toggleChosen(comment.id)}
          />
        )}
        <span className={c('author')}>{comment.author.isMe ? text.room.you : comment.author.name}</span>
        <SpanButton comment={comment} timing={timing} />
        {comment.isInternal ? (
          <span className={c('tag')}>
            <Lock size={11} aria-hidden="true" />
            {text.room.internal}
          </span>
        ) : null}
        {comment.kind === 'comment' ? null : (
          <span className={c('tag')}>{text.room.kinds[comment.kind]}</span>
        )}
        {comment.drawing.length > 0 ? <PenLine size={13} aria-hidden="true" /> : null}
        {from === undefined ? (
          <CardEnd comment={comment} onMode={setMode} />
        ) : (
          <span className={c('end')}>
            <span className={c('tag')}>{text.library.version(from)}</span>
            <IconButton label={text.room.carryOver} onClick={() => void carryOver(comment, versionId)}>
              <CornerDownRight size={15} />
            </IconButton>
          </span>
        )}
      </div>
      {mode === 'edit' ? (
        <SmallComposer
          label={text.room.edit}
          start={comment.text}
          action={text.room.save}
          onSend={(words) => changeComment({ id: comment.id, text: words })}
          onClose={read}
        />
      ) : (
        <p className={c('words')}>{comment.text}</p>
      )}
      <Pending comment={comment} />
      {replies.map((reply) => (
        <ReplyLine key={reply.id} reply={reply} />
      ))}
      {mode === 'reply' ? (
        <div style={{ marginTop: 8 }}>
          <SmallComposer
            label={text.room.replyTo(comment.author.name)}
            start=""
            action={text.room.reply}
            onSend={(words) =>
              createComment({
                versionId: comment.versionId,
                parentId: comment.id,
                span: null,
                text: words,
                // An answer to what the team keeps to itself stays with the team.
                isInternal: comment.isInternal,
              })
            }
            onClose={read}
          />
        </div>
      ) : isHere && from === undefined ? (
        <div className={c('actions')}>
          <Button look="bare" size="small" onClick={() => setMode('reply')}>
            <Reply size={14} aria-hidden="true" />
            {text.room.reply}
          </Button>
        </div>
      ) : null}
    </article>
  )
})

/** The same words, place and drawing, said of the version on the screen. */
const carryOver = (
  { text: words, span, drawing, isInternal, colour, kind, track }: Comment,
  versionId: VersionId,
) =>
  createComment({
    versionId,
    text: words,
    // The service's own time was of the other version.
    span: span === null ? null : { startFrame: span.startFrame, endFrame: span.endFrame, rate: span.rate },
    drawing: [...drawing],
    isInternal,
    colour,
    kind,
    track,
  })

/** A range in the room of a chip: only the part of the labels that differs in a clip of this length. */
function rangeWords(span: CommentSpan, timing: ClipTiming): string {
  const isShort = timing.frameCount < 60 * framesPerTimecodeSecond(timing.rate)
  const short = (frame: number) => formatClipFrame(frame, timing).slice(isShort ? -5 : -8)
  return `${short(span.startFrame)} – ${short(span.endFrame)}`
}

function SpanButton({ comment, timing }: { readonly comment: Comment; readonly timing: ClipTiming | null }) {
  const { span } = comment
  if (span === null || timing === null) return null
  const words =
    span.endFrame > span.startFrame ? rangeWords(span, timing) : formatClipFrame(span.startFrame, timing)
  return (
    <button
      type="button"
      className={c('timecode')}
      title={text.room.jump(formatClipFrame(span.startFrame, timing))}
      onClick={() => player()?.seek(span.startFrame)}
    >
      {words}
    </button>
  )
}

function CardEnd({ comment, onMode }: { readonly comment: Comment; readonly onMode: (mode: Mode) => void }) {
  const now = useNow()
  return (
    <span className={c('end')}>
      <span className={c('age')}>
        {comment.isResolved ? (
          <StateLabel look={{ tone: 'done', shape: 'done' }} words={text.room.resolved} />
        ) : (
          age(comment.createdAt, now)
        )}
      </span>
      <span className={c('tools')}>
        {/* Stays when it has done its work: the focus is on it. */}
        <button
          type="button"
          className={c('more', comment.isResolved && 'settled')}
          aria-label={comment.isResolved ? text.room.reopen : text.room.resolve}
          title={comment.isResolved ? text.room.reopen : text.room.resolve}
          onClick={() => void changeComment({ id: comment.id, isResolved: !comment.isResolved })}
        >
          <Check size={15} />
        </button>
        <CardMenu>
          <MenuItem words={text.room.reply} onChoose={() => onMode('reply')} />
          {comment.author.isMe ? <MenuItem words={text.room.edit} onChoose={() => onMode('edit')} /> : null}
          <MenuItem
            words={comment.isResolved ? text.room.reopen : text.room.resolve}
            onChoose={() => void changeComment({ id: comment.id, isResolved: !comment.isResolved })}
          />
          {comment.author.isMe ? (
            <MenuItem words={text.room.remove} isDanger onChoose={() => removeComments([comment.id])} />
          ) : null}
        </CardMenu>
      </span>
    </span>
  )
}

function ReplyLine({ reply }: { readonly reply: Comment }) {
  const now = useNow()
  const isLeaving = useCommentView(({ leaving }) => leaving.has(reply.id))
  if (isLeaving) return null
  return (
    <div className={c('reply')}>
      <Avatar name={reply.author.name} small />
      <div>
        <p className={c('line')}>
          <span className={c('author')}>{reply.author.isMe ? text.room.you : reply.author.name}</span>
          <span className={c('end')} style={{ marginInlineStart: 0 }}>
            {age(reply.createdAt, now)}
          </span>
        </p>
        <p className={c('words')}>{reply.text}</p>
        <Pending comment={reply} />
      </div>
    </div>
  )
}

/** What has not reached the service yet, or never will. */
function Pending({ comment }: { readonly comment: Comment }) {
  const { pending } = comment
  if (pending !== null) {
    const isFailed = pending.state === 'failed'
    const why = pending.failure === null ? '' : `. ${errorWords(pending.failure).short}`
    return (
      <div className={c('state')}>
        <StateLabel
          look={isFailed ? { tone: 'stop', shape: 'failed' } : { tone: 'wait', shape: 'waiting' }}
          words={`${text.room.pending[pending.state]}${why}`}
        />
      </div>
    )
  }
  return null
}
