import type { ErrorCode, Facts, Failure } from '../../shared/errors.ts'
import { clock } from './format.ts'

/** What the button under an error does. The screen that shows it decides how. */
export type ErrorRemedy = 'retry' | 'signIn' | 'startAgain' | 'copyDetails' | 'addConnection' | 'none'

export interface ErrorWords {
  /** A few words for a row. */
  readonly short: string
  /** What happened, one sentence. */
  readonly what: string
  /** What is safe and what to do. */
  readonly more: string
  readonly remedy: ErrorRemedy
}

type Words = (facts: Facts) => ErrorWords

const named = (facts: Facts, key: string, otherwise: string): string => {
  const value = facts[key]
  return typeof value === 'string' && value !== '' ? value : otherwise
}
/** A service’s own words may lack their full stop, and more follows them. */
const sentence = (words: string): string => (/[.!?…]$/.test(words.trimEnd()) ? words : `${words.trimEnd()}.`)
const timed = (facts: Facts, key: string): string | undefined => {
  const value = facts[key]
  return typeof value === 'number' && value > 1e12 ? clock(value) : undefined
}

const untouched = 'Your file is untouched.'
const stored = 'What is stored will not be sent again.'

function proxyProblem(facts: Facts): Pick<ErrorWords, 'what' | 'more'> {
  const kept = 'Nothing of it was kept, and the original is untouched.'
  switch (facts['reason']) {
    case 'stalled':
      return { what: 'ffmpeg stood still and was stopped.', more: `${kept} Try again.` }
    case 'tooLong':
      return { what: 'ffmpeg took more than twelve hours and was stopped.', more: kept }
    case 'frames':
      return {
        what: `The proxy had ${String(facts['made'])} of ${String(facts['wanted'])} frames, so comments would be on wrong ones.`,
        more: kept,
      }
    default:
      return {
        what: 'ffmpeg could not read this file.',
        more: `${kept} It may be damaged, or ffmpeg too old for it.`,
      }
  }
}

function captionProblem(facts: Facts): string {
  const line = String(facts['line'] ?? 1)
  switch (facts['problem']) {
    case 'badTime':
      return `The time in line ${line} cannot be read.`
    case 'tooMany':
      return 'The file has more captions than Rushes can show.'
    case 'empty':
      return 'There are no captions in this file.'
    default:
      return `These are no captions, or they break off at line ${line}.`
  }
}

function unreadCaptions(facts: Facts): Pick<ErrorWords, 'what' | 'more'> {
  switch (facts['reason']) {
    case 'empty':
      return { what: 'This caption track has no words in it.', more: untouched }
    case 'tooMany':
      return { what: 'The track has more captions than Rushes can show.', more: untouched }
    case 'stalled':
      return { what: 'ffmpeg stood still and was stopped.', more: `${untouched} Choose the captions again.` }
    case 'tooLong':
      return { what: 'ffmpeg took more than an hour and was stopped.', more: untouched }
    case 'changed':
      return {
        what: 'The file is another one than before.',
        more: 'Nothing was kept. Open it again, then choose the captions.',
      }
    default:
      return {
        what: 'ffmpeg could not read these captions.',
        more: `${untouched} They may be damaged, or ffmpeg too old for them.`,
      }
  }
}

function invalidRequest(facts: Facts): Pick<ErrorWords, 'what' | 'more'> {
  switch (facts['reason']) {
    case 'notMeasured':
      return {
        what: `The frames of ${named(facts, 'name', 'this clip')} are not counted yet.`,
        more: 'Nothing was changed. Open it once and try again.',
      }
    case 'severalConnections':
      return {
        what: 'These are not all of one service.',
        more: 'Nothing was changed. Choose what is of one service.',
      }
    default:
      return {
        what: `Something in here is not as it should be${facts['field'] ? `: ${String(facts['field'])}` : ''}.`,
        more: 'Nothing was changed. Check it and try again.',
      }
  }
}

/** Words for every code: what happened, what is safe, what to do. */
const words: Readonly<Record<ErrorCode, Words>> = {
  'network.offline': () => ({
    short: 'No network',
    what: 'The network is not there.',
    more: 'Nothing is lost. It goes on by itself when the network is back.',
    remedy: 'retry',
  }),
  'network.untrusted': (facts) => ({
    short: 'Certificate not trusted',
    what: `The certificate of ${named(facts, 'host', 'the server')} is not trusted by this computer.`,
    more: 'Nothing more is sent. Ask whoever runs the network or the server for its certificate.',
    remedy: 'retry',
  }),
  'remote.unavailable': (facts) => ({
    short: 'Server does not answer',
    what: `${named(facts, 'host', 'The server')} does not answer.`,
    more: 'Nothing is lost. It is asked again by itself.',
    remedy: 'retry',
  }),
  'remote.rateLimited': (facts) => {
    const until = timed(facts, 'retryAt')
    return {
      short: 'Asked to slow down',
      what: 'The server asked us to slow down.',
      more: until === undefined ? 'It goes on by itself.' : `Continuing at ${until}.`,
      remedy: 'none',
    }
  },
  'remote.badReply': (facts) => ({
    short: 'Unexpected answer',
    what: `The server answered in a way Rushes does not understand${facts['field'] ? ` (${String(facts['field'])})` : ''}.`,
    more: `${untouched} Copy the details for support.`,
    remedy: 'copyDetails',
  }),
  'remote.refused': (facts) => ({
    short: 'Refused by the server',
    what: sentence(named(facts, 'message', 'The server did not accept this.')),
    more: 'Nothing was changed. Try again, or ask whoever runs the server.',
    remedy: 'retry',
  }),
  'remote.notFound': () => ({
    short: 'No longer there',
    what: 'This is no longer on the server.',
    more: 'Somebody may have moved or removed it. Choose another place.',
    remedy: 'retry',
  }),
  'auth.expired': () => ({
    short: 'Signed out',
    what: 'The session ended.',
    more: 'Sign in again and everything that stopped goes on.',
    remedy: 'signIn',
  }),
  'auth.forbidden': (facts) => ({
    short: 'Not allowed',
    what: `This account may not do that${facts['right'] ? `: it lacks ${String(facts['right'])}` : ''}.`,
    more: 'An administrator of the workspace can give the right.',
    remedy: 'retry',
  }),
  'auth.codeNeeded': (facts) => ({
    short: 'Code needed',
    what: 'This account asks for a code as well.',
    more: `${facts['isWrong'] === true ? 'The one typed is not right, or not any more. ' : ''}${
      facts['method'] === 'mail'
        ? 'Type the code from your mail'
        : facts['method'] === 'app'
          ? 'Type the code from your authenticator'
          : 'Type the code from your authenticator or your mail'
    }, then sign in again.`,
    remedy: 'none',
  }),
  'auth.passwordNeeded': (facts) => ({
    short: 'Password needed',
    what: 'This link needs a password.',
    more: `${facts['isWrong'] === true ? 'The one typed is not right. ' : ''}Whoever sent the link knows it. Nothing was stored.`,
    remedy: 'none',
  }),
  'storage.denied': () => ({
    short: 'Storage refused the keys',
    what: 'The storage does not accept these keys.',
    more: `${untouched} Check the keys and the rights of the bucket, then try again.`,
    remedy: 'retry',
  }),
  'storage.notFound': () => ({
    short: 'Bucket not found',
    what: 'The bucket does not exist at this address.',
    more: 'Check the name, the region and the endpoint, then try again.',
    remedy: 'retry',
  }),
  'storage.conflict': () => ({
    short: 'Name already taken',
    what: 'Something else is stored under this name.',
    more: 'Nothing was overwritten. Start again to use a new name.',
    remedy: 'startAgain',
  }),
  'storage.tooLarge': () => ({
    short: 'Too large for the storage',
    what: 'The file is larger than this storage takes.',
    more: untouched,
    remedy: 'none',
  }),
  'source.missing': () => ({
    short: 'File not found',
    what: 'The file is not where it was. Its disk or card may be unplugged.',
    more: `Plug it in to go on. ${stored}`,
    remedy: 'retry',
  }),
  'source.locked': () => ({
    short: 'File in use',
    what: 'Another program holds the file.',
    more: 'It goes on by itself when that program is done.',
    remedy: 'retry',
  }),
  'source.unreadable': () => ({
    short: 'Cannot be read',
    what: 'The file cannot be read.',
    more: 'Check its permissions and the disk, then try again.',
    remedy: 'retry',
  }),
  'source.changed': () => ({
    short: 'Changed on disk',
    what: 'The file changed on disk while it was sent.',
    more: 'Start again with the new file, or restore the old one.',
    remedy: 'startAgain',
  }),
  'upload.expired': () => ({
    short: 'Upload ran out',
    what: 'The storage gave up the unfinished upload.',
    more: `${untouched} It is sent again by itself.`,
    remedy: 'retry',
  }),
  'upload.checksumMismatch': () => ({
    short: 'A piece was damaged',
    what: 'One piece did not arrive intact.',
    more: 'It was not kept and is sent again.',
    remedy: 'retry',
  }),
  'upload.corruptPath': () => ({
    short: 'Data is damaged on the way',
    what: 'Pieces keep arriving damaged.',
    more: `${untouched} A device between here and the storage may change data. Try another network.`,
    remedy: 'retry',
  }),
  'upload.badPlan': () => ({
    short: 'Cannot be cut into parts',
    what: 'The stored plan for this upload does not fit the file.',
    more: `${untouched} Start again to make a new plan.`,
    remedy: 'startAgain',
  }),
  'transfer.notStoppable': () => ({
    short: 'Almost done',
    what: 'The storage already puts the file together.',
    more: 'There is nothing left to stop.',
    remedy: 'none',
  }),
  'transfer.hostStopped': () => ({
    short: 'Starting again',
    what: 'The part of Rushes that sends files stopped and is started again.',
    more: stored,
    remedy: 'none',
  }),
  'database.full': () => ({
    short: 'Disk full',
    what: 'The disk of this computer is full.',
    more: 'Nothing is lost. Free some space and it goes on by itself.',
    remedy: 'retry',
  }),
  'database.corrupt': () => ({
    short: 'Saved state damaged',
    what: 'The saved state of Rushes on this computer is damaged.',
    more: 'Your files and everything on the server are untouched. Copy the details for support.',
    remedy: 'copyDetails',
  }),
  'database.newer': () => ({
    short: 'Made by a newer Rushes',
    what: 'The saved state was written by a newer version of Rushes.',
    more: 'Update Rushes to open it. Nothing was changed.',
    remedy: 'none',
  }),
  'database.unavailable': () => ({
    short: 'Saved state held',
    what: 'The saved state of Rushes on this computer cannot be opened: another program holds it, or its folder may not be written.',
    more: 'Nothing was changed. Close the other program, or check the folder; it is tried again by itself.',
    remedy: 'retry',
  }),
  'secrets.unavailable': () => ({
    short: 'Key store closed',
    what: 'The key store of this system cannot be opened.',
    more: 'Unlock it, then try again. Without it, sign-ins last until Rushes is closed.',
    remedy: 'retry',
  }),
  'file.unwritable': () => ({
    short: 'Not saved',
    what: 'The file could not be written.',
    more: 'Choose another folder, or make room on the disk.',
    remedy: 'retry',
  }),
  'media.unplayable': () => ({
    short: 'Cannot be read',
    what: 'Rushes cannot read this file.',
    more: 'It may be damaged, or of a kind that Rushes does not know. Nothing was changed.',
    remedy: 'retry',
  }),
  'ffmpeg.missing': () => ({
    short: 'No ffmpeg here',
    what: 'There is no ffmpeg on this computer.',
    more: 'Install it, or choose it in Settings under Transfers.',
    remedy: 'none',
  }),
  'ffmpeg.unfit': (facts) => ({
    short: 'Not a usable ffmpeg',
    what:
      facts['version'] === undefined
        ? 'This is not an ffmpeg with its ffprobe beside it.'
        : `This ffmpeg (${String(facts['version'])}) cannot write H.264 or VP9.`,
    more: 'Nothing was changed. Choose another one in Settings under Transfers.',
    remedy: 'none',
  }),
  'proxy.failed': (facts) => ({
    short: 'No proxy was made',
    ...proxyProblem(facts),
    remedy: 'retry',
  }),
  'proxy.tooLarge': () => ({
    short: 'Proxy too large',
    what: 'The proxy grew larger than all proxies may be together.',
    more: 'Nothing of it was kept. Give proxies more room in Settings under Transfers.',
    remedy: 'retry',
  }),
  'proxy.diskFull': () => ({
    short: 'Disk full',
    what: 'The disk of this computer has no room for the proxy.',
    more: 'Nothing of it was kept, and the original is untouched. Make room, then try again.',
    remedy: 'retry',
  }),
  'captions.unreadable': (facts) => ({
    short: 'Not readable captions',
    what: captionProblem(facts),
    more: 'Nothing was changed. Captions come as SRT or WebVTT.',
    remedy: 'none',
  }),
  'captions.notRead': (facts) => ({
    short: 'Captions not read',
    ...unreadCaptions(facts),
    remedy: 'none',
  }),
  'request.invalid': (facts) => ({
    short: 'Not accepted',
    ...invalidRequest(facts),
    remedy: 'none',
  }),
  'request.foreign': () => ({
    short: 'Not allowed',
    what: 'This did not come from Rushes itself and was refused.',
    more: 'Nothing was changed.',
    remedy: 'copyDetails',
  }),
  'request.unknown': () => ({
    short: 'Not known',
    what: 'This version of Rushes does not know that request.',
    more: 'Nothing was changed. Restart Rushes.',
    remedy: 'copyDetails',
  }),
  'thing.notFound': () => ({
    short: 'No longer here',
    what: 'This is no longer here.',
    more: 'It may have been removed in the meantime.',
    remedy: 'none',
  }),
  'internal.bug': () => ({
    short: 'Something unexpected',
    what: 'Something unexpected happened.',
    more: `${untouched} Copy the details for support.`,
    remedy: 'copyDetails',
  }),
}

export const errorWords = (failure: Failure): ErrorWords => words[failure.code](failure.facts)

/** What a person sends to support: the code and the safe facts, no paths and no secrets. */
export const errorDetails = (failure: Failure): string => JSON.stringify(failure, null, 2)
