import { clock, clockSeconds, day } from '../format.ts'

/* Words of the window itself: title bar, sidebar, palette, shortcut sheet. */

export const app = {
  name: 'Rushes',
  loading: 'Opening Rushes',
  failed: 'Rushes could not open its saved state.',
  crashed: 'This screen could not be drawn.',
  crashedMore: 'Uploads go on, and nothing that was saved is lost.',
  showAgain: 'Show it again',
  tryAgain: 'Try again',
  copyDetails: 'Copy details',
  copied: 'Copied',
  close: 'Close',
  cancel: 'Cancel',
  menu: 'Menu',
  done: 'Done',
  more: 'More',
}

export const shell = {
  back: 'Back',
  forward: 'Forward',
  sidebar: 'Sidebar',
  inspector: 'Inspector',
  location: 'Location',
  search: 'Search or run a command',
  resize: 'Resize',
  resizeTransfers: 'Resize the transfers',
  content: 'Content',
}

export const sidebar = {
  places: 'Places',
  uploads: 'Local uploads',
  connections: 'Connections',
  addConnection: 'Add a connection',
  settings: 'Settings',
  shortcuts: 'All shortcuts',
  offline: 'offline',
  signedOut: 'signed out',
  held: (until: number) => `asked to slow down until ${clockSeconds(until)}`,
  connecting: 'connecting',
  empty: 'Nothing here yet',
  listFailed: 'Could not be listed.',
  none: 'No connections yet',
  studio: 'on this computer',
  online: 'online',
}

export const providers = { candidio: 'Candidio', kitsu: 'Kitsu', iconik: 'iconik' }

export const palette = {
  label: 'Search or run a command',
  placeholder: 'Search places and footage, or run a command',
  actions: 'Actions',
  places: 'Places',
  assets: 'Assets',
  timecode: 'Timecode',
  nothing: (text: string) => `Nothing is called “${text}”.`,
  nearest: 'Nearest actions',
  services: 'Services',
  search: (service: string, text: string) => `Search ${service} for “${text}”`,
  move: 'Move',
  run: 'Run',
  actionsOnly: 'Actions only',
  timecodeHint: 'Timecode',
  goTo: (timecode: string) => `Go to ${timecode}`,
  on: (name: string) => `On ${name}`,
  kinds: { workspace: 'Workspace', production: 'Production', folder: 'Folder' },
}

export const shortcuts = {
  title: 'All shortcuts',
  more: 'They can be changed in the settings.',
  change: 'Change them',
  find: 'Find a shortcut',
  library: 'In the library',
  held: {
    'player.faster': 'One frame forward; held, slowly',
    'player.backward': 'One frame back; held, slowly',
  },
  own: [
    ['Space', 'Preview in place'],
    ['ArrowRight', 'Next item; Shift selects'],
    ['Mod+A', 'Select everything'],
    ['Escape', 'Select nothing'],
  ],
}

export const keys = {
  command: 'Command',
  left: 'Left',
  right: 'Right',
  up: 'Up',
  down: 'Down',
  enter: 'Enter',
}

/* What became of what is kept on this computer. */
export const notices = {
  closed: 'The transfers cannot be opened.',
  library: {
    restored: (at: number) => ({
      what: `The saved library was damaged. A copy from ${day(at)}, ${clock(at)} took its place.`,
      more: 'Comments written since then that no server holds are missing. The damaged file is kept beside it.',
    }),
    rebuilt: {
      what: 'The saved library was damaged and there was no copy, so it begins empty.',
      more: 'Add your connections again. Everything on the servers is untouched; the damaged file is kept.',
    },
  },
  transfers: {
    restored: (at: number) => ({
      what: `The list of transfers was damaged. A copy from ${day(at)}, ${clock(at)} took its place.`,
      more: 'What the storage has is not sent again. Look whether everything you dropped since then is here.',
    }),
    rebuilt: {
      what: 'The list of transfers was damaged and there was no copy, so it begins empty.',
      more: 'Drop again what was not done. Your files and what had arrived are untouched.',
    },
  },
}
