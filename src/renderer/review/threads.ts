import type { Comment } from '../../shared/review.ts'

/** A comment with the answers to it, oldest first. */
export interface Thread {
  readonly comment: Comment
  readonly replies: readonly Comment[]
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

export const shownThreads = (threads: readonly Thread[], filter: CommentFilter): readonly Thread[] =>
  filter === 'all'
    ? threads
    : threads.filter((thread) => thread.comment.isResolved === (filter === 'resolved'))

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
