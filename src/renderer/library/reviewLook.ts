import type { ReviewStatus } from '../../shared/place.ts'
import type { StatusLook } from '../ui/StateLabel.tsx'

export const reviewLooks: Readonly<Record<ReviewStatus, StatusLook>> = {
  unknown: { tone: 'idle', shape: 'unknown' },
  none: { tone: 'idle', shape: 'idle' },
  inReview: { tone: 'check', shape: 'review' },
  needsChanges: { tone: 'stop', shape: 'changes' },
  approved: { tone: 'done', shape: 'done' },
}
