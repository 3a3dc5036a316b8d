import type { calls } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { CommentService } from '../review/comments.ts'

type Names = Extract<keyof typeof calls, `comments.${string}`>

export function reviewCalls(comments: CommentService): Pick<Handlers<typeof calls>, Names> {
  return {
    'comments.list': async ({ versionId }) => comments.list(versionId),
    'comments.create': async (draft) => comments.create(draft),
    'comments.change': async (change) => comments.change(change),
    'comments.remove': async ({ id }) => comments.remove(id),
  }
}
