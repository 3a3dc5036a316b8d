import type { TransferNote } from '../../../shared/transfer.ts'
import { checksumIn } from '../../queue/verified.ts'
import { bytes, bytesOf, clock, duration, exactCount, percent, plural, speed } from '../format.ts'

/* Words of transfers and drops. */

const number = (facts: TransferNote['facts'], key: string): number | undefined => {
  const value = facts[key]
  return typeof value === 'number' ? value : undefined
}

const waits = {
  offline: 'Waiting for the network',
  auth: 'Waiting for you to sign in',
  throttled: 'Asked to slow down',
  sourceMissing: 'Waiting for the disk',
  sourceLocked: 'File in use',
  sourceBusy: 'Still being written',
  quota: 'Waiting for space',
  backoff: 'Waiting to try again',
  databaseFull: 'Waiting for disk space',
}

export const transfers = {
  title: 'Transfers',
  none: 'Nothing on its way',
  noneMore: 'Drop footage anywhere to send it.',
  open: 'Show the transfers',
  hide: 'Hide the transfers',
  files: (done: number, all: number) => `${exactCount(done)} of ${plural(all, 'file', 'files')}`,
  allDone: (all: number) => `All ${plural(all, 'file', 'files')} stored and verified`,
  left: (value: number) => `${bytes(value)} left`,
  toGo: 'to go',
  of: (all: number) => `of ${exactCount(all)}`,
  timeLeft: duration,
  lasts: (seconds: number) => `${duration(seconds)} left`,
  doneAt: (at: number) => `done at ${clock(at)}`,
  speed,
  speedGraph: 'Speed of the last minutes',
  waitingFor: (value: number, reason: string) => `${exactCount(value)} ${reason}`,
  needYou: (value: number) => (value === 1 ? '1 needs you' : `${exactCount(value)} need you`),
  paused: (value: number) => `${exactCount(value)} paused`,
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  filters: { all: 'All', moving: 'Moving', waiting: 'Waiting', needsYou: 'Needs you', done: 'Done' },
  filterLabel: 'Show transfers',
  emptyFilter: {
    all: 'Nothing on its way',
    moving: 'Nothing moves right now.',
    waiting: 'Nothing waits.',
    needsYou: 'Nothing needs you.',
    done: 'Nothing finished yet.',
  },
  limit: 'Speed limit',
  noLimit: 'No limit',
  clear: 'Clear finished',
  pause: 'Pause',
  resume: 'Resume',
  tryNow: 'Try now',
  signIn: 'Sign in',
  signInAgain: 'Sign in again',
  startAgain: 'Start again',
  cancel: 'Cancel',
  sendFirst: 'Send first',
  show: 'Show in the library',
  cancelTitle: (value: number) =>
    value === 1 ? 'Cancel this transfer?' : `Cancel ${exactCount(value)} transfers?`,
  cancelMore: (value: number) =>
    `${bytes(value)} are stored already and would have to be sent again. Your files on disk are untouched.`,
  keep: 'Keep sending',
  cancelNow: 'Cancel and remove what is stored',
  states: {
    queued: 'Next in line',
    preparing: 'Preparing',
    creating: 'Preparing',
    uploading: 'Uploading',
    completing: 'Putting together',
    verifying: 'Verifying',
    registering: 'Adding to the library',
    done: 'Done',
    waiting: 'Waiting',
    paused: 'Paused by you',
    failed: 'Stopped',
    canceling: 'Canceling',
    canceled: 'Canceled',
  },
  addingTo: (place: string) => `Adding to ${place}`,
  waits,
  waitsShort: {
    offline: 'waiting for the network',
    auth: 'waiting for you',
    throttled: 'asked to slow down',
    sourceMissing: 'waiting for the disk',
    sourceLocked: 'waiting for another program',
    sourceBusy: 'still being written',
    quota: 'waiting for space',
    backoff: 'waiting to try again',
    databaseFull: 'waiting for disk space',
  },
  waitMore: {
    offline: 'Goes on by itself when the network is back',
    auth: 'Sign in and it goes on',
    throttled: 'The server wants fewer requests',
    sourceMissing: 'Plug the disk or card in to go on',
    sourceLocked: 'Goes on when the other program is done',
    sourceBusy: 'Starts when it has been quiet for 10 s',
    quota: 'The storage is full. Free space or ask its owner',
    backoff: 'Tried again by itself',
    databaseFull: 'Free some space on this computer',
  },
  waiting: 'waiting',
  storedKept: (part: number, whole: number) => `${percent(part, whole)} is stored and will not be sent again`,
  storedPaused: (part: number, whole: number) =>
    part === 0 ? 'Nothing is stored yet' : `${percent(part, whole)} is stored`,
  partOf: (part: number, all: number, moving: number) =>
    moving === 0
      ? `Part ${exactCount(part)} of ${exactCount(all)}`
      : `Part ${exactCount(part)} of ${exactCount(all)}, ${moving} on their way`,
  comparing: (parts: number) => `${plural(parts, 'part is', 'parts are')} stored. Comparing checksums`,
  joining: 'All parts are stored. The storage puts them together',
  telling: 'Stored and intact. Telling the server',
  reading: 'Looking at the file',
  removing: 'Removing what was stored',
  removed: 'Nothing of it is left in the storage',
  verified: 'verified',
  verifiedAt: (at: number) => `${clock(at)}, stored and verified`,
  triesIn: (seconds: number) => `Tries in ${duration(seconds)}`,
  sizeOf: bytesOf,
  storedSize: (value: number) => `${bytes(value)} is stored`,
  partsOf: (size: number) => `parts of ${bytes(size)}`,
  partMap: 'Map of the parts',
  legend: { stored: 'stored', moving: 'on their way', open: 'to go' },
  whatHappened: 'What happened',
  noHistory: 'Nothing yet.',
  selectOne: 'Select a transfer to see its parts.',
  detail: 'Transfer detail',
  notes: {
    planned: (facts) => {
      const parts = number(facts, 'parts')
      return parts === undefined ? 'Plan stored.' : `Plan stored: ${plural(parts, 'part', 'parts')}.`
    },
    created: () => 'Upload opened.',
    resumed: (facts) => {
      const part = number(facts, 'part')
      return part === undefined ? 'Went on.' : `Went on at part ${exactCount(part)}.`
    },
    partsFound: (facts) => {
      const parts = (number(facts, 'kept') ?? 0) + (number(facts, 'adopted') ?? 0)
      return parts === 0
        ? 'No part was stored yet.'
        : `Found ${plural(parts, 'stored part', 'stored parts')}; not sent again.`
    },
    completed: () => 'Put together in the storage.',
    verified: (facts) => {
      const [name, value] = checksumIn(facts) ?? []
      return value === undefined ? 'Looked at in the storage: whole.' : `${name} compared: intact. ${value}`
    },
    registered: () => 'Added to the library.',
    waited: (facts) => {
      const reason = facts['reason']
      if (facts['code'] === 'storage.denied') return 'The storage refused the keys.'
      const words: Readonly<Record<string, string>> = waits
      return `${(typeof reason === 'string' && words[reason]) || 'Waited'}.`
    },
    failed: () => 'Stopped.',
    paused: () => 'Paused by you.',
    restarted: () => 'Started again from the beginning.',
    canceled: () => 'Canceled.',
  } satisfies Record<TransferNote['kind'], (facts: TransferNote['facts']) => string>,
}

export const drop = {
  add: (items: number, place: string) => ({
    what: `Add ${plural(items, 'item', 'items')}`,
    where: `to ${place}`,
  }),
  addUnknown: (place: string) => ({ what: 'Add', where: `to ${place}` }),
  drop: 'Let go to see what will be sent. Nothing is sent yet.',
  anywhere: 'Drop on a place',
  anywhereMore: 'Let go here and you are asked where it goes.',
  closed: 'This place takes no uploads',
  closedMore: 'Move over a production or folder in the sidebar.',
  versionTitle: (name: string) => `New version of ${name}`,
  sheetTitle: (place: string) => `Add to ${place}`,
  change: 'Change',
  files: (value: number) => plural(value, 'file', 'files'),
  willBeSent: 'will be sent',
  looking: 'found so far',
  inAll: 'in all',
  atSpeed: (value: number, doneAt: number) => `at ${speed(value)}, done ${clock(doneAt)}`,
  unknownTime: 'time shows once files move',
  folders: 'Folders stay as they are',
  looseFiles: 'Files without a folder',
  needLook: 'Need a look',
  needLooks: (value: number) => (value === 1 ? '1 needs a look' : `${exactCount(value)} need a look`),
  leftOut: (value: number) => `${plural(value, 'system file', 'system files')} left out`,
  send: (value: number) => `Send ${plural(value, 'file', 'files')}`,
  sendSoFar: 'Looking…',
  asking: 'Asking what is needed…',
  nothing: 'Nothing to send',
  nothingMore: 'There is no file in what you dropped that can be sent.',
  done: 'Done',
  sending: 'Sending',
  andMore: (value: number) => `and ${exactCount(value)} more`,
  choosePlace: 'Where should it go?',
  choosePlaceMore: 'Choose a production or folder.',
  chooseLabel: 'Places that take uploads',
  noPlaces: 'No place takes uploads yet. Open one in the sidebar first.',
  cut: {
    tooMany: (files: number) => ({
      what: `That is more than ${plural(files, 'file', 'files')}.`,
      more: 'Only these are listed. Send them, then drop the rest.',
    }),
    diskFull: {
      what: 'The disk of this computer is full, so the look through your folders was cut off.',
      more: 'Nothing was sent. Free some space, then look again.',
    },
    failed: {
      what: 'The look through your folders was cut off.',
      more: 'Nothing was sent. Look again.',
    },
  },
  lookAgain: 'Look again',
  tags: { waits: 'Waits by itself', leftOut: 'Left out', sent: 'Sent as it is' },
  problems: {
    unreadable: { words: 'Cannot be read. Check the disk and its permissions.', tag: 'leftOut' },
    empty: { words: 'The file is empty: there is nothing to send.', tag: 'leftOut' },
    busy: { words: 'Written a moment ago. It waits if it still changes.', tag: 'sent' },
    notAFile: { words: 'Not a file: a device, a pipe or a broken link.', tag: 'leftOut' },
    tooLarge: { words: 'Larger than the storage takes.', tag: 'leftOut' },
    sameName: { words: 'An asset here has the same name. Both are kept.', tag: 'sent' },
    twin: { words: 'Another file you dropped has the same name. Both are kept.', tag: 'sent' },
    linkLoop: { words: 'A link that leads back to itself.', tag: 'leftOut' },
    tooDeep: { words: 'Folders in folders, more than 200 deep.', tag: 'leftOut' },
  },
}
