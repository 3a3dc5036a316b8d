import { boxAt, boxesIn, boxHeader, viewOf } from '../times/boxes.ts'
import { type ByteWindow, OutOfReach } from '../times/byteWindow.ts'
import type { TrackFacts } from './fileTrack.ts'
import { languageOf, mostTracks, textIn, titleOf } from './fileTrack.ts'

const mostBoxes = 10_000
const largestSmallBox = 64 * 1024
/** Where the boxes that describe a track lie; what else is in them, such as the tables of samples, is not read. */
const entered: ReadonlySet<string> = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl'])
const taken: ReadonlySet<string> = new Set(['tkhd', 'tref', 'udta', 'mdhd', 'elng', 'hdlr', 'stsd'])

type Parts = Map<string, DataView>

/**
 * The caption tracks of an MP4 or QuickTime file; undefined if it is no such file. Chapters are none. Throws `OutOfReach`
 * beyond the window's budget; errors of the file pass through.
 */
export async function movieTracks(window: ByteWindow): Promise<TrackFacts[] | undefined> {
  let tracks: Parts[] | undefined
  let track: Parts | undefined
  let boxes = 0
  // Boxes lie in each other and behind each other: entering one is going on behind its header.
  for (let at = 0; at < window.size; boxes += 1) {
    if (boxes > mostBoxes) throw new OutOfReach()
    const found = boxHeader(await window.some(at, 16))
    if (found === undefined || (boxes === 0 && !firstBoxes.has(found.name))) break
    const end = found.length === 0 ? window.size : at + found.length
    const isTop = !entered.has(found.name) && !taken.has(found.name)
    if (tracks !== undefined && isTop && topBoxes.has(found.name)) break
    if (found.name === 'moov') tracks = []
    if (found.name === 'trak') {
      track = new Map()
      tracks?.push(track)
      if ((tracks?.length ?? 0) > mostTracks) throw new OutOfReach()
    }
    if (entered.has(found.name)) {
      at += found.header
      continue
    }
    const length = end - at - found.header
    // `hdlr` is in `minf` too; the first one is the track's.
    if (taken.has(found.name) && track !== undefined && !track.has(found.name) && length <= largestSmallBox)
      track.set(found.name, copyOf(await window.all(at + found.header, length)))
    at = end
  }
  if (tracks === undefined) return undefined
  const chapters = new Set(tracks.flatMap((parts) => [...chaptersOf(parts.get('tref'))]))
  return tracks.flatMap((parts, index) => {
    const facts = factsOf(parts, index, chapters)
    return facts === undefined ? [] : [facts]
  })
}

const firstBoxes: ReadonlySet<string> = new Set(['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'])
/** Behind `moov`, never in it. */
const topBoxes: ReadonlySet<string> = new Set(['mdat', 'moof', 'mfra', 'sidx', 'ftyp'])

/** The window moves on under a view of it. */
const copyOf = (view: DataView): DataView =>
  new DataView(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength))

const handlers: ReadonlySet<string> = new Set(['sbtl', 'subt', 'text', 'subp', 'clcp'])
const kinds: Readonly<Record<string, TrackFacts['kind']>> = { tx3g: 'text', text: 'text', mp4s: 'picture' }

function factsOf(parts: Parts, index: number, chapters: ReadonlySet<number>): TrackFacts | undefined {
  const [header, handler] = [parts.get('tkhd'), parts.get('hdlr')]
  if (header === undefined || handler === undefined || handler.byteLength < 24 || header.byteLength < 24)
    return undefined
  if (!handlers.has(fourLetters(handler, 8)) || chapters.has(trackId(header))) return undefined
  const entry = viewOf(parts.get('stsd') ?? none, 8)
  const format = entry.byteLength >= 8 ? fourLetters(entry, 4) : ''
  const roles = rolesOf(parts.get('udta'))
  return {
    index,
    language: languageIn(parts),
    title: titleIn(parts.get('udta'), handler),
    kind: kinds[format] ?? 'other',
    isDefault: (header.getUint32(0) & 1) === 1,
    isForced: roles.some((role) => /^forced/.test(role)) || hasForcedFlag(format, entry),
    isForDeaf: roles.includes('caption') || roles.includes('hearing-impaired'),
  }
}

const none = new DataView(new ArrayBuffer(0))
const fourLetters = (view: DataView, at: number) =>
  String.fromCharCode(...[0, 1, 2, 3].map((each) => view.getUint8(at + each)))
const trackId = (header: DataView) => header.getUint32(header.getUint8(0) === 1 ? 20 : 12)

function* chaptersOf(references: DataView | undefined): Generator<number> {
  const ids = references === undefined ? undefined : boxAt(references, 'chap')
  for (let at = 0; ids !== undefined && at + 4 <= ids.byteLength; at += 4) yield ids.getUint32(at)
}

/** By the numbers of old Macintosh systems, which QuickTime still writes. */
const numbered =
  'eng fra deu ita nld swe spa dan por nor heb jpn ara fin ell isl mlt tur hrv zho urd hin tha kor lit pol hun est lav'.split(
    ' ',
  )

/** A tag of its own, else three letters of five bits, or a number. */
function languageIn(parts: Parts): string | null {
  const extended = parts.get('elng')
  const told = extended === undefined ? null : languageOf(textIn(viewOf(extended, 4)))
  if (told !== null) return told
  const header = parts.get('mdhd')
  if (header === undefined) return null
  const at = header.byteLength > 0 && header.getUint8(0) === 1 ? 32 : 20
  const packed = header.byteLength >= at + 2 ? header.getUint16(at) : 0
  if (packed < 0x400) return header.byteLength >= at + 2 ? (numbered[packed] ?? null) : null
  return languageOf(String.fromCharCode(...[10, 5, 0].map((shift) => 0x60 + ((packed >> shift) & 0x1f))))
}

/** The name a person gave it. Most programs write their own into the handler's. */
function titleIn(userData: DataView | undefined, handler: DataView): string | null {
  const name = userData === undefined ? undefined : boxAt(userData, 'name')
  const given = name === undefined ? null : titleOf(textIn(name))
  if (given !== null) return given
  const text = viewOf(handler, 24)
  // QuickTime writes the length first.
  const isCounted = text.byteLength > 1 && text.getUint8(0) === text.byteLength - 1
  const own = titleOf(textIn(isCounted ? viewOf(text, 1) : text))
  return own === null || /handler|core media|gpac|bento|l-smash/i.test(own) ? null : own
}

/** Roles of DASH (ISO/IEC 23009-1), as MP4 files carry them. */
function rolesOf(userData: DataView | undefined): string[] {
  if (userData === undefined) return []
  const roles: string[] = []
  for (const { name, body } of boxesIn(userData)) {
    if (name !== 'kind' || body.byteLength < 5) continue
    const scheme = textIn(viewOf(body, 4))
    if (scheme.startsWith('urn:mpeg:dash:role')) roles.push(textIn(viewOf(body, 4 + scheme.length + 1)))
  }
  return roles
}

/** `tx3g` has a flag for "all of it is forced". */
const hasForcedFlag = (format: string, entry: DataView): boolean =>
  format === 'tx3g' && entry.byteLength >= 20 && entry.getUint32(16) >>> 31 === 1
