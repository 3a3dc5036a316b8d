import { type CommentColour, colourNameOf, commentColourNames } from '../../../shared/commentColour.ts'
import type { CommentId } from '../../../shared/ids.ts'
import type { Comment, CommentKind } from '../../../shared/review.ts'
import { mentionedIn } from '../words/mentionText.ts'

/** A comment with the answers to it, oldest first. */
export interface Thread {
  readonly comment: Comment
  readonly replies: readonly Comment[]
  /** The number of the earlier version it was said of; absent: of the one on the screen. */
  readonly from?: number
}

export type CommentFilter = 'open' | 'resolved' | 'all'

const place = (comment: Comment) => comment.span?.startFrame ?? -1

/** Comments as threads in the order of the film; remarks on the whole clip come first. */
export function threadsOf(comments: readonly Comment[]): Thread[] {
  const replies = new Map<string, Comment[]>()
  const known = new Set(comments.map((comment) => comment.id))
  const heads: Comment[] = []
  for (const comment of comments) {
    if (comment.parentId === null || !known.has(comment.parentId)) heads.push(comment)
    else replies.set(comment.parentId, [...(replies.get(comment.parentId) ?? []), comment])
  }
  return heads
    .sort((a, b) => place(a) - place(b) || a.createdAt - b.createdAt)
    .map((comment) => ({
      comment,
      replies: (replies.get(comment.id) ?? []).sort((a, b) => a.createdAt - b.createdAt),
    }))
}

export type CommentSort = 'film' | 'newest'

/** What of the comments is shown, and in which order. */
export interface CommentView {
  readonly filter: CommentFilter
  readonly sort: CommentSort
  readonly find: string
  /** Empty: all kinds. */
  readonly kinds: readonly CommentKind[]
  /** Empty: everybody. */
  readonly authors: readonly string[]
  /** Empty: with any colour, or none. */
  readonly colours: readonly CommentColour[]
  /** Names in small letters; empty: whoever is mentioned, or nobody. */
  readonly mentions: readonly string[]
  readonly isDrawnOnly: boolean
  readonly isInternalOnly: boolean
  /** With more than one frame. */
  readonly isRangedOnly: boolean
  /** With something that waits for the service, or was refused by it. */
  readonly isUnsentOnly: boolean
  /** What was said of earlier versions stands among it, faded. */
  readonly isEarlierShown: boolean
}

export const wholeView: CommentView = {
  filter: 'all',
  sort: 'film',
  find: '',
  kinds: [],
  authors: [],
  colours: [],
  mentions: [],
  isDrawnOnly: false,
  isInternalOnly: false,
  isRangedOnly: false,
  isUnsentOnly: false,
  isEarlierShown: false,
}

/** Whether more is asked for than all, open or resolved. */
export const isNarrowed = (view: CommentView): boolean =>
  view.find !== '' ||
  [view.kinds, view.authors, view.colours, view.mentions].some((chosen) => chosen.length > 0) ||
  [view.isDrawnOnly, view.isInternalOnly, view.isRangedOnly, view.isUnsentOnly].includes(true)

const saysIt = ({ comment, replies }: Thread, wanted: string) =>
  [comment, ...replies].some(({ text, author, track }) =>
    `${text} ${author.name} ${track ?? ''}`.toLocaleLowerCase().includes(wanted),
  )

export const isRanged = ({ comment: { span } }: Thread): boolean =>
  span !== null && span.endFrame > span.startFrame

export const isUnsent = ({ comment, replies }: Thread): boolean =>
  comment.pending !== null || replies.some(({ pending }) => pending !== null)

const hasColour = ({ comment }: Thread, wanted: readonly CommentColour[]) => {
  const name = colourNameOf(comment.colour)
  return name !== null && wanted.includes(name)
}

const mentions = ({ comment, replies }: Thread, wanted: readonly string[], names: ReadonlySet<string>) =>
  [comment, ...replies].some(({ text }) =>
    mentionedIn(text, names).some((name) => wanted.includes(name.toLocaleLowerCase())),
  )

/** @param names of people and groups who can be mentioned: read only where mentions are asked for */
export function shownThreads(
  threads: readonly Thread[],
  view: CommentView,
  names: ReadonlySet<string>,
): readonly Thread[] {
  const wanted = view.find.trim().toLocaleLowerCase()
  const shown = threads.filter((thread) => {
    const { comment } = thread
    if (view.filter !== 'all' && comment.isResolved !== (view.filter === 'resolved')) return false
    if (view.kinds.length > 0 && !view.kinds.includes(comment.kind)) return false
    if (view.authors.length > 0 && !view.authors.includes(comment.author.name)) return false
    if (view.isDrawnOnly && comment.drawing.length === 0) return false
    if (view.isInternalOnly && !comment.isInternal) return false
    if (view.isRangedOnly && !isRanged(thread)) return false
    if (view.isUnsentOnly && !isUnsent(thread)) return false
    if (view.colours.length > 0 && !hasColour(thread, view.colours)) return false
    if (view.mentions.length > 0 && !mentions(thread, view.mentions, names)) return false
    return wanted === '' || saysIt(thread, wanted)
  })
  return view.sort === 'film' ? shown : shown.toSorted((a, b) => b.comment.createdAt - a.comment.createdAt)
}

/** Both in the order of the film. */
export const mergedThreads = (own: readonly Thread[], earlier: readonly Thread[]): readonly Thread[] =>
  earlier.length === 0
    ? own
    : [...own, ...earlier].sort(
        (a, b) => place(a.comment) - place(b.comment) || a.comment.createdAt - b.comment.createdAt,
      )

/**
 * What is chosen: of the version on the screen, shown or not, and of earlier versions, as long as it is shown.
 * @param own all of the version on the screen
 */
export function chosenThreads(
  own: readonly Thread[],
  shown: readonly Thread[],
  chosen: ReadonlySet<CommentId>,
): { readonly own: readonly Thread[]; readonly earlier: readonly Thread[] } {
  const isChosen = ({ comment }: Thread) => chosen.has(comment.id)
  return {
    own: own.filter(isChosen),
    earlier: shown.filter((thread) => thread.from !== undefined && isChosen(thread)),
  }
}

/** Everybody who has said something, in the order of the alphabet. */
export const authorsOf = (threads: readonly Thread[]): string[] =>
  [
    ...new Set(
      threads.flatMap(({ comment, replies }) => [comment, ...replies].map(({ author }) => author.name)),
    ),
  ].sort((a, b) => a.localeCompare(b))

export const kindsOf = (threads: readonly Thread[]): CommentKind[] => [
  ...new Set(threads.map(({ comment }) => comment.kind)),
]

/** In the order in which they are chosen from. */
export function coloursOf(threads: readonly Thread[]): CommentColour[] {
  const stored = new Set(threads.map(({ comment }) => comment.colour))
  const met = new Set([...stored].map(colourNameOf))
  return commentColourNames.filter((name) => met.has(name))
}

/** Everybody who is mentioned, as first written, in the order of the alphabet. `unknown` takes who may be called so. */
export function mentionsOf(
  threads: readonly Thread[],
  names: ReadonlySet<string>,
  unknown: (word: string) => void,
): string[] {
  const met = new Map<string, string>()
  for (const { comment, replies } of threads)
    for (const { text } of [comment, ...replies])
      for (const name of mentionedIn(text, names, unknown)) {
        const key = name.toLocaleLowerCase()
        if (!met.has(key)) met.set(key, name)
      }
  return [...met.values()].sort((a, b) => a.localeCompare(b))
}

/** How many threads stand at or before a frame: where the playhead's line is. */
export function threadsBefore(threads: readonly Thread[], frame: number): number {
  let low = 0
  let high = threads.length
  while (low < high) {
    const middle = (low + high) >> 1
    const thread = threads[middle]
    if (thread !== undefined && place(thread.comment) <= frame) low = middle + 1
    else high = middle
  }
  return low
}

/** The frame of the next (1) or previous (-1) comment from here. */
export function commentFrame(
  threads: readonly Thread[],
  frame: number,
  direction: 1 | -1,
): number | undefined {
  const frames = threads.flatMap((thread) =>
    thread.comment.span === null ? [] : [thread.comment.span.startFrame],
  )
  return direction === 1 ? frames.find((each) => each > frame) : frames.findLast((each) => each < frame)
}
