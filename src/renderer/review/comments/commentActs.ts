import type { Comment } from '../../../shared/review.ts'
import { openSmall } from '../words/draftStore.ts'
import { changeWithUndo } from '../words/undoStore.ts'

/* What is done to one comment, by its card or by a key. */

export const beginReply = (comment: Comment): void => openSmall('reply', comment, { words: '', colour: null })

export const beginEdit = (comment: Comment): void =>
  openSmall('edit', comment, { words: comment.text, colour: comment.colour })

/** Open or resolved. `isOffered`: as in `changeWithUndo`. */
export const toggleResolved = (comment: Comment, isOffered: boolean): void =>
  void changeWithUndo(comment, { isResolved: !comment.isResolved }, isOffered)
