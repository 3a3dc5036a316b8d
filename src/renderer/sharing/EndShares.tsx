import { text } from '../text/text.ts'
import { Question } from '../ui/Dialog.tsx'

interface EndSharesProps {
  /** Those that are about to be ended; none: nothing is asked. */
  readonly keys: readonly string[]
  readonly onKeep: () => void
  readonly onEnd: () => void
}

/** Asks before links stop working. */
export function EndShares({ keys, onKeep, onEnd }: EndSharesProps) {
  const words = text.shares
  if (keys.length === 0) return null
  return (
    <Question
      title={words.endTitle(keys.length)}
      more={words.endMore}
      keep={text.library.keep}
      act={words.end}
      onKeep={onKeep}
      onAct={onEnd}
    />
  )
}
