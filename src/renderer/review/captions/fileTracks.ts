import type { FileTrack } from '../../../shared/captions.ts'
import { text } from '../../text/text.ts'

/** The one that most would choose: the file's own choice, and not only the forced words. Undefined where none can be shown. */
export function firstTrack(tracks: readonly FileTrack[]): FileTrack | undefined {
  const worth = ({ isDefault, isForced, isForDeaf }: FileTrack) =>
    (isForced ? 0 : 4) + (isDefault ? 2 : 0) + (isForDeaf ? 0 : 1)
  return tracks.filter(({ kind }) => kind === 'text').toSorted((a, b) => worth(b) - worth(a))[0]
}

const longestTitle = 60

/** `English – Director’s cut (forced), in the file`; without a language and a name its number among them, from 1. */
export function trackWords(track: FileTrack, number: number): string {
  const words = text.captions
  const language = track.language === null ? null : words.language(track.language)
  const title = track.title === null ? null : shortened(track.title)
  const isTold = language !== null && title !== null && title.toLowerCase() === language.toLowerCase()
  const names = [language, isTold ? null : title].filter((each) => each !== null)
  const label = names.length === 0 ? words.numbered(number) : names.join(' \u2013 ')
  const notes = [track.isForced ? words.forced : null, track.isForDeaf ? words.forDeaf : null].filter(
    (each) => each !== null,
  )
  const told = notes.length === 0 ? label : `${label} (${notes.join(', ')})`
  if (track.kind === 'text') return words.ofFile(told)
  return track.kind === 'picture' ? words.pictures(told) : words.unknown(told)
}

const shortened = (title: string): string =>
  title.length <= longestTitle ? title : `${title.slice(0, longestTitle - 1).trimEnd()}\u2026`
