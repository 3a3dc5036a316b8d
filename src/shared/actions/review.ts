import type { ActionEntry } from './entry.ts'

/** What is said about the clip that is open: comments, drawings, decisions. */
export const reviewActions = {
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
  'draw.save': { words: 'Save the changed drawing', group: 'Review', when: 'player', keys: ['Mod+S'] },
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
