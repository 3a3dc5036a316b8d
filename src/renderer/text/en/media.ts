/* Words about media that this computer cannot play by itself, what else a version plays from, its ffmpeg, and captions. */

export const proxies = {
  cannot: (codec: string) => `Cannot play ${codec}`,
  cannotUnknown: 'Cannot play this file',
  fine: 'Rushes has no decoder for it. The file itself is fine.',
  unsure: 'It may be damaged, or made in a way that Rushes cannot decode.',
  systemDecoder:
    'It plays where the system brings a decoder, which this one does not. The file itself is fine.',
  make: 'Make a proxy on this computer',
  makes: (version: string) => `ffmpeg\u00a0${version} makes a proxy that plays; the original stays as it is.`,
  noFfmpeg:
    'With an ffmpeg on this computer Rushes makes a proxy that plays. Install it, or choose one under Settings, Transfers, “ffmpeg”.',
  unfit: (version: string) =>
    `The ffmpeg of this computer (${version}) writes neither H.264 nor VP9. Choose another one under Settings, Transfers, “ffmpeg”.`,
  settings: 'Open the settings',
  service: 'Ask the service for its proxy',
  serviceMore: 'The service still makes its own previews.',
  waiting: 'Waits for another proxy',
  making: 'Making a proxy on this computer',
  share: (share: string) => `${share} done`,
  cancel: 'Cancel',
  again: 'Try again',
  own: 'Proxy made on this computer',
}

export const renditions = {
  menu: 'Play from',
  kinds: { original: 'Original', service: 'Proxy of the service', own: 'Proxy of this computer' },
  short: { original: 'Original', service: 'Proxy', own: 'Proxy' },
  size: (width: number, height: number) => `${width} × ${height}`,
  shown: (name: string) => `Playing: ${name}`,
  opening: (name: string) => `Opening: ${name}`,
  otherRate: (rate: string) => `${rate} fps: frames are found by their time`,
  otherCount: 'of another length: frames are found by their time',
  otherFrames: 'its frames may not be the same',
  cannot: 'cannot be played here',
  refused: (name: string) => `${name}: Rushes cannot play it on this computer. What was playing stays.`,
  fellBack: (name: string) => `${name}: it could not be played on. What plays by itself is back.`,
  fellBackPlain: 'What you chose could not be played on. What plays by itself is back.',
}

export const ffmpeg = {
  title: 'Proxies made on this computer',
  tool: 'ffmpeg',
  found: (version: string) => `Version ${version}, found on this computer`,
  chosen: (version: string) => `Version ${version}, chosen by you`,
  makes: { h264: 'makes H.264', vp9: 'makes VP9' },
  makesNone: 'cannot make proxies',
  none: 'Not found. Install it with the tools of your system, or choose it here.',
  gone: 'The one you chose is not there any more.',
  choose: 'Choose…',
  forget: 'Find it for me',
  limit: 'Room for proxies',
  limitMore: (used: string) => `${used} used. The longest unused go first.`,
  clear: 'Delete all',
  cleared: 'The proxies on this computer are deleted.',
}

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** The name of a language by its tag or its letters, `pt-BR` or `por`; as it is where there is none. */
function languageName(code: string): string {
  try {
    return languages.of(code) ?? code
  } catch {
    // It only looks like one.
    return code
  }
}

export const captions = {
  button: 'Captions',
  off: 'Off',
  ofService: (label: string) => `${label}, from the service`,
  ofFile: (label: string) => `${label}, in the file`,
  pictures: (label: string) => `${label}: pictures in the file, which Rushes cannot show`,
  unknown: (label: string) => `${label}: in the file, in a format Rushes cannot read`,
  language: languageName,
  numbered: (number: number) => `Captions ${number}`,
  forced: 'forced',
  forDeaf: 'for the deaf',
  noFfmpeg: 'Captions in the file need an ffmpeg on this computer',
  looking: 'Looking for captions in the file\u2026',
  noneInFile: 'None in this file',
  notLooked: 'The file cannot be reached now',
  reading: 'Reading captions from the file\u2026',
  stop: 'Stop reading the file',
  add: 'Add an SRT or WebVTT file…',
  remove: (label: string) => `Remove ${label}`,
  added: (label: string) => `${label} stays with this version on this computer.`,
}
