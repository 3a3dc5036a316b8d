import { Check } from 'lucide-react'
import type { Comment } from '../../../shared/review.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { MenuItem } from '../../ui/Menu.tsx'
import { beginDrawingOf, canChangeDrawing } from '../drawing/drawingOf.ts'
import { useDraw } from '../drawing/drawStore.ts'
import { useMayComment } from '../words/mentionStore.ts'
import { CardChanges } from './CardChanges.tsx'
import { CardMenu } from './CardMenu.tsx'
import css from './CommentCard.module.css'
import { toggleResolved } from './commentActs.ts'
import { removeComments } from './commentView.ts'

const c = classesOf(css)

// The same element each time is one that React leaves alone.
const tick = <Check size={15} />

interface CardToolsProps {
  readonly comment: Comment
  readonly onReply: () => void
  readonly onEdit: () => void
}

/** What can be done with a comment, in the place of its age while somebody is at the card. */
export function CardTools({ comment, onReply, onEdit }: CardToolsProps) {
  const hasPicture = useDraw(({ pictures }) => pictures > 0)
  const canWrite = useMayComment('comment')
  const canChange = useMayComment('changeComments')
  // What never reached the service is nobody's but this computer's.
  const canRemove = useMayComment('removeComments') || comment.remoteId === null
  const isMine = comment.author.isMe
  // Offered where it was done: the tick stays.
  const resolve = () => toggleResolved(comment, false)
  return (
    <span className={c('tools')}>
      {canChange ? (
        // Stays when it has done its work: the focus is on it.
        <button
          type="button"
          className={c('more', comment.isResolved && 'settled')}
          aria-label={comment.isResolved ? text.room.reopen : text.room.resolve}
          title={comment.isResolved ? text.room.reopen : text.room.resolve}
          onClick={resolve}
        >
          {tick}
        </button>
      ) : null}
      {canWrite || canChange || (canRemove && isMine) ? (
        <CardMenu of={comment.id}>
          {canWrite ? <MenuItem words={text.room.reply} onChoose={() => onReply()} /> : null}
          {isMine && canChange ? <MenuItem words={text.room.edit} onChoose={() => onEdit()} /> : null}
          {canChange && hasPicture && canChangeDrawing(comment) ? (
            <MenuItem
              words={comment.drawing.length > 0 ? text.drawing.change : text.drawing.add}
              onChoose={() => void beginDrawingOf(comment)}
            />
          ) : null}
          {canChange ? (
            <MenuItem words={comment.isResolved ? text.room.reopen : text.room.resolve} onChoose={resolve} />
          ) : null}
          {canChange ? <CardChanges comment={comment} /> : null}
          {isMine && canRemove ? (
            <MenuItem words={text.room.remove} isDanger onChoose={() => removeComments([comment.id])} />
          ) : null}
        </CardMenu>
      ) : null}
    </span>
  )
}
