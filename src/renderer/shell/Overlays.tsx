import { AssetQuestions } from '../library/AssetQuestions.tsx'
import { Palette } from '../palette/Palette.tsx'
import { ShortcutSheet } from '../palette/ShortcutSheet.tsx'
import { PlaylistQuestions } from '../playlists/PlaylistQuestions.tsx'
import { cancelNow, keepSending, useCancelQuestion } from '../queue/cancelStore.ts'
import { ConnectDialog } from '../settings/ConnectDialog.tsx'
import { SignInDialog } from '../settings/SignInDialog.tsx'
import { text } from '../text/text.ts'
import { Question } from '../ui/Dialog.tsx'
import { useOverlays } from './overlayStore.ts'
import { Said } from './Said.tsx'

/** Everything that may float over any screen. */
export function Overlays() {
  const isPaletteOpen = useOverlays((overlays) => overlays.palette === 'open')
  const isShortcutsOpen = useOverlays((overlays) => overlays.isShortcutsOpen)
  const connectTo = useOverlays((overlays) => overlays.connectTo)
  const signInTo = useOverlays((overlays) => overlays.signInTo)
  return (
    <>
      {isPaletteOpen ? <Palette /> : null}
      {isShortcutsOpen ? <ShortcutSheet /> : null}
      {connectTo === null ? null : <ConnectDialog provider={connectTo} />}
      {signInTo === null ? null : <SignInDialog id={signInTo} />}
      <CancelQuestion />
      <AssetQuestions />
      <PlaylistQuestions />
      <Said />
    </>
  )
}

function CancelQuestion() {
  const asked = useCancelQuestion((question) => question.asked)
  if (asked.length === 0) return null
  const stored = asked.reduce((sum, transfer) => sum + transfer.bytesStored, 0)
  const words = text.transfers
  return (
    <Question
      title={words.cancelTitle(asked.length)}
      more={words.cancelMore(stored)}
      keep={words.keep}
      act={words.cancelNow}
      onKeep={keepSending}
      onAct={() => cancelNow(asked)}
    />
  )
}
