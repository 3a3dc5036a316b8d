import type { Input } from '../../../shared/contract.ts'
import { toFailure } from '../../../shared/errors.ts'
import type { Comment } from '../../../shared/review.ts'
import { ask } from '../../bridge.ts'
import { say } from '../../shell/sayStore.ts'

/** Says whether it worked; a failure is said on the screen. Main tells everybody by `comments.changed`. */
async function done(write: Promise<unknown>): Promise<boolean> {
  try {
    await write
    return true
  } catch (error) {
    say(toFailure(error))
    return false
  }
}

export const createComment = (draft: Input<'comments.create'>) => done(ask('comments.create', draft))
/** What the service refused of it goes out again. */
export const sendAgain = ({ id }: Comment) => done(ask('comments.retry', { id }))
/** What the service refused of it is wanted no more. */
export const discardRefused = ({ id }: Comment) => done(ask('comments.discard', { id }))
export const changeComment = (change: Input<'comments.change'>) => done(ask('comments.change', change))
