import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { frameRates } from '../../../shared/frameRate.ts'
import { frameTableOf } from '../../../shared/frameTimes.ts'
import type { MediaInfo } from '../../../shared/place.ts'
import { fileBudget, type ReadBudget } from './byteWindow.ts'
import { clipTimesOf, readClipTimes } from './clipTimes.ts'

const seed = Number(process.env['RUSHES_SEED'])

const facts: MediaInfo = {
  kind: 'video',
  container: 'MPEG-4',
  videoCodec: 'AVC',
  audioCodec: null,
  width: 640,
  height: 360,
  rate: frameRates['25'],
  isVariableRate: false,
  frames: null,
  startFrame: 0,
  isDropFrame: false,
}

const u32 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeInt32BE(value | 0, index * 4)
  return bytes
}
const box = (name: string, ...content: Buffer[]) => {
  const body = Buffer.concat(content)
  return Buffer.concat([u32(body.length + 8), Buffer.from(name, 'latin1'), body])
}

interface Movie {
  readonly durations: readonly (readonly [count: number, ticks: number])[]
  readonly offsets?: readonly (readonly [count: number, ticks: number])[]
  /** Length in thousandths, then where it begins in ticks; -1 is a wait. */
  readonly edits?: readonly (readonly [length: number, from: number])[]
  readonly speed?: number
  readonly fragments?: readonly Buffer[]
}

/** A file with nothing but the boxes that tell times, in 1,000 ticks a second. */
function movie({ durations, offsets = [], edits = [], speed = 1, fragments }: Movie): Buffer {
  const table = (entries: readonly (readonly [number, number])[]) => u32(0, entries.length, ...entries.flat())
  const track = box(
    'trak',
    box('tkhd', u32(0, 0, 0, 7, 0, 0)),
    ...(edits.length === 0
      ? []
      : [
          box(
            'edts',
            box(
              'elst',
              u32(0, edits.length, ...edits.flatMap(([length, from]) => [length, from, speed << 16])),
            ),
          ),
        ]),
    box(
      'mdia',
      box('mdhd', u32(0, 0, 0, 1000, 0, 0)),
      box('hdlr', u32(0, 0), Buffer.from('vide'), u32(0, 0, 0)),
      box('minf', box('stbl', box('stts', table(durations)), box('ctts', table(offsets)))),
    ),
  )
  const extension = fragments === undefined ? [] : [box('mvex', box('trex', u32(0, 7, 1, 40, 0, 0)))]
  const header = box('mvhd', u32(0, 0, 0, 1000, 0, 0))
  return Buffer.concat([box('ftyp', u32(0)), box('moov', header, track, ...extension), ...(fragments ?? [])])
}

const fragment = (base: number, durations: readonly number[]) =>
  box(
    'moof',
    box(
      'traf',
      box('tfhd', u32(0, 7)),
      box('tfdt', u32(0, base)),
      box('trun', u32(0x100, durations.length, ...durations)),
    ),
  )

/** Matroska elements: an id as it is written, a length of eight bytes. */
function element(id: string, ...content: Buffer[]): Buffer {
  const body = Buffer.concat(content)
  const length = Buffer.alloc(8)
  length.writeBigUInt64BE(BigInt(body.length) | (1n << 56n))
  return Buffer.concat([Buffer.from(id, 'hex'), length, body])
}
const endless = (id: string, ...content: Buffer[]) =>
  Buffer.concat([Buffer.from(id, 'hex'), Buffer.from('01ffffffffffffff', 'hex'), ...content])
const block = (track: number, time: number) => {
  const head = Buffer.from([0x80 | track, 0, 0, 0])
  head.writeInt16BE(time, 1)
  return element('a3', head, Buffer.alloc(40))
}
const matroska = (
  clusters: readonly (readonly [start: number, times: readonly number[]])[],
  isLive = false,
) => {
  const segment = isLive ? endless : element
  const track = (number: number, type: number) =>
    element('ae', element('d7', Buffer.from([number])), element('83', Buffer.from([type])))
  return Buffer.concat([
    element('1a45dfa3'),
    segment(
      '18538067',
      element('1549a966', element('2ad7b1', u32(1_000_000))),
      element('1654ae6b', track(1, 2), track(2, 1)),
      ...clusters.map(([start, times]) =>
        segment(
          '1f43b675',
          element('e7', u32(start)),
          ...times.flatMap((time) => [block(1, time), block(2, time)]),
        ),
      ),
    ),
  ])
}

async function read(file: Buffer, info: MediaInfo = facts, budget: ReadBudget = fileBudget) {
  let reads = 0
  const found = await readClipTimes(
    {
      size: file.length,
      read(offset, length) {
        reads += 1
        return Promise.resolve(file.subarray(offset, offset + length))
      },
    },
    info,
    budget,
  )
  const table = found.times === null ? null : frameTableOf(found.times)
  const starts =
    table === null
      ? null
      : Array.from({ length: table.frameCount }, (_, frame) => Math.round(table.startSeconds(frame) * 1000))
  return { ...found, starts, reads }
}

describe('the table of an MP4 file', () => {
  test('is read in the order in which frames are shown', async () => {
    const found = await read(
      movie({
        durations: [
          [1, 40],
          [3, 60],
        ],
        offsets: [
          [1, 40],
          [1, 160],
          [1, 40],
          [1, 0],
        ],
      }),
    )
    expect(found.starts).toEqual([40, 140, 160, 200])
    expect(found.info).toMatchObject({ isVariableRate: true, frames: 4 })
  })

  test('is no matter where frames are equally long from zero', async () => {
    const found = await read(movie({ durations: [[100, 40]] }), { ...facts, isVariableRate: true })
    expect(found).toMatchObject({ times: null, info: { isVariableRate: false, frames: 100 } })
    expect(found.reads).toBe(1)
  })

  test('gives the rate itself where an average was stated', async () => {
    const found = await read(movie({ durations: [[4000, 20]] }), {
      ...facts,
      rate: { numerator: 49_950, denominator: 1000 },
      isVariableRate: true,
    })
    expect(found).toMatchObject({ times: null, info: { isVariableRate: false, frames: 4000 } })
  })

  test('moves equal frames that begin later, and keeps their rate', async () => {
    const found = await read(
      movie({
        durations: [[5, 40]],
        edits: [
          [700, -1],
          [200, 0],
        ],
      }),
    )
    expect(found.starts).toEqual([700, 740, 780, 820, 860])
    expect(found.info).toMatchObject({ isVariableRate: false, rate: frameRates['25'], frames: 5 })
  })

  test('does not shift frames by the delay of reordering', async () => {
    const offsets = [[5, 80]] as const
    expect((await read(movie({ durations: [[5, 40]], offsets, edits: [[200, 80]] }))).times).toBeNull()
    const backwards = [
      [1, 0],
      [1, 80],
      [2, -40],
      [1, 0],
    ] as const
    const negative = await read(movie({ durations: [[5, 40]], offsets: backwards }))
    expect(negative).toMatchObject({ times: null, info: { frames: 5, isVariableRate: false } })
    expect((await read(movie({ durations: [[5, 40]], offsets }))).starts).toEqual([80, 120, 160, 200, 240])
  })

  test('leaves out what is cut off at either end; the first frame left is at zero', async () => {
    const found = await read(movie({ durations: [[10, 40]], edits: [[240, 100]] }))
    expect(found).toMatchObject({ times: null, info: { frames: 6, isVariableRate: false } })
  })

  test('of several stretches or another speed is not followed', async () => {
    const averaged = { times: null, info: { ...facts, isVariableRate: true } }
    const info = { ...facts, isVariableRate: true }
    const uneven = [
      [1, 40],
      [3, 60],
    ] as const
    expect(
      await read(
        movie({
          durations: uneven,
          edits: [
            [40, 0],
            [40, 100],
          ],
        }),
        info,
      ),
    ).toMatchObject(averaged)
    expect(await read(movie({ durations: uneven, edits: [[40, 0]], speed: 2 }), info)).toMatchObject(averaged)
  })

  test('is read from fragments', async () => {
    const fragments = [fragment(0, [40, 60]), box('mdat', Buffer.alloc(64)), fragment(100, [33, 40])]
    expect((await read(movie({ durations: [], fragments }))).starts).toEqual([0, 40, 100, 133])
  })
})

describe('the blocks of a Matroska file', () => {
  const clusters = [
    [0, [0, 40, 100]],
    [150, [0, 33]],
  ] as const
  test('tell the times of the video, with and without a written end', async () => {
    const info = { ...facts, rate: null }
    for (const isLive of [false, true]) {
      const found = await read(matroska(clusters, isLive), info)
      expect(found.starts).toEqual([0, 40, 100, 150, 183])
      expect(found.info).toMatchObject({ isVariableRate: true, frames: 5 })
    }
  })

  test('of one rate, rounded to milliseconds, are that rate', async () => {
    const times = Array.from({ length: 48 }, (_, frame) => Math.round((frame * 1001) / 24))
    const found = await read(matroska([[0, times]]), {
      ...facts,
      rate: frameRates['23.976'],
      isVariableRate: true,
    })
    expect(found).toMatchObject({ times: null, info: { isVariableRate: false, frames: 48 } })
  })
})

describe('a table that cannot be used leaves the stated rate', () => {
  const info = { ...facts, isVariableRate: true }
  const left = { info, times: null }

  test('absurd counts', async () => {
    expect(await read(movie({ durations: [[0xffffffff, 1]] }), info)).toMatchObject(left)
    expect(
      await read(movie({ durations: Array.from({ length: 20 }, () => [0x7fffffff, 1] as const) }), info),
    ).toMatchObject(left)
    const bare = box('moof', box('traf', box('tfhd', u32(0, 7)), box('trun', u32(0, 0x7fffffff))))
    const many = Array.from({ length: 200 }, () => bare)
    expect(await read(movie({ durations: [], fragments: many }), info)).toMatchObject(left)
  })

  test('a length beyond the file, an empty file, another kind of file', async () => {
    const whole = movie({
      durations: [
        [4, 40],
        [1, 50],
        [2, 60],
      ],
    })
    for (const cut of [0, 1, 7, 20, 60, 150])
      expect(await read(whole.subarray(0, cut), info)).toMatchObject(left)
    expect(await read(Buffer.from('RIFF....AVI LIST'), info)).toMatchObject(left)
    expect(await read(whole, { ...info, kind: 'audio' })).toMatchObject({ times: null })
  })

  test('more reads than a link is worth', async () => {
    const budget = { reads: 3, bytes: 4096, window: 64 }
    const clusters = Array.from({ length: 40 }, (_, index) => [index * 90, [0, 30, 50]] as const)
    const found = await read(matroska(clusters), info, budget)
    expect(found).toMatchObject(left)
    expect(found.reads).toBeLessThanOrEqual(3)
  })

  test('more different lengths than can be kept', () => {
    const starts = Array.from({ length: 300_000 }, (_, frame) => frame * 40 + (frame % 2) * 7)
    const found = clipTimesOf({ ticksPerSecond: 1000, starts, lastTicks: 40, isComplete: true }, info)
    expect(found).toMatchObject({ times: null, info: { isVariableRate: true, frames: 300_000 } })
  })

  test('any bytes changed in a real file: an answer within the budget, never an error', async () => {
    const folder = fileURLToPath(new URL('../../../../resources/samples/', import.meta.url))
    const files = [
      (await readFile(`${folder}A012_C001_0915.mp4`)).subarray(0, 40_000),
      movie({
        durations: [
          [2, 40],
          [2, 60],
        ],
        edits: [
          [100, -1],
          [200, 0],
        ],
        fragments: [fragment(0, [40, 60])],
      }),
      matroska([
        [0, [0, 40, 100]],
        [150, [0, 33]],
      ]),
    ]
    const change = fc.record({ at: fc.nat(40_000), value: fc.constantFrom(0, 1, 0x7f, 0x80, 0xff) })
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files),
        fc.array(change, { maxLength: 12 }),
        async (file, changes) => {
          const bytes = Buffer.from(file)
          for (const { at, value } of changes) bytes[at % bytes.length] = value
          const { times } = await read(bytes, info)
          if (times !== null) expect(frameTableOf(times).frameCount).toBeGreaterThan(0)
        },
      ),
      { seed, numRuns: 1500 },
    )
  })
})
