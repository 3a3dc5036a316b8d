import { create } from 'zustand'
import { toFailure } from '../../../shared/errors.ts'
import type { CommentId } from '../../../shared/ids.ts'
import type { Comment, CommentChange } from '../../../shared/review.ts'
import { ask } from '../../bridge.ts'
import { say } from '../../shell/sayStore.ts'
import { knowHere } from '../words/carriedStore.ts'
import { useMentions } from '../words/mentionStore.ts'
import {
  changeManyWithUndo,
  countAct,
  forgetSteps,
  lastStepAt,
  removedWithUndo,
  roomNow,
  stopOffering,
  undoComments,
} from '../words/undoStore.ts'
import { discardRefused } from './commentCalls.ts'
import { type CommentView, wholeView } from './threads.ts'

interface ViewState {
  readonly view: CommentView
  /** Chosen for one change to many; null: nobody is choosing. */
  readonly chosen: ReadonlySet<CommentId> | null
  /** Gone from the screen, not from the service yet: it can still be taken back. */
  readonly leaving: ReadonlySet<CommentId>
  /** Long ones that are shown whole. */
  readonly unfolded: ReadonlySet<CommentId>
}

const start: ViewState = { view: wholeView, chosen: null, leaving: new Set(), unfolded: new Set() }

/** What is shown of the comments of the version on the screen. */
export const useCommentView = create<ViewState>(() => start)

export const changeView = (part: Partial<CommentView>): void =>
  useCommentView.setState(({ view }) => ({ view: { ...view, ...part } }))

/** Another version: what was being removed is removed now. */
export function leaveComments(): void {
  void removeNow()
  useCommentView.setState(start)
  forgetSteps()
}

/** The comments of the version on the screen: what is removed of them can be written again. */
let known: readonly Comment[] = []
/** Null: not read yet. */
export function knowComments(comments: readonly Comment[] | null): void {
  known = comments ?? []
  knowHere(comments === null ? null : comments.map(({ id }) => id))
}

export const startChoosing = (): void => useCommentView.setState({ chosen: new Set() })
export const stopChoosing = (): void => useCommentView.setState({ chosen: null })

const toggled = (ids: ReadonlySet<CommentId> | null, id: CommentId): ReadonlySet<CommentId> => {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return next
}

export const toggleChosen = (id: CommentId): void =>
  useCommentView.setState(({ chosen }) => ({ chosen: toggled(chosen, id) }))

export const toggleUnfolded = (id: CommentId): void =>
  useCommentView.setState(({ unfolded }) => ({ unfolded: toggled(unfolded, id) }))

export const chooseAll = (ids: readonly CommentId[]): void =>
  useCommentView.setState({ chosen: new Set(ids) })

/** The most that one call takes. */
const mostAtOnce = 500

export async function changeMany(
  ids: readonly CommentId[],
  change: Pick<CommentChange, 'isResolved' | 'isInternal' | 'colour' | 'kind' | 'track'>,
): Promise<void> {
  const wanted = new Set(ids)
  const comments = known.filter(({ id }) => wanted.has(id))
  if (await changeManyWithUndo(comments, change)) stopChoosing()
}

/** What the service refused of a comment is given up. One that never arrived is gone with its answers, until the undo. */
export async function giveUp(comment: Comment): Promise<void> {
  const { id, versionId, pending } = comment
  const here = roomNow()
  try {
    // It may be of an earlier version, and shown at the frames of this one.
    const all = pending?.kind === 'create' ? await ask('comments.list', { versionId }) : []
    const gone = all.filter((each) => each.id === id || each.parentId === id)
    if (await discardRefused(comment)) removedWithUndo(gone, here)
  } catch (error) {
    say(toFailure(error))
  }
}

/** How long a removal can be taken back. */
const graceMs = 8_000
let timer: ReturnType<typeof setTimeout> | undefined
/** Removed, and nobody was told of it yet. */
let removal: { readonly ids: readonly CommentId[]; readonly at: number } | null = null

/** Off the screen at once, off the service when nobody has taken it back. */
export function removeComments(ids: readonly CommentId[]): void {
  // What was removed before something else was done is taken back after that, and by itself.
  if (removal !== null && removal.at < lastStepAt()) void removeNow()
  removal = { ids: [...(removal?.ids ?? []), ...ids], at: countAct() }
  // The removal is what is offered to be taken back now.
  stopOffering()
  useCommentView.setState(({ leaving }) => ({ leaving: new Set([...leaving, ...ids]), chosen: null }))
  clearTimeout(timer)
  timer = setTimeout(() => void removeNow(), graceMs)
}

const backOnScreen = (ids: readonly CommentId[]): void =>
  useCommentView.setState(({ leaving }) => ({
    leaving: new Set([...leaving].filter((id) => !ids.includes(id))),
  }))

export function takeBackRemoval(): void {
  clearTimeout(timer)
  backOnScreen(removal?.ids ?? [])
  removal = null
}

/** The last thing done to comments is taken back; where what they are about was deleted, only what nobody was told of. */
export function undoLast(): void {
  const { isGone } = useMentions.getState()
  if (removal !== null && (isGone || removal.at > lastStepAt())) takeBackRemoval()
  else if (!isGone) void undoComments()
}

export async function removeNow(): Promise<void> {
  clearTimeout(timer)
  if (removal === null) return
  const { ids, at: doneAt } = removal
  removal = null
  const gone = new Set<CommentId | null>(ids)
  const here = roomNow()
  const removed = known.filter(({ id, parentId }) => gone.has(id) || gone.has(parentId))
  try {
    for (let at = 0; at < ids.length; at += mostAtOnce)
      await ask('comments.removeMany', { ids: ids.slice(at, at + mostAtOnce) })
    removedWithUndo(removed, here, doneAt)
  } catch (error) {
    say(toFailure(error))
  }
  backOnScreen(ids)
}
