import type { ActionEntry } from './entry.ts'

/** What makes sense anywhere: the app itself, what of the window is shown, and the way back. */
export const appActions = {
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
} as const satisfies Record<string, ActionEntry>
