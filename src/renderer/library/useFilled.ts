import { useEffect, useState } from 'react'
import type { Pace } from './pace.ts'

/** How many of a row's cells show what they have, and no longer their placeholder: `atOnce` more with every turn. */
export function useFilled(pace: Pace, cells: number, atOnce: number): number {
  const [filled, setFilled] = useState(() => (pace.isMoving ? 0 : Number.POSITIVE_INFINITY))
  useEffect(
    () => (filled >= cells ? undefined : pace.fillLater(() => setFilled(filled + atOnce))),
    [filled, cells, atOnce, pace],
  )
  return filled
}
