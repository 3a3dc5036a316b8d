/** Which captions a file says it holds: files made by the real ffmpeg, described by their own headers. */
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readCaptionTracks } from '../../src/main/media/tracks/captionTracks.ts'
import type { TrackFacts } from '../../src/main/media/tracks/fileTrack.ts'
import type { CaptionedClip } from './captionedClips.ts'
import { captionedClip, emptyPictures, subRip } from './captionedClips.ts'
import { hasFfmpeg, makeClips } from './codedClips.ts'

let folder = ''
let picture = ''
let large = ''
beforeAll(async () => {
  if (!hasFfmpeg()) return
  const made = await makeClips([
    { name: 'picture.mp4', rate: '25', frames: 100 },
    { name: 'large.mov', rate: '25', frames: 200, codec: 'prores' },
  ])
  folder = made.folder
  ;[picture = '', large = ''] = made.paths
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const words = subRip([[1000, 2000, 'Hold the ridge.']])

async function tracksOf(path: string) {
  const handle = await open(path)
  let read = 0
  try {
    const { size } = await stat(path)
    const tracks = await readCaptionTracks({
      size,
      async read(offset, length) {
        read += length
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, offset)
        return buffer.subarray(0, bytesRead)
      },
    })
    return { tracks, read }
  } finally {
    await handle.close()
  }
}

const track = (index: number, facts: Partial<TrackFacts>): TrackFacts => ({
  index,
  language: null,
  title: null,
  kind: 'text',
  isDefault: false,
  isForced: false,
  isForDeaf: false,
  ...facts,
})

const clips: readonly (CaptionedClip & { readonly wanted: readonly TrackFacts[] })[] = [
  {
    name: 'two.mp4',
    tracks: [
      { codec: 'mov_text', words, language: 'eng', disposition: 'default' },
      { codec: 'mov_text', words, language: 'ger', title: 'Nur Schilder', disposition: 'forced' },
    ],
    wanted: [
      track(1, { language: 'eng', isDefault: true }),
      track(2, { language: 'ger', title: 'Nur Schilder', isForced: true }),
    ],
  },
  {
    name: 'two.mov',
    soundSeconds: 2,
    tracks: [
      { codec: 'mov_text', words },
      { codec: 'mov_text', words, language: 'jpn', disposition: 'default' },
    ],
    wanted: [track(2, {}), track(3, { language: 'jpn', isDefault: true })],
  },
  {
    name: 'four.mkv',
    tracks: [
      { codec: 'srt', words, language: 'eng', disposition: 'default' },
      { codec: 'ass', words, language: 'ger', title: 'Für Gehörlose', disposition: 'hearing_impaired' },
      { codec: 'webvtt', words, language: 'fre', disposition: 'forced' },
      { codec: 'srt', words },
    ],
    wanted: [
      track(1, { language: 'eng', isDefault: true }),
      track(2, { language: 'ger', title: 'Für Gehörlose', isForDeaf: true }),
      track(3, { language: 'fre', isForced: true }),
      track(4, {}),
    ],
  },
  { name: 'none.mp4', tracks: [], wanted: [] },
  { name: 'none.mkv', tracks: [], wanted: [] },
]

describe.skipIf(!hasFfmpeg())('the caption tracks inside of a file', () => {
  test.each(clips)('of $name', async (clip) => {
    const path = await captionedClip(picture, clip)
    expect((await tracksOf(path)).tracks).toEqual(clip.wanted)
  })

  test('that are pictures are told from words', async () => {
    const file = join(folder, 'pictures.sup')
    await writeFile(file, emptyPictures())
    const path = await captionedClip(picture, {
      name: 'pictures.mkv',
      tracks: [
        { codec: 'copy', file, language: 'eng' },
        { codec: 'srt', words, language: 'eng' },
      ],
    })
    expect((await tracksOf(path)).tracks).toEqual([
      track(1, { language: 'eng', kind: 'picture' }),
      track(2, { language: 'eng' }),
    ])
  })

  test('are found without reading the file through, wherever its index lies', async () => {
    for (const name of ['two.mp4', 'four.mkv']) {
      const clip = clips.find((each) => each.name === name)
      if (clip === undefined) throw new Error(name)
      const { tracks } = clip
      // The index of QuickTime stands at the end, that of Matroska at the head.
      const path = await captionedClip(large, { name: `large-${name.replace('mp4', 'mov')}`, tracks })
      const { size } = await stat(path)
      const { tracks: found, read } = await tracksOf(path)
      expect(found.map(({ index }) => index)).toEqual(clip.wanted.map(({ index }) => index))
      expect(size).toBeGreaterThan(600_000)
      expect(read).toBeLessThan(200_000)
    }
  })

  test('of broken files are none, or those that can be read', async () => {
    for (const name of ['two.mp4', 'four.mkv']) {
      const whole = await readFile(join(folder, name))
      expect(whole.length).toBeGreaterThan(10_000)
      for (let cut = 0; cut < 6_000; cut += 97) {
        const path = join(folder, `cut-${name}`)
        await writeFile(path, whole.subarray(0, cut))
        const { tracks } = await tracksOf(path)
        expect(tracks.length).toBeLessThanOrEqual(4)
      }
    }
    const path = join(folder, 'text.mp4')
    await writeFile(path, 'This is a letter, and no film at all.')
    expect((await tracksOf(path)).tracks).toEqual([])
  })
})
