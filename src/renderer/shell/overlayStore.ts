import { create } from 'zustand'
import type { ProviderId } from '../../shared/connection.ts'
import type { ConnectionId } from '../../shared/ids.ts'

/** Services this version can connect to. */
export type ConnectProvider = Extract<ProviderId, 'candidio' | 'iconik'>

/** What floats over the screen. At most one palette, one sheet of shortcuts, one form at a time. */
interface Overlays {
  readonly palette: 'closed' | 'open'
  readonly paletteText: string
  readonly isShortcutsOpen: boolean
  /** The service a new account is connected of. */
  readonly connectTo: ConnectProvider | null
  /** The connection that is signed in to again. */
  readonly signInTo: ConnectionId | null
  readonly isWelcomeOpen: boolean
  /** Below 1100 px the inspector floats; it is opened there on its own. */
  readonly isInspectorSheetOpen: boolean
}

export const useOverlays = create<Overlays>(() => ({
  palette: 'closed',
  paletteText: '',
  isShortcutsOpen: false,
  connectTo: null,
  signInTo: null,
  isWelcomeOpen: false,
  isInspectorSheetOpen: false,
}))

export const openPalette = (paletteText = ''): void => useOverlays.setState({ palette: 'open', paletteText })
export const closePalette = (): void => useOverlays.setState({ palette: 'closed' })
