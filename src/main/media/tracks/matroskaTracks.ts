import { viewOf } from '../times/boxes.ts'
import { type ByteWindow, OutOfReach } from '../times/byteWindow.ts'
import { elementHeader, unsigned } from '../times/matroskaTimes.ts'
import type { TrackFacts } from './fileTrack.ts'
import { languageOf, mostTracks, textIn, titleOf } from './fileTrack.ts'

/** Elements of Matroska and WebM (RFC 9559), by their ids. */
const ids = {
  header: 0x1a45dfa3,
  segment: 0x18538067,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackType: 0x83,
  codec: 0x86,
  name: 0x536e,
  language: 0x22b59c,
  languageTag: 0x22b59d,
  isDefault: 0x88,
  isForced: 0x55aa,
  isForDeaf: 0x55ab,
} as const

const subtitles = 17
/** Styles of a track stand in its entry. */
const largestEntry = 4 * 2 ** 20

/**
 * The caption tracks of a Matroska or WebM file; undefined if it is no such file. Throws `OutOfReach` beyond the window's
 * budget; errors of the file pass through.
 */
export async function matroskaTracks(window: ByteWindow): Promise<TrackFacts[] | undefined> {
  const tracks: TrackFacts[] = []
  let count = 0
  let end = Number.POSITIVE_INFINITY
  for (let at = 0; at < Math.min(end, window.size); ) {
    const element = elementHeader(await window.some(at, 12))
    if (element === undefined || (at === 0 && element.id !== ids.header)) return at === 0 ? undefined : tracks
    const from = at + element.header
    if (element.id === ids.segment) at = from
    else if (element.length === undefined) return tracks
    else if (element.id === ids.tracks) {
      at = from
      end = from + element.length
    } else {
      if (element.id === ids.trackEntry) {
        if (element.length > largestEntry || count > mostTracks) throw new OutOfReach()
        const facts = factsOf(await window.all(from, element.length), count)
        if (facts !== undefined) tracks.push(facts)
        count += 1
      }
      at = from + element.length
    }
  }
  return tracks
}

function factsOf(entry: DataView, index: number): TrackFacts | undefined {
  const parts = new Map<number, DataView>()
  for (let at = 0; at < entry.byteLength; ) {
    const element = elementHeader(viewOf(entry, at))
    if (element?.length === undefined) break
    parts.set(element.id, viewOf(entry, at + element.header, element.length))
    at += element.header + element.length
  }
  const number = (id: number, usual: number) => {
    const body = parts.get(id)
    return body === undefined ? usual : unsigned(body)
  }
  const text = (id: number) => {
    const body = parts.get(id)
    return body === undefined ? undefined : textIn(body)
  }
  const codec = text(ids.codec) ?? ''
  if (number(ids.trackType, 0) !== subtitles || /^D_WEBVTT\/(?:METADATA|DESCRIPTIONS|CHAPTERS)/.test(codec))
    return undefined
  return {
    index,
    // Where nothing is written it is English, says the format.
    language: languageOf(text(ids.languageTag) ?? text(ids.language) ?? 'eng'),
    title: titleOf(text(ids.name) ?? ''),
    kind: /^(?:S_TEXT\/(?:UTF8|ASCII|ASS|SSA|WEBVTT)|S_ASS|S_SSA|D_WEBVTT\/)/.test(codec)
      ? 'text'
      : /^(?:S_HDMV\/PGS|S_VOBSUB|S_DVBSUB)/.test(codec)
        ? 'picture'
        : 'other',
    isDefault: number(ids.isDefault, 1) === 1,
    isForced: number(ids.isForced, 0) === 1,
    isForDeaf: number(ids.isForDeaf, 0) === 1,
  }
}
