import { expect, test } from 'vitest'
import type { FileTrack } from '../../../shared/captions.ts'
import { firstTrack, trackWords } from './fileTracks.ts'

const track = (facts: Partial<FileTrack> = {}): FileTrack => ({
  ...{ id: 'file:1', language: 'eng', title: null, kind: 'text' },
  ...{ isDefault: false, isForced: false, isForDeaf: false, isKept: false },
  ...facts,
})

test.each([
  [track(), 'English, in the file'],
  [
    track({ language: 'ger', title: 'Director\u2019s cut' }),
    'German \u2013 Director\u2019s cut, in the file',
  ],
  [track({ language: 'pt-BR', title: 'brazilian portuguese' }), 'Brazilian Portuguese, in the file'],
  [track({ language: 'fre', isForced: true, isForDeaf: true }), 'French (forced, for the deaf), in the file'],
  [track({ language: null }), 'Captions 4, in the file'],
  [track({ language: null, title: 'Signs' }), 'Signs, in the file'],
  [track({ language: 'qaa' }), 'qaa, in the file'],
  [track({ kind: 'picture' }), 'English: pictures in the file, which Rushes cannot show'],
  [track({ kind: 'other' }), 'English: in the file, in a format Rushes cannot read'],
])('%o is called %s', (given, words) => {
  expect(trackWords(given, 4)).toBe(words)
})

test('a long name is cut', () => {
  const words = trackWords(track({ language: null, title: 'long '.repeat(30) }), 1)
  expect(words.length).toBeLessThan(80)
  expect(words).toContain('\u2026, in the file')
})

test('the first one is the file\u2019s own choice, never a picture, and forced words only where there are no others', () => {
  const pictures = track({ id: 'file:1', kind: 'picture', isDefault: true })
  const forced = track({ id: 'file:2', isForced: true, isDefault: true })
  const deaf = track({ id: 'file:3', isForDeaf: true })
  const plain = track({ id: 'file:4' })
  const chosen = track({ id: 'file:5', isDefault: true })
  expect(firstTrack([pictures, forced, deaf, plain, chosen])).toBe(chosen)
  expect(firstTrack([pictures, forced, deaf, plain])).toBe(plain)
  expect(firstTrack([pictures, forced, deaf])).toBe(deaf)
  expect(firstTrack([pictures, forced])).toBe(forced)
  expect(firstTrack([pictures])).toBeUndefined()
})
