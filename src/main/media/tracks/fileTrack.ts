import type { FileTrack } from '../../../shared/captions.ts'

/** A caption track as the file describes it. */
export interface TrackFacts extends Pick<FileTrack, 'kind' | 'isDefault' | 'isForced' | 'isForDeaf'> {
  /** Its place among all tracks of the file, pictures and sound too, from 0: what ffmpeg knows it by. */
  readonly index: number
  readonly language: string | null
  readonly title: string | null
}

export const mostTracks = 500
const longestLanguage = 35
const longestTitle = 200

/** The language as the file has it; null where it says that it does not know. */
export function languageOf(text: string): string | null {
  const plain = text.trim().slice(0, longestLanguage)
  return /^[a-z]{2,8}(?:-[a-z0-9]{1,8})*$/i.test(plain) && !/^(?:und|mis|zxx)\b/i.test(plain) ? plain : null
}

/** A name given by a person: without what cannot be seen, and null where nothing is left. */
export function titleOf(text: string): string | null {
  const plain = text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are taken out
    .replace(/[\u0000-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .trim()
    .slice(0, longestTitle)
  return plain === '' ? null : plain
}

/** Text of a file's header, up to the end that a zero marks. */
export const textIn = (view: DataView): string =>
  new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset, view.byteLength)).split('\0')[0] ?? ''
