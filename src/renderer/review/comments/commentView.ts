import { create } from 'zustand'
import { toFailure } from '../../../shared/errors.ts'
import type { CommentId } from '../../../shared/ids.ts'
import type { Comment, CommentChange } from '../../../shared/review.ts'
import { ask } from '../../bridge.ts'
import { say } from '../../shell/sayStore.ts'
import { forgetSteps, removedWithUndo, undoComments } from '../words/undoStore.ts'
import { type CommentView, wholeView } from './threads.ts'

interface ViewState {
  readonly view: CommentView
  /** Chosen for one change to many; null: nobody is choosing. */
  readonly chosen: ReadonlySet<CommentId> | null
  /** Gone from the screen, not from the service yet: it can still be taken back. */
  readonly leaving: ReadonlySet<CommentId>
}

const start: ViewState = { view: wholeView, chosen: null, leaving: new Set() }

/** What is shown of the comments of the version on the screen. */
export const useCommentView = create<ViewState>(() => start)

export const changeView = (part: Partial<CommentView>): void =>
  useCommentView.setState(({ view }) => ({ view: { ...view, ...part } }))

/** Another version: what was being removed is removed now. */
export function leaveComments(): void {
  void removeNow()
  useCommentView.setState(start)
  room += 1
  forgetSteps()
}

/** The comments of the version on the screen: what is removed of them can be written again. */
let known: readonly Comment[] = []
let room = 0
export const knowComments = (comments: readonly Comment[]): void => {
  known = comments
}

export const startChoosing = (): void => useCommentView.setState({ chosen: new Set() })
export const stopChoosing = (): void => useCommentView.setState({ chosen: null })

export const toggleChosen = (id: CommentId): void =>
  useCommentView.setState(({ chosen }) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    return { chosen: next }
  })

export const chooseAll = (ids: readonly CommentId[]): void =>
  useCommentView.setState({ chosen: new Set(ids) })

/** The most that one call takes. */
const mostAtOnce = 500

export async function changeMany(
  ids: readonly CommentId[],
  change: Pick<CommentChange, 'isResolved' | 'isInternal' | 'colour' | 'kind' | 'track'>,
): Promise<void> {
  try {
    for (let at = 0; at < ids.length; at += mostAtOnce)
      await ask('comments.changeMany', { ids: ids.slice(at, at + mostAtOnce), change })
    stopChoosing()
  } catch (error) {
    say(toFailure(error))
  }
}

/** How long a removal can be taken back. */
const graceMs = 8_000
let timer: ReturnType<typeof setTimeout> | undefined

/** Off the screen at once, off the service when nobody has taken it back. */
export function removeComments(ids: readonly CommentId[]): void {
  useCommentView.setState(({ leaving }) => ({ leaving: new Set([...leaving, ...ids]), chosen: null }))
  clearTimeout(timer)
  timer = setTimeout(() => void removeNow(), graceMs)
}

export function takeBackRemoval(): void {
  clearTimeout(timer)
  useCommentView.setState({ leaving: new Set() })
}

/** The last thing done to comments is taken back. */
export function undoLast(): void {
  if (useCommentView.getState().leaving.size > 0) takeBackRemoval()
  else void undoComments()
}

export async function removeNow(): Promise<void> {
  clearTimeout(timer)
  const ids = [...useCommentView.getState().leaving]
  if (ids.length === 0) return
  const gone = new Set<CommentId | null>(ids)
  const here = room
  const removed = known.filter(({ id, parentId }) => gone.has(id) || gone.has(parentId))
  try {
    for (let at = 0; at < ids.length; at += mostAtOnce)
      await ask('comments.removeMany', { ids: ids.slice(at, at + mostAtOnce) })
    // Whoever has left the room meanwhile takes nothing back in another one.
    if (here === room) removedWithUndo(removed)
  } catch (error) {
    say(toFailure(error))
  }
  useCommentView.setState(({ leaving }) => ({
    leaving: new Set([...leaving].filter((id) => !ids.includes(id))),
  }))
}
