import { create } from 'zustand'
import type { FrameRange } from '../../../shared/clipTiming.ts'
import type { KeptDrafts } from '../../../shared/drafts.ts'
import type { CommentId, VersionId } from '../../../shared/ids.ts'
import type { Comment } from '../../../shared/review.ts'
import { type KeptDrawing, takeBackDrawing, useDraw } from '../drawing/drawStore.ts'

/** The comment that is being written about a version. */
export interface CommentDraft {
  readonly words: string
  readonly colour: string | null
  readonly isInternal: boolean
  /** About the whole clip, wherever the playhead stands. */
  readonly isWhole: boolean
  /** Where its words stood when the version left the screen; null: they go with the playhead. */
  readonly at: FrameRange | null
  /** What was drawn for it, while another version is on the screen: else that is in the hand. */
  readonly drawing: KeptDrawing | null
}

/** An answer to a comment, or a change of its words. */
export type SmallKind = 'reply' | 'edit'

export interface SmallDraft {
  readonly kind: SmallKind
  readonly commentId: CommentId
  readonly versionId: VersionId
  readonly words: string
  readonly colour: string | null
  /** Its field is there; closed, the words are kept. */
  readonly isOpen: boolean
  /** Somebody asked for the field, which takes the focus for it once: it does not when its row merely comes back. */
  readonly isAsked: boolean
}

/** What its field begins with. */
type Start = Pick<SmallDraft, 'words' | 'colour'>

interface Drafts {
  readonly versions: ReadonlyMap<VersionId, CommentDraft>
  readonly small: ReadonlyMap<string, SmallDraft>
}

export const mostVersions = 100
const mostSmall = 300

/** Of a version that nobody began to write about. */
const nothing: CommentDraft = {
  words: '',
  colour: null,
  isInternal: false,
  isWhole: false,
  at: null,
  drawing: null,
}

/**
 * Everything that was begun and not sent: neither a version, a room nor a row of the list takes it along when it goes, and
 * `keptDrafts.ts` carries it over a restart. What was touched longest ago goes when there is too much.
 */
export const useDrafts = create<Drafts>(() => ({ versions: new Map(), small: new Map() }))

/** The one that is touched is the youngest; null takes it away. */
function put<Key, Value>(before: ReadonlyMap<Key, Value>, key: Key, value: Value | null, most: number) {
  const next = new Map(before)
  next.delete(key)
  if (value !== null) next.set(key, value)
  for (const oldest of next.keys()) {
    if (next.size <= most) break
    next.delete(oldest)
  }
  return next
}

const putVersion = (id: VersionId, draft: CommentDraft | null): void =>
  useDrafts.setState(({ versions }) => ({ versions: put(versions, id, draft, mostVersions) }))

export const draftOf = (id: VersionId, { versions } = useDrafts.getState()): CommentDraft =>
  versions.get(id) ?? nothing

export const changeDraft = (id: VersionId, change: Partial<CommentDraft>): void =>
  putVersion(id, { ...draftOf(id), ...change })

/** Its drawing goes into the hand. */
export function takeDrawing(id: VersionId): KeptDrawing | null {
  const { drawing } = draftOf(id)
  if (drawing !== null) changeDraft(id, { drawing: null })
  return drawing
}

/** The version leaves the screen: `at` is where its words stand now. What says nothing is not kept. */
export function leaveDraft(id: VersionId, at: FrameRange, drawing: KeptDrawing | null): void {
  const draft = draftOf(id)
  const isEmpty = draft.words.trim() === ''
  if (isEmpty && drawing === null) putVersion(id, null)
  else putVersion(id, { ...draft, at: isEmpty ? null : (draft.at ?? at), drawing })
}

/** It could not be kept, and is a draft again: its words stand before what was written meanwhile. */
export function giveBackDraft(id: VersionId, sent: CommentDraft, drawing: KeptDrawing | null): void {
  const now = draftOf(id)
  const words = [sent.words, now.words].filter((each) => each !== '').join('\n')
  const isOpen = useDraw.getState().version === id
  putVersion(id, { ...sent, words, drawing: isOpen ? null : (now.drawing ?? drawing) })
  if (isOpen && drawing !== null) takeBackDrawing(drawing)
}

const keyOf = (kind: SmallKind, id: CommentId) => `${kind} ${id}`

const putSmall = (kind: SmallKind, id: CommentId, draft: SmallDraft | null): void =>
  useDrafts.setState(({ small }) => ({ small: put(small, keyOf(kind, id), draft, mostSmall) }))

export const smallDraft = (
  kind: SmallKind,
  id: CommentId,
  { small } = useDrafts.getState(),
): SmallDraft | undefined => small.get(keyOf(kind, id))

/** Whether an answer or a change was begun, and its field is there. */
export function smallState(kind: SmallKind, id: CommentId, drafts: Drafts): 'none' | 'open' | 'closed' {
  if (drafts.small.size === 0) return 'none'
  const draft = smallDraft(kind, id, drafts)
  return draft === undefined ? 'none' : draft.isOpen ? 'open' : 'closed'
}

/** Goes on with what was begun, else begins with these words. */
export function openSmall(
  kind: SmallKind,
  { id, versionId }: Pick<Comment, 'id' | 'versionId'>,
  start: Start,
) {
  const begun = smallDraft(kind, id) ?? { ...start, kind, commentId: id, versionId }
  putSmall(kind, id, { ...begun, isOpen: true, isAsked: true })
}

export function changeSmall(kind: SmallKind, id: CommentId, change: Partial<SmallDraft>): void {
  const before = smallDraft(kind, id)
  if (before !== undefined) putSmall(kind, id, { ...before, ...change })
}

/** The field closes. What still says what it began with was not begun. */
export function closeSmall(kind: SmallKind, id: CommentId, start: Start): void {
  const draft = smallDraft(kind, id)
  if (draft === undefined) return
  const isChanged = draft.words.trim() !== start.words.trim() || draft.colour !== start.colour
  putSmall(kind, id, isChanged && draft.words.trim() !== '' ? { ...draft, isOpen: false } : null)
}

/** It was sent, or is not wanted any more. */
export const dropSmall = (kind: SmallKind, id: CommentId): void => putSmall(kind, id, null)

/** What an earlier run kept is there again, older than what was begun since. */
export function putBackDrafts(kept: KeptDrafts): void {
  const { versions, small } = useDrafts.getState()
  const drafts = kept.versions.map(({ versionId, words, colour, isInternal, isWhole, at, shapes, on }) => {
    const frames = on === null ? null : { ...on.range, frame: on.frame }
    const drawing =
      shapes.length === 0 ? null : { of: null, shapes, aside: [], on: frames, past: [], future: [] }
    return [versionId, { words, colour, isInternal, isWhole, at, drawing }] as const
  })
  const answers = kept.small.map(
    (each) => [keyOf(each.kind, each.commentId), { ...each, isAsked: false }] as const,
  )
  useDrafts.setState({
    versions: new Map([...drafts, ...versions]),
    small: new Map([...answers, ...small]),
  })
  // Of what is on the screen by now the drawing goes into the hand.
  const { version } = useDraw.getState()
  const drawing = version === null ? null : takeDrawing(version)
  if (drawing !== null) takeBackDrawing(drawing)
}

export const forgetDrafts = (): void => useDrafts.setState({ versions: new Map(), small: new Map() })
