import type { ActionEntry } from './entry.ts'

/** What is done with playlists, and while one plays. */
export const playlistActions = {
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
} as const satisfies Record<string, ActionEntry>
