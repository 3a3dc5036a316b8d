import type { CommentId } from '../../../shared/ids.ts'
import type { Comment, CommentKind } from '../../../shared/review.ts'

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
  readonly isDrawnOnly: boolean
  readonly isInternalOnly: boolean
  /** What was said of earlier versions stands among it, faded. */
  readonly isEarlierShown: boolean
}

export const wholeView: CommentView = {
  filter: 'all',
  sort: 'film',
  find: '',
  kinds: [],
  authors: [],
  isDrawnOnly: false,
  isInternalOnly: false,
  isEarlierShown: false,
}

/** Whether more is asked for than all, open or resolved. */
export const isNarrowed = (view: CommentView): boolean =>
  view.find !== '' || view.kinds.length + view.authors.length > 0 || view.isDrawnOnly || view.isInternalOnly

const saysIt = ({ comment, replies }: Thread, wanted: string) =>
  [comment, ...replies].some(({ text, author, track }) =>
    `${text} ${author.name} ${track ?? ''}`.toLocaleLowerCase().includes(wanted),
  )

export function shownThreads(threads: readonly Thread[], view: CommentView): readonly Thread[] {
  const wanted = view.find.trim().toLocaleLowerCase()
  const shown = threads.filter((thread) => {
    const { comment } = thread
    if (view.filter !== 'all' && comment.isResolved !== (view.filter === 'resolved')) return false
    if (view.kinds.length > 0 && !view.kinds.includes(comment.kind)) return false
    if (view.authors.length > 0 && !view.authors.includes(comment.author.name)) return false
    if (view.isDrawnOnly && comment.drawing.length === 0) return false
    if (view.isInternalOnly && !comment.isInternal) return false
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
