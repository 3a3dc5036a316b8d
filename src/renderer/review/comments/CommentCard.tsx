import { CornerDownRight, Lock, PenLine, Reply } from 'lucide-react'
import { memo, useState } from 'react'
import { type ClipTiming, formatClipFrame } from '../../../shared/clipTiming.ts'
import type { CommentId, VersionId } from '../../../shared/ids.ts'
import type { Comment } from '../../../shared/review.ts'
import { useNow } from '../../shell/useNow.ts'
import { errorWords } from '../../text/errors.ts'
import { age } from '../../text/format.ts'
import { text } from '../../text/text.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import heard from '../../ui/Heard.module.css'
import { IconButton } from '../../ui/IconButton.tsx'
import { StateLabel } from '../../ui/StateLabel.tsx'
import { player } from '../playerControl.ts'
import { ColourMark } from '../words/ColourMark.tsx'
import { carryOver } from '../words/carryOver.ts'
import { MentionWords } from '../words/MentionWords.tsx'
import { useMayComment } from '../words/mentionStore.ts'
import { rangeWords } from '../words/rangeWords.ts'
import { SmallComposer } from '../words/SmallComposer.tsx'
import { changeWithUndo } from '../words/undoStore.ts'
import { CardTools } from './CardTools.tsx'
import css from './CommentPanel.module.css'
import { createComment } from './commentCalls.ts'
import { toggleChosen, useCommentView } from './commentView.ts'
import type { Thread } from './threads.ts'

const c = classesOf(css)

// The same element each time is one that React leaves alone.
const pen = <PenLine size={13} aria-hidden="true" />
const lock = <Lock size={11} aria-hidden="true" />
const answer = <Reply size={14} aria-hidden="true" />

interface CommentCardProps {
  /** The version on the screen. */
  readonly versionId: VersionId
  readonly thread: Thread
  readonly timing: ClipTiming | null
  /** The playhead stands on it. */
  readonly isHere: boolean
  /** It does not fly past: what only somebody who stays at it needs is there. */
  readonly isRested: boolean
}

type Mode = 'read' | 'reply' | 'edit'

export const CommentCard = memo(function CommentCard({
  versionId,
  thread,
  timing,
  isHere,
  isRested,
}: CommentCardProps) {
  const { comment, replies, from } = thread
  // Elements pass from comment to comment; what somebody began at one stays with it.
  const [begun, setBegun] = useState<{ readonly id: CommentId; readonly mode: Mode } | null>(null)
  const mode = begun?.id === comment.id ? begun.mode : 'read'
  const setMode = (next: Mode) => setBegun(next === 'read' ? null : { id: comment.id, mode: next })
  const read = () => setMode('read')
  const isChosen = useCommentView(({ chosen }) => (chosen === null ? null : chosen.has(comment.id)))
  const isLeaving = useCommentView(({ leaving }) => leaving.has(comment.id))
  const canWrite = useMayComment('comment')
  const hasTools = isHere || isRested
  if (isLeaving) return null
  return (
    <article
      className={c(
        'card',
        hasTools && 'rested',
        isHere && 'on',
        comment.isResolved && 'resolved',
        from !== undefined && 'earlier',
      )}
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
        <ColourMark colour={comment.colour} />
        {comment.isInternal ? (
          <span className={c('tag', 'signed')} title={text.room.internal}>
            {lock}
            {/* Its version and the way over to this one need the room. */}
            <span className={from === undefined ? undefined : heard['heard']}>{text.room.internal}</span>
          </span>
        ) : null}
        <KindTag kind={comment.kind} track={comment.track} />
        {comment.drawing.length > 0 ? pen : null}
        {from === undefined ? (
          <span className={c('end')}>
            <CardAge comment={comment} />
            {hasTools ? (
              <CardTools comment={comment} onReply={() => setMode('reply')} onEdit={() => setMode('edit')} />
            ) : null}
          </span>
        ) : (
          <span className={c('end')}>
            <span className={c('tag')}>{text.library.version(from)}</span>
            {canWrite ? (
              <IconButton label={text.room.carryOver} onClick={() => void carryOver([comment], versionId)}>
                <CornerDownRight size={15} />
              </IconButton>
            ) : null}
          </span>
        )}
      </div>
      {mode === 'edit' ? (
        <SmallComposer
          key={comment.id}
          label={text.room.edit}
          start={comment.text}
          startColour={comment.colour}
          mayBeEmpty={comment.drawing.length > 0}
          action={text.room.save}
          onSend={(words, colour) => changeWithUndo(comment, { text: words, colour })}
          onClose={read}
        />
      ) : (
        <p className={c('words')}>
          <MentionWords words={comment.text} />
        </p>
      )}
      <Pending comment={comment} />
      {replies.map((reply) => (
        <ReplyLine key={reply.id} reply={reply} />
      ))}
      {mode === 'reply' ? (
        <div style={{ marginTop: 8 }}>
          <SmallComposer
            key={comment.id}
            label={text.room.replyTo(comment.author.name)}
            start=""
            isReply
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
      ) : isHere && from === undefined && canWrite ? (
        <div className={c('actions')}>
          <Button look="bare" size="small" onClick={() => setMode('reply')}>
            {answer}
            {text.room.reply}
          </Button>
        </div>
      ) : null}
    </article>
  )
})

/** What it is, and its track. Both do not fit beside the rest: then the track is seen, which says more. */
function KindTag({ kind, track }: Pick<Comment, 'kind' | 'track'>) {
  const ofKind = kind === 'comment' ? null : text.room.kinds[kind]
  if (ofKind === null && track === null) return null
  return (
    <span className={c('tag')} title={[ofKind, track].filter((each) => each !== null).join(', ')}>
      {ofKind === null ? null : <span className={track === null ? c('cut') : heard['heard']}>{ofKind} </span>}
      {track === null ? null : <span className={c('cut')}>{track}</span>}
    </span>
  )
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

function CardAge({ comment }: { readonly comment: Comment }) {
  const now = useNow()
  return (
    <span className={c('age')}>
      {comment.isResolved ? (
        <StateLabel look={{ tone: 'done', shape: 'done' }} words={text.room.resolved} />
      ) : (
        age(comment.createdAt, now)
      )}
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
        <p className={c('words')}>
          <MentionWords words={reply.text} />
        </p>
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
