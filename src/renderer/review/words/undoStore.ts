import { create } from 'zustand'
import { toFailure } from '../../../shared/errors.ts'
import type { CommentId } from '../../../shared/ids.ts'
import type { Comment, CommentChange } from '../../../shared/review.ts'
import { ask } from '../../bridge.ts'
import { say, sayTrouble, sayWords } from '../../shell/sayStore.ts'
import { text } from '../../text/text.ts'

/** Something done to comments, and how it is taken back. */
type Step =
  | { readonly kind: 'change'; readonly before: CommentChange }
  | { readonly kind: 'remove'; readonly comments: readonly Comment[] }

interface UndoState {
  readonly steps: readonly Step[]
  /** What the last step was, for as long as it is offered on the screen. */
  readonly offered: Step['kind'] | null
}

const mostSteps = 50
/** The most that one call takes. */
const mostAtOnce = 500
const offeredMs = 8_000

/** What was done to comments in the open room. */
export const useUndo = create<UndoState>(() => ({ steps: [], offered: null }))

let timer: ReturnType<typeof setTimeout> | undefined

/** `isOffered`: a button for it stands on the screen for a moment; the key takes it back for as long as the room is open. */
function done(step: Step, isOffered: boolean): void {
  clearTimeout(timer)
  useUndo.setState(({ steps }) => ({
    steps: [...steps.slice(1 - mostSteps), step],
    offered: isOffered ? step.kind : null,
  }))
  if (isOffered) timer = setTimeout(stopOffering, offeredMs)
}

export function stopOffering(): void {
  clearTimeout(timer)
  useUndo.setState({ offered: null })
}

export function forgetSteps(): void {
  clearTimeout(timer)
  useUndo.setState({ steps: [], offered: null })
}

/** Changes a comment so that it can be taken back, also after the service has it. Says whether it worked. */
export async function changeWithUndo(
  comment: Comment,
  change: Pick<CommentChange, 'text' | 'colour' | 'drawing' | 'isInternal'>,
): Promise<boolean> {
  const { id, text: words, colour, drawing, isInternal } = comment
  const was = { text: words, colour, drawing, isInternal }
  const names = Object.keys(change) as (keyof typeof was)[]
  const before = Object.fromEntries(names.map((name) => [name, was[name]])) as Omit<CommentChange, 'id'>
  try {
    await ask('comments.change', { ...change, id })
    done({ kind: 'change', before: { ...before, id } }, true)
    return true
  } catch (error) {
    say(toFailure(error))
    return false
  }
}

/** These have left this computer; whoever wants them back gets them from here. */
export const removedWithUndo = (comments: readonly Comment[]): void => {
  if (comments.length > 0) done({ kind: 'remove', comments }, false)
}

/** Takes back the last thing done to comments. False when there is nothing. */
export async function undoComments(): Promise<boolean> {
  const { steps } = useUndo.getState()
  const last = steps.at(-1)
  if (last === undefined) return false
  clearTimeout(timer)
  useUndo.setState({ steps: steps.slice(0, -1), offered: null })
  try {
    const lost = last.kind === 'change' ? await changeBack(last.before) : await bringBack(last.comments)
    if (lost > 0) sayTrouble(text.remark.notRestored(lost))
    else sayWords(text.remark.undone)
  } catch (error) {
    useUndo.setState(({ steps: now }) => ({ steps: [...now, last] }))
    say(toFailure(error))
  }
  return true
}

async function changeBack(before: CommentChange): Promise<0> {
  await ask('comments.change', before)
  return 0
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
  const now = new Map<CommentId, CommentId>([...back].map((id) => [id, id]))
  let lost = 0
  // Oldest first: what answers comes after what it answers.
  for (const comment of comments.toSorted((a, b) => a.createdAt - b.createdAt)) {
    const { id, parentId, author } = comment
    if (back.has(id)) continue
    if (parentId !== null && back.has(parentId)) {
      // It was hidden with what it answers, and is there again with it.
      back.add(id)
      now.set(id, id)
      continue
    }
    const parent = parentId === null ? null : removed.has(parentId) ? now.get(parentId) : parentId
    if (!author.isMe || parent === undefined) lost += 1
    else now.set(id, (await writeAgain(comment, parent)).id)
  }
  return lost
}

async function writeAgain(comment: Comment, parentId: CommentId | null): Promise<Comment> {
  const { versionId, span, text: words, isInternal, isResolved, colour, drawing, kind, track } = comment
  const made = await ask('comments.create', {
    ...{ versionId, parentId, span, text: words, isInternal, colour, drawing: [...drawing], kind, track },
  })
  return isResolved ? ask('comments.change', { id: made.id, isResolved }) : made
}
