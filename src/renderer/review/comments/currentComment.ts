import type { Comment } from '../../../shared/review.ts'
import { withoutFullScreen } from '../fullScreen.ts'
import { player } from '../playerControl.ts'
import type { CommentRight } from '../rights.ts'
import { mayCommentIn, useMentions } from '../words/mentionStore.ts'
import { beginEdit, beginReply, toggleResolved } from './commentActs.ts'
import { useCommentView } from './commentView.ts'
import type { Thread } from './threads.ts'

/** What keys ask of the list of comments on the screen. */
interface ListControl {
  readonly threads: readonly Thread[]
  /** The frame on the screen. */
  frame(): number
  /** The comment that the playhead stands on, marked in the list. */
  here(): Thread | undefined
  /** Its card is in sight, whatever the list was scrolled to. */
  reveal(thread: Thread): void
}

let list: ListControl | null = null

/** Returns the function that takes it away again. */
export function showComments(control: ListControl): () => void {
  list = control
  return () => {
    if (list === control) list = null
  }
}

/**
 * Where the focus came to: elements pass from comment to comment, so what has it may meanwhile show another. With the
 * frame that was on the screen then.
 */
let came: { readonly frame: number; readonly id: string | undefined } = { frame: -1, id: undefined }
export const focusCame = (frame: number, id: string | undefined): void => {
  came = { frame, id }
}

/** Something a key can be about: a thread, or one of its answers. */
interface Current {
  readonly thread: Thread
  readonly comment: Comment
}

const cardWithFocus = () => document.activeElement?.closest<HTMLElement>('[data-comment]') ?? null

function focused(): Current | undefined {
  if (cardWithFocus() === null) return undefined
  const thread = list?.threads.find(({ comment }) => comment.id === came.id)
  if (thread === undefined) return undefined
  const replyId = document.activeElement?.closest<HTMLElement>('[data-reply]')?.dataset['reply']
  return { thread, comment: thread.replies.find((reply) => reply.id === replyId) ?? thread.comment }
}

/**
 * What a key is about: the card with the focus as long as the playhead stands still, then the comment that the playhead
 * stands on, and the focus again where it stands on none. Undefined where there is neither or no list on the screen, and
 * where the one with the focus has just left the list: a second press is not about its neighbour.
 */
export function currentComment(): Current | undefined {
  if (list === null) return undefined
  const withFocus = focused()
  const isStill = came.frame === list.frame() && cardWithFocus() !== null
  const here = isStill ? undefined : list.here()
  const isOther = here !== undefined && here.comment.id !== withFocus?.thread.comment.id
  const current = isOther ? { thread: here, comment: here.comment } : withFocus
  const { leaving } = useCommentView.getState()
  return current === undefined || leaving.has(current.thread.comment.id) ? undefined : current
}

/** The present one, where the role and the service let this be done to it. Of earlier versions nothing is written on. */
function currentWith(right: CommentRight, isEarlierToo: boolean): Current | undefined {
  if (!mayCommentIn(useMentions.getState(), right)) return undefined
  const current = currentComment()
  return isEarlierToo || current?.thread.from === undefined ? current : undefined
}

const answerable = () => currentWith('comment', false)
const resolvable = () => currentWith('changeComments', true)
function editable(): Current | undefined {
  const current = currentWith('changeComments', false)
  return current?.comment.author.isMe === true ? current : undefined
}

export const canReply = (): boolean => answerable() !== undefined
export const canResolve = (): boolean => resolvable() !== undefined
export const canEdit = (): boolean => editable() !== undefined

/** Cards are not seen in full screen. */
function act(current: Current | undefined, run: (current: Current) => void): void {
  if (current === undefined) return
  withoutFullScreen(() => {
    list?.reveal(current.thread)
    run(current)
  })
}

/** The clip stops, as it does for a new comment, and the focus goes to the field. */
const write = (current: Current | undefined, begin: (current: Current) => void): void =>
  act(current, (each) => {
    player()?.pause()
    begin(each)
  })

/** An answer is to the thread, whichever of its answers has the focus. */
export const replyToCurrent = (): void => write(answerable(), ({ thread }) => beginReply(thread.comment))
export const editCurrent = (): void => write(editable(), ({ comment }) => beginEdit(comment))
/** Offered to be taken back: nobody pressed a tick that stays. */
export const resolveCurrent = (): void =>
  act(resolvable(), ({ thread }) => toggleResolved(thread.comment, true))
