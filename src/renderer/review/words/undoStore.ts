import { create } from 'zustand'
import { toFailure } from '../../../shared/errors.ts'
import type { CommentId, VersionId } from '../../../shared/ids.ts'
import type { Comment, CommentChange } from '../../../shared/review.ts'
import { ask } from '../../bridge.ts'
import { say, sayTrouble, sayWords } from '../../shell/sayStore.ts'
import { text } from '../../text/text.ts'
import { followCarried } from './carriedStore.ts'

/** Something done to comments, and how it is taken back. */
type Act =
  | { readonly kind: 'change'; readonly before: readonly CommentChange[]; readonly of: readonly VersionId[] }
  | { readonly kind: 'remove'; readonly comments: readonly Comment[] }
  | { readonly kind: 'create'; readonly ids: readonly CommentId[]; readonly of: VersionId }

/** `at` counts what was done in the room, in its order. */
type Step = Act & { readonly at: number }

interface UndoState {
  /** In the order they were done in. */
  readonly steps: readonly Step[]
  /** What the last step did, in words, for as long as it is offered on the screen. */
  readonly offered: string | null
}

/** What of a comment can be changed and changed back. */
type Changes = Omit<CommentChange, 'id'>
type ManyChanges = Pick<CommentChange, 'isResolved' | 'isInternal' | 'colour' | 'kind' | 'track'>

const mostSteps = 50
/** The most that one call takes. */
const mostAtOnce = 500
const offeredMs = 8_000

/** What was done to comments in the open room. */
export const useUndo = create<UndoState>(() => ({ steps: [], offered: null }))

let timer: ReturnType<typeof setTimeout> | undefined

let acts = 0
/** Something is done now; whatever is counted later was done later. */
export function countAct(): number {
  acts += 1
  return acts
}
/** When the last thing was done that could be taken back; 0: nothing was. */
export const lastStepAt = (): number => useUndo.getState().steps.at(-1)?.at ?? 0

let room = 0
/** The room that is open. What ends in a later one than it was begun in cannot be taken back there. */
export const roomNow = (): number => room

/**
 * `here`: the room it was begun in. `offered`: a button for it stands beside these words for a moment; null: the key alone
 * takes it back. The key does for as long as the room is open.
 */
function done(act: Act, offered: string | null, here: number, at = countAct()): void {
  if (here !== room) return
  // A removal is told of late: what was done after it may still be offered.
  const isLast = at > lastStepAt()
  useUndo.setState(({ steps }) => ({
    steps: inOrder([...steps, { ...act, at }]).slice(-mostSteps),
    ...(isLast ? { offered } : {}),
  }))
  if (!isLast) return
  clearTimeout(timer)
  if (offered !== null) timer = setTimeout(stopOffering, offeredMs)
}

const inOrder = (steps: readonly Step[]): readonly Step[] => steps.toSorted((a, b) => a.at - b.at)

export function stopOffering(): void {
  clearTimeout(timer)
  useUndo.setState({ offered: null })
}

/** The room is left. */
export function forgetSteps(): void {
  clearTimeout(timer)
  room += 1
  useUndo.setState({ steps: [], offered: null })
}

/** What would change it back. */
function before(comment: Comment, change: Changes): CommentChange {
  const names = Object.keys(change) as (keyof Changes)[]
  return { ...(Object.fromEntries(names.map((name) => [name, comment[name]])) as Changes), id: comment.id }
}

const versionsOf = (comments: readonly Comment[]): readonly VersionId[] => [
  ...new Set(comments.map(({ versionId }) => versionId)),
]

const changedWords = (count: number, { isInternal }: Changes): string =>
  isInternal === false ? text.remark.opened(count) : text.remark.changed(count)

/**
 * Changes a comment so that it can be taken back, also after the service has it. Says whether it worked. `isOffered`: a
 * button on the screen offers that; otherwise the one that did it is there still.
 */
export async function changeWithUndo(comment: Comment, change: Changes, isOffered = true): Promise<boolean> {
  const here = room
  try {
    await ask('comments.change', { ...change, id: comment.id })
    const act: Act = { kind: 'change', before: [before(comment, change)], of: [comment.versionId] }
    done(act, isOffered ? changedWords(1, change) : null, here)
    return true
  } catch (error) {
    say(toFailure(error))
    return false
  }
}

/** The same change to many comments, taken back as one. Says whether all of it worked; what did can be taken back. */
export async function changeManyWithUndo(
  comments: readonly Comment[],
  change: ManyChanges,
): Promise<boolean> {
  const here = room
  let changed = 0
  try {
    for (; changed < comments.length; changed += mostAtOnce) {
      const ids = comments.slice(changed, changed + mostAtOnce).map(({ id }) => id)
      await ask('comments.changeMany', { ids, change })
    }
    return true
  } catch (error) {
    say(toFailure(error))
    return false
  } finally {
    const kept = comments.slice(0, changed)
    if (kept.length > 0)
      done(
        { kind: 'change', before: kept.map((each) => before(each, change)), of: versionsOf(kept) },
        changedWords(kept.length, change),
        here,
      )
  }
}

/** These have left this computer; whoever wants them back gets them from here. `at`: when it was done. */
export const removedWithUndo = (comments: readonly Comment[], here: number, at?: number): void => {
  if (comments.length > 0) done({ kind: 'remove', comments }, null, here, at)
}

/** These were written of a version as one act, and go as one. */
export const createdWithUndo = (ids: readonly CommentId[], of: VersionId, here: number): void => {
  if (ids.length > 0) done({ kind: 'create', ids, of }, null, here)
}

/** Takes back the last thing done to comments. False when there is nothing. */
export async function undoComments(): Promise<boolean> {
  const { steps } = useUndo.getState()
  const last = steps.at(-1)
  if (last === undefined) return false
  clearTimeout(timer)
  useUndo.setState({ steps: steps.slice(0, -1), offered: null })
  const here = room
  try {
    const lost = await takeBack(last)
    if (lost === 0) sayWords(text.remark.undone)
    else sayTrouble(last.kind === 'remove' ? text.remark.notRestored(lost) : text.remark.notChangedBack(lost))
  } catch (error) {
    const failure = toFailure(error)
    // What is not there any more will not be the next time: it would stand before everything that was done earlier.
    if (here === room && failure.code !== 'thing.notFound')
      useUndo.setState(({ steps: now }) => ({ steps: inOrder([...now, last]) }))
    say(failure)
  }
  return true
}

/** Says how much of it cannot be taken back. */
async function takeBack(step: Step): Promise<number> {
  if (step.kind === 'remove') return bringBack(step.comments)
  if (step.kind === 'change') {
    const here = await stillHere(step.of)
    const left = step.before.filter(({ id }) => here.has(id))
    await changeBack(left)
    return step.before.length - left.length
  }
  const here = await stillHere([step.of])
  // One that is gone already is what is wanted.
  const ids = step.ids.filter((id) => here.has(id))
  for (let at = 0; at < ids.length; at += mostAtOnce)
    await ask('comments.removeMany', { ids: ids.slice(at, at + mostAtOnce) })
  return 0
}

/** Those that were the same before are changed back together. */
async function changeBack(changes: readonly CommentChange[]): Promise<void> {
  const [only, ...others] = changes
  if (only !== undefined && others.length === 0) {
    await ask('comments.change', only)
    return
  }
  const alike = new Map<string, { readonly change: Changes; readonly ids: CommentId[] }>()
  for (const { id, ...change } of changes) {
    const key = JSON.stringify(change)
    const group = alike.get(key) ?? { change, ids: [] }
    group.ids.push(id)
    alike.set(key, group)
  }
  for (const { change, ids } of alike.values())
    for (let at = 0; at < ids.length; at += mostAtOnce)
      await ask('comments.changeMany', { ids: ids.slice(at, at + mostAtOnce), change })
}

/** The comments that there are of these versions now. */
async function stillHere(versions: readonly VersionId[]): Promise<ReadonlySet<CommentId>> {
  const lists = await Promise.all(versions.map((versionId) => ask('comments.list', { versionId })))
  return new Set(lists.flat().map(({ id }) => id))
}

/**
 * What the service has not been told of comes back as it was. The rest is written again, under another id but with
 * everything that was said; what others wrote cannot be written in their name. Says how many these are.
 */
async function bringBack(comments: readonly Comment[]): Promise<number> {
  const removed = new Map(comments.map((comment) => [comment.id, comment]))
  const heads = comments.filter(({ parentId }) => parentId === null || !removed.has(parentId))
  const back = new Set<CommentId>()
  for (let at = 0; at < heads.length; at += mostAtOnce) {
    const ids = heads.slice(at, at + mostAtOnce).map(({ id }) => id)
    for (const id of await ask('comments.takeBack', { ids })) back.add(id)
  }
  const isAnyGone = heads.some(({ id }) => !back.has(id))
  // Removed, refused by the service and kept, they are not written again.
  const here = isAnyGone ? await stillHere(versionsOf(comments)) : new Set<CommentId>()
  const now = new Map<CommentId, CommentId>([...back, ...here].map((id) => [id, id]))
  let lost = 0
  // Oldest first: what answers comes after what it answers.
  for (const comment of comments.toSorted((a, b) => a.createdAt - b.createdAt)) {
    const { id, parentId, author } = comment
    if (back.has(id) || here.has(id)) continue
    if (parentId !== null && back.has(parentId)) {
      // It was hidden with what it answers, and is there again with it.
      back.add(id)
      now.set(id, id)
      continue
    }
    const parent = parentId === null ? null : now.get(parentId)
    if (!author.isMe || parent === undefined) lost += 1
    else {
      const made = await writeAgain(comment, parent)
      now.set(id, made.id)
      follow(id, made.id)
    }
  }
  return lost
}

/** What was done to it before can still be taken back, and what it was carried over from is still known. */
function follow(from: CommentId, to: CommentId): void {
  followCarried(from, to)
  useUndo.setState(({ steps }) => ({
    steps: steps.map((step) => ({ ...step, ...followed(step, from, to) })),
  }))
}

function followed(act: Act, from: CommentId, to: CommentId): Act {
  const now = (id: CommentId) => (id === from ? to : id)
  if (act.kind === 'create') return { ...act, ids: act.ids.map(now) }
  if (act.kind === 'change')
    return { ...act, before: act.before.map((each) => ({ ...each, id: now(each.id) })) }
  const answers = ({ parentId }: Comment) => (parentId === null ? null : now(parentId))
  return { ...act, comments: act.comments.map((each) => ({ ...each, parentId: answers(each) })) }
}

async function writeAgain(comment: Comment, parentId: CommentId | null): Promise<Comment> {
  const { versionId, span, text: words, isInternal, isResolved, colour, drawing, kind, track } = comment
  const made = await ask('comments.create', {
    ...{ versionId, parentId, span, text: words, isInternal, colour, drawing: [...drawing], kind, track },
  })
  return isResolved ? ask('comments.change', { id: made.id, isResolved }) : made
}
