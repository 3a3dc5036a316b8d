import { z } from 'zod'

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
  /** Where the application menu lists it. */
  readonly menu?: 'file' | 'edit' | 'view' | 'go' | 'playback' | 'help'
}

/** Every user action: the one list that menus, palette, shortcut sheet and key map are made from. */
export const actions = {
  'app.palette': {
    words: 'Search or run a command',
    group: 'General',
    when: 'always',
    keys: ['Mod+K'],
    menu: 'go',
  },
  'app.shortcuts': {
    words: 'Show all shortcuts',
    group: 'General',
    when: 'always',
    keys: ['?'],
    menu: 'help',
  },
  'app.settings': { words: 'Settings', group: 'General', when: 'always', keys: ['Mod+,'], menu: 'file' },
  'app.addConnection': {
    words: 'Add a connection…',
    group: 'General',
    when: 'always',
    keys: [],
    menu: 'file',
  },
  'app.openStudio': {
    words: 'Open the studio on this computer',
    group: 'General',
    when: 'always',
    keys: [],
    menu: 'file',
  },
  'view.sidebar': {
    words: 'Show or hide the sidebar',
    group: 'View',
    when: 'always',
    keys: ['Mod+B'],
    menu: 'view',
  },
  'view.inspector': {
    words: 'Show or hide the inspector',
    group: 'View',
    when: 'always',
    keys: ['Mod+I'],
    menu: 'view',
  },
  'view.queue': {
    words: 'Show or hide the transfers',
    group: 'View',
    when: 'always',
    keys: ['Mod+J'],
    menu: 'view',
  },
  'view.grid': { words: 'Show as grid', group: 'View', when: 'library', keys: ['Mod+1'], menu: 'view' },
  'view.list': { words: 'Show as list', group: 'View', when: 'library', keys: ['Mod+2'], menu: 'view' },
  'view.darkTheme': { words: 'Use the dark theme', group: 'View', when: 'always', keys: [], menu: 'view' },
  'view.lightTheme': { words: 'Use the light theme', group: 'View', when: 'always', keys: [], menu: 'view' },
  'view.systemTheme': {
    words: 'Follow the system theme',
    group: 'View',
    when: 'always',
    keys: [],
    menu: 'view',
  },
  'go.back': { words: 'Back', group: 'Go', when: 'always', keys: ['Alt+ArrowLeft', 'Mod+['], menu: 'go' },
  'go.forward': {
    words: 'Forward',
    group: 'Go',
    when: 'always',
    keys: ['Alt+ArrowRight', 'Mod+]'],
    menu: 'go',
  },
  'library.refresh': {
    words: 'Ask the server again',
    group: 'Go',
    when: 'library',
    keys: ['Mod+R'],
    menu: 'view',
  },
  'media.addFiles': { words: 'Add files…', group: 'Media', when: 'library', keys: ['Mod+O'], menu: 'file' },
  'media.addFolders': {
    words: 'Add folders…',
    group: 'Media',
    when: 'library',
    keys: ['Mod+Shift+O'],
    menu: 'file',
  },
  'media.open': { words: 'Open review', group: 'Media', when: 'selection', keys: ['Enter'] },
  'media.newVersion': {
    words: 'Add a new version…',
    group: 'Media',
    when: 'selection',
    keys: ['Mod+Shift+U'],
    menu: 'file',
  },
  'media.favourite': { words: 'Favourite', group: 'Media', when: 'selection', keys: ['Mod+D'] },
  'media.rename': { words: 'Rename…', group: 'Media', when: 'selection', keys: ['F2'] },
  'media.share': {
    words: 'Share…',
    group: 'Media',
    when: 'selection',
    keys: ['Mod+Shift+S'],
    menu: 'file',
  },
  'media.requestApproval': {
    words: 'Ask for approval…',
    group: 'Media',
    when: 'selection',
    keys: ['Mod+Shift+A'],
    menu: 'file',
  },
  'media.remove': { words: 'Move to the trash', group: 'Media', when: 'selection', keys: ['Delete'] },
  'media.moveUp': { words: 'Move up', group: 'Media', when: 'selection', keys: ['Mod+ArrowUp'] },
  'media.moveDown': { words: 'Move down', group: 'Media', when: 'selection', keys: ['Mod+ArrowDown'] },
  'media.restore': { words: 'Put back', group: 'Media', when: 'selection', keys: [] },
  'media.purge': { words: 'Delete for good…', group: 'Media', when: 'selection', keys: ['Shift+Delete'] },
  'place.newFolder': {
    words: 'New folder…',
    group: 'Media',
    when: 'library',
    keys: ['Mod+Shift+N'],
    menu: 'file',
  },
  'place.rename': { words: 'Rename this place…', group: 'Media', when: 'library', keys: [] },
  'place.share': { words: 'Share this place…', group: 'Media', when: 'library', keys: [] },
  'place.remove': { words: 'Move this place to the trash', group: 'Media', when: 'library', keys: [] },
  'go.search': {
    words: 'Search the service…',
    group: 'Go',
    when: 'always',
    keys: ['Mod+F'],
    menu: 'go',
  },
  'go.shares': { words: 'All shares…', group: 'Go', when: 'always', keys: [], menu: 'go' },
  'go.inbox': { words: 'Inbox', group: 'Go', when: 'always', keys: ['Mod+Shift+I'], menu: 'go' },
  'playlist.create': {
    words: 'New playlist…',
    group: 'Playlists',
    when: 'always',
    keys: [],
    menu: 'file',
  },
  'playlist.add': {
    words: 'Add to a playlist…',
    group: 'Playlists',
    when: 'selection',
    keys: ['Mod+Shift+L'],
    menu: 'file',
  },
  'playlist.playChosen': {
    words: 'Play as one',
    group: 'Playlists',
    when: 'library',
    keys: ['Shift+Enter'],
    menu: 'go',
  },
  'playlist.play': { words: 'Play the playlist', group: 'Playlists', when: 'playlist', keys: ['Enter'] },
  'playlist.moveUp': { words: 'Move up', group: 'Playlists', when: 'playlist', keys: ['Alt+ArrowUp'] },
  'playlist.moveDown': { words: 'Move down', group: 'Playlists', when: 'playlist', keys: ['Alt+ArrowDown'] },
  'playlist.takeOut': {
    words: 'Take out of the playlist',
    group: 'Playlists',
    when: 'playlist',
    keys: ['Delete'],
  },
  'playlist.rename': { words: 'Rename the playlist…', group: 'Playlists', when: 'playlist', keys: ['F2'] },
  'playlist.duplicate': {
    words: 'Duplicate the playlist',
    group: 'Playlists',
    when: 'playlist',
    keys: ['Mod+D'],
  },
  'playlist.remove': { words: 'Delete the playlist', group: 'Playlists', when: 'playlist', keys: [] },
  'playlist.next': {
    words: 'Next clip',
    group: 'Playlists',
    when: 'playing',
    keys: ['ArrowDown', 'PageDown'],
  },
  'playlist.previous': {
    words: 'Previous clip',
    group: 'Playlists',
    when: 'playing',
    keys: ['ArrowUp', 'PageUp'],
  },
  'playlist.loop': { words: 'Loop the playlist', group: 'Playlists', when: 'playing', keys: ['Shift+L'] },
  'playlist.approveNext': { words: 'Approve and go on', group: 'Playlists', when: 'playing', keys: ['A'] },
  'playlist.needsChangesNext': {
    words: 'Needs changes and go on',
    group: 'Playlists',
    when: 'playing',
    keys: ['N'],
  },
  'playlist.trim': {
    words: 'Play from in to out in this playlist',
    group: 'Playlists',
    when: 'playing',
    keys: ['T'],
  },
  'playlist.untrim': {
    words: 'Play the whole clip in this playlist',
    group: 'Playlists',
    when: 'playing',
    keys: ['Shift+T'],
  },
  'playlist.keep': { words: 'Keep as a playlist…', group: 'Playlists', when: 'playing', keys: [] },
  'transfers.pauseAll': {
    words: 'Pause all transfers',
    group: 'Transfers',
    when: 'always',
    keys: ['Mod+Shift+P'],
  },
  'transfers.resumeAll': {
    words: 'Resume all transfers',
    group: 'Transfers',
    when: 'always',
    keys: ['Mod+Shift+R'],
  },
  'transfers.retryAll': {
    words: 'Try all stopped transfers again',
    group: 'Transfers',
    when: 'always',
    keys: [],
  },
  'transfers.clear': { words: 'Clear finished transfers', group: 'Transfers', when: 'always', keys: [] },
  'transfers.toggle': {
    words: 'Pause or resume the selected transfers',
    group: 'Transfers',
    when: 'transfers',
    keys: ['Space'],
  },
  'transfers.retry': {
    words: 'Try the selected transfers again',
    group: 'Transfers',
    when: 'transfers',
    keys: ['R'],
  },
  'transfers.sendFirst': {
    words: 'Send the selected transfers first',
    group: 'Transfers',
    when: 'transfers',
    keys: ['Alt+ArrowUp'],
  },
  'transfers.cancel': {
    words: 'Cancel the selected transfers',
    group: 'Transfers',
    when: 'transfers',
    keys: ['Delete'],
  },
  'player.toggle': {
    words: 'Play or pause',
    group: 'Playback',
    when: 'player',
    keys: ['Space', 'K'],
    menu: 'playback',
  },
  'player.nextFrame': {
    words: 'One frame forward',
    group: 'Playback',
    when: 'player',
    keys: ['ArrowRight'],
    menu: 'playback',
  },
  'player.previousFrame': {
    words: 'One frame back',
    group: 'Playback',
    when: 'player',
    keys: ['ArrowLeft'],
    menu: 'playback',
  },
  'player.nextSecond': {
    words: 'One second forward',
    group: 'Playback',
    when: 'player',
    keys: ['Shift+ArrowRight'],
  },
  'player.previousSecond': {
    words: 'One second back',
    group: 'Playback',
    when: 'player',
    keys: ['Shift+ArrowLeft'],
  },
  'player.faster': {
    words: 'Play forward, faster each time',
    group: 'Playback',
    when: 'player',
    keys: ['L'],
    menu: 'playback',
  },
  'player.backward': {
    words: 'Play backward, faster each time',
    group: 'Playback',
    when: 'player',
    keys: ['J'],
    menu: 'playback',
  },
  'player.markIn': { words: 'Mark in', group: 'Playback', when: 'player', keys: ['I'], menu: 'playback' },
  'player.markOut': { words: 'Mark out', group: 'Playback', when: 'player', keys: ['O'], menu: 'playback' },
  'player.clearRange': {
    words: 'Clear in and out',
    group: 'Playback',
    when: 'player',
    keys: ['Alt+X'],
  },
  'player.playRange': {
    words: 'Play from in to out',
    group: 'Playback',
    when: 'player',
    keys: ['Shift+Space'],
  },
  'player.loop': {
    words: 'Loop on or off',
    group: 'Playback',
    when: 'player',
    keys: ['Mod+L'],
    menu: 'playback',
  },
  'player.zoomIn': { words: 'Larger picture', group: 'View', when: 'player', keys: ['Mod+='] },
  'player.zoomOut': { words: 'Smaller picture', group: 'View', when: 'player', keys: ['Mod+-'] },
  'player.zoomFit': { words: 'Fit the picture', group: 'View', when: 'player', keys: ['Mod+0'] },
  'player.start': {
    words: 'Go to the first frame',
    group: 'Playback',
    when: 'player',
    keys: ['Home'],
    menu: 'playback',
  },
  'player.end': {
    words: 'Go to the last frame',
    group: 'Playback',
    when: 'player',
    keys: ['End'],
    menu: 'playback',
  },
  'player.fullScreen': {
    words: 'Full screen',
    group: 'Playback',
    when: 'player',
    keys: ['F'],
    menu: 'playback',
  },
  'player.mute': { words: 'Sound on or off', group: 'Playback', when: 'player', keys: ['Mod+Shift+M'] },
  'player.captions': { words: 'Captions on or off', group: 'Playback', when: 'player', keys: ['S'] },
  'review.comment': { words: 'Comment at the playhead', group: 'Review', when: 'player', keys: ['M'] },
  'draw.pen': { words: 'Draw with the pen', group: 'Review', when: 'player', keys: ['1'] },
  'draw.arrow': { words: 'Draw an arrow', group: 'Review', when: 'player', keys: ['2'] },
  'draw.rectangle': { words: 'Draw a rectangle', group: 'Review', when: 'player', keys: ['3'] },
  'draw.ellipse': { words: 'Draw an ellipse', group: 'Review', when: 'player', keys: ['4'] },
  'draw.text': { words: 'Write on the picture', group: 'Review', when: 'player', keys: ['5'] },
  'draw.eraser': { words: 'Erase what was drawn', group: 'Review', when: 'player', keys: ['6'] },
  'draw.select': {
    words: 'Move or resize what was drawn',
    group: 'Review',
    when: 'player',
    keys: ['7'],
  },
  'draw.undo': { words: 'Take back', group: 'Review', when: 'player', keys: ['Mod+Z'] },
  'draw.redo': { words: 'Do again', group: 'Review', when: 'player', keys: ['Mod+Shift+Z', 'Mod+Y'] },
  'review.nextComment': { words: 'Next comment', group: 'Review', when: 'player', keys: [']'] },
  'review.previousComment': { words: 'Previous comment', group: 'Review', when: 'player', keys: ['['] },
  'review.compare': { words: 'Compare with another version', group: 'Review', when: 'player', keys: ['C'] },
  'review.compareMode': {
    words: 'Compare another way',
    group: 'Review',
    when: 'player',
    keys: ['Shift+C'],
  },
  'review.approve': {
    words: 'Approve this version',
    group: 'Review',
    when: 'player',
    keys: ['Mod+Enter'],
    menu: 'playback',
  },
  'review.needsChanges': {
    words: 'This version needs changes',
    group: 'Review',
    when: 'player',
    keys: ['Mod+Shift+Enter'],
    menu: 'playback',
  },
  'review.close': { words: 'Back to the library', group: 'Review', when: 'player', keys: ['Escape'] },
} as const satisfies Record<string, ActionEntry>

export type ActionId = keyof typeof actions
const actionIds = Object.keys(actions) as [ActionId, ...ActionId[]]
export const actionIdSchema = z.enum(actionIds)

/** The keys of an action after the user's changes. An empty text takes the shortcut away. */
export function keysOf(id: ActionId, changed: Readonly<Record<string, string>>): readonly string[] {
  const own = changed[id]
  if (own === undefined) return actions[id].keys
  return own === '' ? [] : [own]
}
