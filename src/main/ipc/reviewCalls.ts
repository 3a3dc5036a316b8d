import type { calls, Output } from '../../shared/contract.ts'
import type { VersionId } from '../../shared/ids.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { Approvals } from '../review/approvals.ts'
import type { CommentExport } from '../review/commentExport.ts'
import type { CommentFeed } from '../review/commentFeed.ts'
import type { CommentService } from '../review/comments.ts'

type Names = Extract<keyof typeof calls, `comments.${string}` | `approvals.${string}`>

export interface ReviewCallParts {
  readonly comments: CommentService
  readonly feed: CommentFeed
  readonly approvals: Approvals
  readonly exportComments: CommentExport
  /** `thing.notFound` for a version that is gone. */
  readonly readingOf: (versionId: VersionId) => Output<'comments.reading'>
}

export function reviewCalls({
  comments,
  feed,
  approvals,
  exportComments,
  readingOf,
}: ReviewCallParts): Pick<Handlers<typeof calls>, Names> {
  return {
    'comments.list': async ({ versionId }) => {
      feed.look(versionId)
      return comments.list(versionId)
    },
    'comments.reading': async ({ versionId }) => readingOf(versionId),
    'comments.create': async (draft) => comments.create(draft),
    'comments.change': async (change) => comments.change(change),
    'comments.remove': async ({ id }) => comments.remove(id),
    'comments.changeMany': async ({ ids, change }) => comments.changeMany(ids, change),
    'comments.removeMany': async ({ ids }) => comments.removeMany(ids),
    'comments.takeBack': async ({ ids }) => comments.takeBack(ids),
    'comments.retry': async ({ id }) => comments.retry(id),
    'comments.discard': async ({ id }) => comments.discard(id),
    'comments.export': exportComments,
    'comments.watch': async ({ versionId }) => feed.watch(versionId),
    'approvals.get': ({ versionId }) => approvals.get(versionId),
    'approvals.request': (request) => approvals.request(request),
    'approvals.vote': (input) => approvals.vote(input),
    'approvals.withdraw': ({ versionId }) => approvals.withdraw(versionId),
    'approvals.bulk': ({ assetIds, vote }) => approvals.bulk(assetIds, vote),
  }
}
