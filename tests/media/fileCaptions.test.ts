/** Captions inside of files, read by the real ffmpeg: the right words at the right frames, and nothing of what went wrong. */
import { copyFile, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { fileAnswer } from '../../src/main/media/mediaAnswer.ts'
import { AppError } from '../../src/shared/errors.ts'
import type { CaptionedClip } from './captionedClips.ts'
import { captionedClip, emptyPictures, subRip } from './captionedClips.ts'
import { hasFfmpeg, makeClips } from './codedClips.ts'
import type { FileCaptionOptions } from './fileCaptionBench.ts'
import { fileCaptionBench } from './fileCaptionBench.ts'

let folder = ''
let picture = ''
let large = ''
let webm = ''
const bench: { made?: Awaited<ReturnType<typeof fileCaptionBench>> } = {}

beforeAll(async () => {
  if (!hasFfmpeg()) return
  const made = await makeClips([
    { name: 'picture.mp4', rate: '25', frames: 100 },
    { name: 'large.mov', rate: '25', frames: 200, codec: 'prores' },
    { name: 'picture.webm', rate: '25', frames: 100, codec: 'vp9' },
  ])
  folder = made.folder
  ;[picture = '', large = '', webm = ''] = made.paths
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))
afterEach(async () => {
  await bench.made?.dispose()
  delete bench.made
})

async function withFile(path: string, options?: FileCaptionOptions) {
  const made = await fileCaptionBench(path, options)
  bench.made = made
  return made
}
const withClip = async (clip: CaptionedClip, options?: FileCaptionOptions) =>
  withFile(await captionedClip(clip.name.startsWith('large') ? large : picture, clip), options)

const english = subRip([
  [1000, 2000, '<i>Hold</i> the ridge.'],
  [2040, 3517, 'Two lines\nof it & more'],
])
const cues = [
  { startMs: 1000, endMs: 2000, text: 'Hold the ridge.' },
  { startMs: 2040, endMs: 3517, text: 'Two lines\nof it & more' },
]
const german = subRip([[1000, 2000, 'Halt den Grat.']])
const germanCues = [{ startMs: 1000, endMs: 2000, text: 'Halt den Grat.' }]

/** As fansubs are: layers, shapes, cues without a length, empty lines, marks of other programs. */
const ass = `[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment
Style: Default,Arial,20,&H00FFFFFF,2

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: 0,0:00:00.50,0:00:01.00,Default,,0,0,0,,First\\N\\N{\\i1}third{\\i0} --> & more
Dialogue: 0,0:00:01.00,0:00:01.00,Default,,0,0,0,,No length
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0 100 100{\\p0}
Dialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\an8\\pos(10,20)}Over\\hthere
Dialogue: 1,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\blur3}Over\\hthere
Dialogue: 0,0:00:02.50,0:00:03.00,Default,,0,0,0,,NOTE is a word
`

describe.skipIf(!hasFfmpeg())('captions inside of a file', () => {
  test.each([
    ['mp4', 'mov_text', 'ger', true],
    // QuickTime has numbers for languages, and ffmpeg writes no roles into it.
    ['mov', 'mov_text', 'deu', false],
    ['mkv', 'srt', 'ger', true],
    ['mkv', 'webvtt', 'ger', true],
  ] as const)(
    'are read from %s with %s, the track that was asked for',
    async (ending, codec, second, forced) => {
      const { list, read, children } = await withClip({
        name: `both-${codec}.${ending}`,
        soundSeconds: 4,
        tracks: [
          { codec, words: english, language: 'eng', disposition: 'default' },
          { codec, words: german, language: 'ger', disposition: 'forced' },
        ],
      })
      const tracks = await list()
      expect(tracks.map(({ id, language, isForced }) => [id, language, isForced])).toEqual([
        ['file:2', 'eng', false],
        ['file:3', second, forced],
      ])
      expect(children).toEqual([])
      expect(await read(3)).toEqual(germanCues)
      expect(await read(2)).toEqual(cues)
      // Nothing of the service, of this run's password or of the file stands where others can read it.
      expect(children.length).toBe(4)
      for (const { spawnargs } of children)
        expect(spawnargs.join(' ')).not.toMatch(/127\.0\.0\.1|rushes:|both-/)
    },
  )

  test('are read from WebM', async () => {
    const path = await captionedClip(webm, {
      name: 'words.webm',
      tracks: [{ codec: 'webvtt', words: english, language: 'eng' }],
    })
    const { list, read } = await withFile(path)
    expect(await list()).toMatchObject([{ id: 'file:1', kind: 'text' }])
    expect(await read(1)).toEqual(cues)
  })

  test('in ASS are words alone', async () => {
    const { list, read } = await withClip({ name: 'ass.mkv', tracks: [{ codec: 'ass', words: ass }] })
    await list()
    expect(await read(1)).toEqual([
      { startMs: 500, endMs: 1000, text: 'First\nthird --> & more' },
      { startMs: 2000, endMs: 3000, text: 'Over there' },
      { startMs: 2500, endMs: 3000, text: 'NOTE is a word' },
    ])
  })

  test.each([
    { name: 'late.mp4', startSeconds: 5 },
    { name: 'late.mkv', startSeconds: 5 },
    { name: 'lateSound.mp4', startSeconds: 2.48, soundSeconds: 8 },
    { name: 'lateSound.mkv', startSeconds: 2.48, soundSeconds: 8 },
  ])('count from the first picture of $name', async (late) => {
    const isMovie = late.name.endsWith('mp4')
    const { list, read } = await withClip({
      ...late,
      tracks: [{ codec: isMovie ? 'mov_text' : 'srt', words: english }],
    })
    const [track] = await list()
    const found = (await read(Number(track?.id.slice(5)))) ?? []
    expect(found.map(({ text }) => text)).toEqual(cues.map(({ text }) => text))
    for (const [index, cue] of found.entries()) {
      // Sound is made of blocks, whose length moves what comes with it by a few milliseconds in Matroska.
      expect(Math.abs(cue.startMs - (cues[index]?.startMs ?? 0))).toBeLessThanOrEqual(1)
      expect(Math.abs(cue.endMs - (cues[index]?.endMs ?? 0))).toBeLessThanOrEqual(1)
    }
  })

  test('are kept: nothing is run or opened again, also after a restart', async () => {
    const { list, read, root, children, file } = await withClip({
      name: 'kept.mp4',
      tracks: [{ codec: 'mov_text', words: english }],
    })
    expect(await list()).toMatchObject([{ isKept: false }])
    await read(1)
    const { length } = children
    const { opened } = file
    expect(await list()).toMatchObject([{ isKept: true }])
    expect(await read(1)).toEqual(cues)
    const next = await fileCaptionBench(file.path, { root })
    expect(await next.list()).toMatchObject([{ isKept: true }])
    expect(await next.read(1)).toEqual(cues)
    expect([next.children.length, next.file.opened, children.length, file.opened]).toEqual([
      0,
      0,
      length,
      opened,
    ])
  })

  test('of another file are never taken for its own', async () => {
    const one = await captionedClip(picture, {
      name: 'one.mp4',
      tracks: [
        { codec: 'mov_text', words: english },
        { codec: 'mov_text', words: english },
      ],
    })
    const other = await captionedClip(picture, {
      name: 'other.mp4',
      tracks: [{ codec: 'mov_text', words: german }],
    })
    const { list, read, file } = await withFile(one)
    await list()
    expect(await read(1)).toEqual(cues)
    file.path = other
    await expect(read(2)).rejects.toMatchObject({ code: 'captions.notRead', facts: { reason: 'changed' } })
    expect(await list()).toMatchObject([{ id: 'file:1', isKept: false }])
    expect(await read(1)).toEqual(germanCues)
  })

  test('are not kept when the file changes while it is read', async () => {
    const whole = await captionedClip(picture, {
      name: 'whole.mp4',
      tracks: [{ codec: 'mov_text', words: english }],
    })
    const path = join(folder, 'changing.mp4')
    await copyFile(whole, path)
    const { list, read, kept } = await withFile(path, {
      async answer(request) {
        await utimes(path, 1, 1)
        return fileAnswer(path, 'video/mp4', request)
      },
    })
    await list()
    await expect(read(1)).rejects.toMatchObject({ facts: { reason: 'changed' } })
    expect((await kept()).length).toBe(1)
  })

  test('of a proxy are shown, but its list is not believed for good', async () => {
    const { list, read, file } = await withClip(
      { name: 'proxy.mp4', tracks: [{ codec: 'mov_text', words: english }] },
      { use: 'play' },
    )
    await list()
    expect(await read(1)).toEqual(cues)
    const { opened } = file
    await list()
    expect(file.opened).toBe(opened + 1)
  })

  test('that are pictures are named and not read', async () => {
    const file = join(folder, 'pictures.sup')
    await writeFile(file, emptyPictures())
    const { list, read, children } = await withClip({
      name: 'pictures.mkv',
      tracks: [
        { codec: 'copy', file, language: 'eng' },
        { codec: 'srt', words: german, language: 'ger' },
      ],
    })
    expect((await list()).map(({ kind }) => kind)).toEqual(['picture', 'text'])
    await expect(read(1)).rejects.toMatchObject({ code: 'captions.notRead', facts: { reason: 'unreadable' } })
    expect(children).toEqual([])
    expect(await read(2)).toEqual(germanCues)
  })

  const two: CaptionedClip = {
    name: 'large.mkv',
    tracks: [
      { codec: 'srt', words: english },
      { codec: 'srt', words: german },
    ],
  }

  test('are given up when they are not wanted any more, and nothing stays', async () => {
    const { gate, answer } = gated()
    const { captions, version, list, read, kept, untilStarted } = await withClip(two, { answer })
    await list()
    const reading = read(1)
    const child = await untilStarted(2)
    captions.stop(version)
    expect(await reading).toBeNull()
    expect(child?.signalCode).toBe('SIGKILL')
    expect((await kept()).length).toBe(1)
    gate.open()
    expect(await read(1)).toEqual(cues)
  })

  test('make way for another track', async () => {
    const { gate, answer } = gated()
    const { list, read, untilStarted } = await withClip(two, { answer })
    await list()
    const first = read(1)
    await untilStarted(2)
    const second = read(2)
    expect(await first).toBeNull()
    // Asked for in the same moment, before either has looked at anything.
    const third = read(1)
    const fourth = read(2)
    expect(await second).toBeNull()
    expect(await third).toBeNull()
    gate.open()
    expect(await fourth).toEqual(germanCues)
  })

  test('are given up when nothing moves any more', async () => {
    const { gate, answer } = gated()
    const { list, read } = await withClip(two, { answer, stallAfter: 400 })
    await list()
    await expect(read(1)).rejects.toMatchObject({ code: 'captions.notRead', facts: { reason: 'stalled' } })
    gate.open()
  })

  test('that are broken say so', async () => {
    const path = await captionedClip(picture, {
      name: 'broken.mkv',
      tracks: [{ codec: 'srt', words: german }],
    })
    const bytes = await readFile(path)
    bytes.fill(0xff, bytes.indexOf('Halt den') - 14, bytes.indexOf('Halt den') + 6)
    await writeFile(path, bytes)
    const { list, read, kept, reported } = await withFile(path)
    expect(await list()).toMatchObject([{ kind: 'text' }])
    await expect(read(1)).rejects.toMatchObject({ code: 'captions.notRead', facts: { reason: 'unreadable' } })
    expect(reported.join(' ')).toContain('ffmpeg: ')
    expect((await kept()).length).toBe(1)
  })

  test('without a word say so', async () => {
    const { list, read } = await withClip({
      name: 'empty.mkv',
      tracks: [{ codec: 'ass', words: ass.replaceAll(/^Dialogue: .*(?:First|Over|NOTE).*\n/gm, '') }],
    })
    await list()
    await expect(read(1)).rejects.toMatchObject({ code: 'captions.notRead', facts: { reason: 'empty' } })
  })

  test.each([
    ['remote.notFound', () => Promise.resolve(new Response(null, { status: 404 }))],
    ['network.offline', () => Promise.reject(new AppError('network.offline'))],
  ])('say %s when the file is not given out', async (code, answer) => {
    const { list, read, kept } = await withClip(two, { answer })
    await list()
    await expect(read(1)).rejects.toMatchObject({ code })
    expect((await kept()).length).toBe(1)
  })

  test('are not said to be none of a file that could not be opened, and found once it can be', async () => {
    const { list, file } = await withClip(two)
    file.failure = new AppError('network.offline')
    await expect(list()).rejects.toMatchObject({ code: 'network.offline' })
    file.failure = null
    expect((await list()).length).toBe(2)
    file.failure = new AppError('network.offline')
    expect((await list()).length).toBe(2)
  })

  test('need an ffmpeg; what was read needs none', async () => {
    const { list, read, root, file } = await withClip(two)
    await list()
    await read(1)
    const without = await fileCaptionBench(file.path, { root, hasTool: false })
    expect((await without.list()).map(({ isKept }) => isKept)).toEqual([true, false])
    expect(await without.read(1)).toEqual(cues)
    await expect(without.read(2)).rejects.toThrow('ffmpeg.missing')
  })

  test('are none of what only pretends to be footage', async () => {
    const lie = join(folder, 'lie.mp4')
    await writeFile(lie, '#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n#EXTINF:10,\nhttp://127.0.0.1:9/x\n')
    const { list, read, children } = await withFile(lie)
    expect(await list()).toEqual([])
    await expect(read(0)).rejects.toMatchObject({ code: 'captions.notRead' })
    expect(children).toEqual([])
    const { file, ...gone } = await withFile(join(folder, 'gone.mp4'))
    await expect(gone.list()).rejects.toThrow('ENOENT')
    expect(file.opened).toBe(1)
  })
})

/** Gives what ffprobe looks at, and then no more until the gate is opened. */
function gated() {
  const gate: { open: () => void } = { open: () => undefined }
  const opened = new Promise<void>((resolve) => {
    gate.open = resolve
  })
  const answer = async (request: Request, path: string): Promise<Response> => {
    if ((bench.made?.children.length ?? 0) > 1) await opened
    return fileAnswer(path, 'video/mp4', request)
  }
  return { gate, answer }
}
