import type { CommentId } from '../../../shared/ids.ts'
import { type Comment, hidesShapes } from '../../../shared/review.ts'
import { player } from '../playerControl.ts'
import { changeWithUndo } from '../words/undoStore.ts'
import { changeDrawingOf, leaveDrawingOf, useDraw } from './drawStore.ts'

/** Only what was said by oneself, and only where nothing would be lost that is not on the screen. */
export const canChangeDrawing = (comment: Comment): boolean => comment.author.isMe && !hidesShapes(comment)

/** Goes to the frame of a comment and takes its drawing into the hand; what is in the hand of another one is kept first. */
export async function beginDrawingOf(comment: Comment): Promise<void> {
  if (!(await keepDrawing())) return
  const control = player()
  control?.pause()
  if (comment.span !== null) control?.seek(comment.span.startFrame)
  changeDrawingOf(comment)
}

type InHand = Pick<ReturnType<typeof useDraw.getState>, 'of' | 'shapes' | 'past'>

/** Something was changed, and the comment would still say something. */
export const isDrawingKept = ({ of, shapes, past }: InHand): boolean =>
  of !== null && past.length > 0 && (shapes.length > 0 || of.text !== '')

/** Comments whose drawing is on its way. */
const onTheWay = new Set<CommentId>()

/**
 * Keeps what is in the hand as the comment's drawing; it can be taken back. False when that failed: it stays in the hand
 * then, as does what was drawn meanwhile.
 */
export async function keepDrawing(): Promise<boolean> {
  const inHand = useDraw.getState()
  const { of, shapes } = inHand
  if (of === null || !isDrawingKept(inHand)) return true
  if (onTheWay.has(of.id)) return false
  onTheWay.add(of.id)
  const isKept = await changeWithUndo(of, { drawing: [...shapes] })
  onTheWay.delete(of.id)
  const now = useDraw.getState()
  // Another one may be in the hand by now, or more of this one.
  if (isKept && now.of === of && now.shapes === shapes) leaveDrawingOf()
  return isKept
}
