import type { Comment, CommentSpan } from '../../../shared/review.ts'
import { text } from '../../text/text.ts'
import { MenuItem } from '../../ui/Menu.tsx'
import { spanAt } from '../drawing/drawnOn.ts'
import { player } from '../playerControl.ts'
import { useMentions } from '../words/mentionStore.ts'
import { spanIn } from '../words/spanIn.ts'
import { changeWithUndo } from '../words/undoStore.ts'

/** In a card's menu: where the comment stands, and who is to read it. Both can be taken back. */
export function CardChanges({ comment }: { readonly comment: Comment }) {
  const holdsInternal = useMentions((room) => room.connection?.commentsHold?.internal !== false)
  const { isInternal, author } = comment
  return (
    <>
      {author.isMe ? <MoveItem comment={comment} /> : null}
      {holdsInternal ? (
        <MenuItem
          words={isInternal ? text.room.forAll : text.room.internalMore}
          onChoose={() => void changeWithUndo(comment, { isInternal: !isInternal })}
        />
      ) : null}
    </>
  )
}

function MoveItem({ comment }: { readonly comment: Comment }) {
  const to = spanNow()
  if (to === null) return null
  const { span } = comment
  const isThere = span?.startFrame === to.startFrame && span.endFrame === to.endFrame
  return (
    <MenuItem
      words={to.endFrame > to.startFrame ? text.remark.moveToRange : text.remark.moveToPlayhead}
      isDisabled={isThere}
      // The clip may have gone on while the menu was open.
      onChoose={() => void changeWithUndo(comment, { span: spanNow() ?? to })}
    />
  )
}

/** The marked range or the frame that is shown; null where nothing plays. */
function spanNow(): CommentSpan | null {
  const control = player()
  return control === null ? null : spanIn(control.timing, spanAt(control.frame(), control.marks()))
}
