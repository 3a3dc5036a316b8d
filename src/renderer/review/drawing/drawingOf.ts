import { type Comment, hidesShapes } from '../../../shared/review.ts'
import { player } from '../playerControl.ts'
import { changeWithUndo } from '../words/undoStore.ts'
import { changeDrawingOf, leaveDrawingOf, useDraw } from './drawStore.ts'

/** Only what was said by oneself, and only where nothing would be lost that is not on the screen. */
export const canChangeDrawing = (comment: Comment): boolean => comment.author.isMe && !hidesShapes(comment)

/** Goes to the frame of a comment and takes its drawing into the hand. */
export function beginDrawingOf(comment: Comment): void {
  const control = player()
  control?.pause()
  if (comment.span !== null) control?.seek(comment.span.startFrame)
  changeDrawingOf(comment)
}

type InHand = Pick<ReturnType<typeof useDraw.getState>, 'of' | 'shapes' | 'past'>

/** Something was changed, and the comment would still say something. */
export const isDrawingKept = ({ of, shapes, past }: InHand): boolean =>
  of !== null && past.length > 0 && (shapes.length > 0 || of.text !== '')

/** Keeps what is in the hand as the comment's drawing; it can be taken back. After a failure it stays in the hand. */
export async function keepDrawing(): Promise<void> {
  const { of, shapes, past } = useDraw.getState()
  if (of === null || !isDrawingKept({ of, shapes, past })) return
  const isKept = await changeWithUndo(of, { drawing: [...shapes] })
  // Another one may be in the hand by now.
  if (isKept && useDraw.getState().of === of) leaveDrawingOf()
}
