import type { CommentsHold } from '../../src/shared/connection.ts'

/** A service whose comments can hold whatever ours can. */
export const holdsAll: CommentsHold = {
  ranges: true,
  drawings: true,
  replies: true,
  resolved: true,
  internal: true,
  colours: true,
  kinds: true,
}
