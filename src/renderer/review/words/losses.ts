import type { CommentsHold } from '../../../shared/connection.ts'

/** What of a comment a service may not hold. */
export interface Written {
  readonly isRange: boolean
  readonly isDrawn: boolean
  readonly isColoured: boolean
  readonly isReply: boolean
}

export type Loss = 'range' | 'drawing' | 'colour' | 'answer'

/** What of it stays on this computer, in the order it is said. `holds` null: the service holds no comments at all. */
export function lossesOf(holds: CommentsHold | null, written: Written): readonly Loss[] | 'everything' {
  if (holds === null) return 'everything'
  const losses: Loss[] = []
  if (written.isRange && !holds.ranges) losses.push('range')
  if (written.isDrawn && !holds.drawings) losses.push('drawing')
  if (written.isColoured && !holds.colours) losses.push('colour')
  if (written.isReply && !holds.replies) losses.push('answer')
  return losses
}
