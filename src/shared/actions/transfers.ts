import type { ActionEntry } from './entry.ts'

/** What is done with transfers, all or the chosen ones. */
export const transferActions = {
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
  'transfers.clear': {
    words: 'Clear finished transfers',
    group: 'Transfers',
    when: 'always',
    keys: [],
    isGrave: true,
  },
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
    isGrave: true,
  },
} as const satisfies Record<string, ActionEntry>
