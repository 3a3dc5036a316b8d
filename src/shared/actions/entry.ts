/** Where an action makes sense. The palette offers only what applies; a shortcut outside its place does nothing. */
export type ActionPlace = 'always' | 'library' | 'selection' | 'player' | 'transfers' | 'playlist' | 'playing'
export type ActionGroup =
  | 'General'
  | 'View'
  | 'Go'
  | 'Media'
  | 'Transfers'
  | 'Playback'
  | 'Review'
  | 'Playlists'

export interface ActionEntry {
  readonly words: string
  readonly group: ActionGroup
  readonly when: ActionPlace
  /** Key texts: `Mod` is Command on macOS and Ctrl elsewhere. The first is shown. */
  readonly keys: readonly string[]
  /** A vote, or what takes something away: the palette does not guess that it was meant. */
  readonly isGrave?: true
  /** A key that is held down means it once, as it does for all that is grave. */
  readonly isOnce?: true
  /** Where the application menu lists it. */
  readonly menu?: 'file' | 'edit' | 'view' | 'go' | 'playback' | 'help'
}
