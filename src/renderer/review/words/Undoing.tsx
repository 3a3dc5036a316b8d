import { TakeBack } from './TakeBack.tsx'
import { stopOffering, undoComments, useUndo } from './undoStore.ts'

/** Changed a moment ago: it can be taken back here, and with the key for as long as the room is open. */
export function Undoing() {
  const offered = useUndo((state) => state.offered)
  if (offered === null) return null
  return <TakeBack what={offered} onTakeBack={() => void undoComments()} onClose={stopOffering} />
}
