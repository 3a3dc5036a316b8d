import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ulid } from 'ulid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Scan } from '../../shared/drop.ts'
import type { ScanId } from '../../shared/ids.ts'
import type { ScannedFile } from '../store/scanStore.ts'
import { systemClock } from './clock.ts'
import { nothingTaken } from './namesakes.ts'
import { type ScanOptions, startWalk, type Walk } from './scan.ts'

let root: string
let found: ScannedFile[]
let snapshots: Scan[]
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rushes-scan-'))
  found = []
  snapshots = []
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function write(name: string, content = 'x'): string {
  const path = join(root, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  utimesSync(path, 1_700_000_000, 1_700_000_000)
  return path
}

function walk(paths: readonly string[], options: Partial<ScanOptions> = {}): Walk {
  return startWalk({
    id: ulid() as ScanId,
    paths,
    clock: systemClock,
    signal: new AbortController().signal,
    newId: ulid,
    newToken: ulid,
    taken: nothingTaken,
    add: (files) => found.push(...files),
    changed: (snapshot) => snapshots.push(snapshot),
    ...options,
  })
}

const scan = (paths: readonly string[], options?: Partial<ScanOptions>) => walk(paths, options).done

test('finds every file with the folders above it and its media type', async () => {
  write('CARD/CLIPS/A001.MOV', 'film')
  write('CARD/notes.pdf', 'pages')
  const loose = write('loose.wav', 'sound')
  const result = await scan([join(root, 'CARD'), loose])
  expect(result).toMatchObject({ state: 'ready', files: 3, bytes: 14, problems: [], leftOut: 0 })
  expect(result.folders).toEqual([
    { name: 'CARD', files: 2, bytes: 9 },
    { name: '', files: 1, bytes: 5 },
  ])
  const byName = new Map(found.map((file) => [file.name, file]))
  expect(byName.get('A001.MOV')).toMatchObject({
    folders: ['CARD', 'CLIPS'],
    mediaType: 'video/quicktime',
    size: 4,
  })
  expect(byName.get('loose.wav')).toMatchObject({ folders: [], mediaType: 'audio/wav' })
  expect(
    new Set(found.flatMap(({ sourceId, transferId, writeToken }) => [sourceId, transferId, writeToken])).size,
  ).toBe(9)
  expect(snapshots.at(-1)).toEqual(result)
})

test('leaves system files out and says how many', async () => {
  for (const name of ['.DS_Store', 'Thumbs.db', 'desktop.ini', '._A001.mov', 'A001.mov'])
    write(`CARD/${name}`)
  expect(await scan([join(root, 'CARD')])).toMatchObject({ files: 1, leftOut: 4 })
})

test('does not follow links, so that a loop ends', async () => {
  write('CARD/DEEP/A001.mov')
  symlinkSync(join(root, 'CARD'), join(root, 'CARD/DEEP/back'))
  symlinkSync(join(root, 'elsewhere.mov'), join(root, 'CARD/broken'))
  symlinkSync(join(root, 'CARD/self'), join(root, 'CARD/self'))
  const { files, problems } = await scan([join(root, 'CARD')])
  expect(files).toBe(1)
  expect(problems.map(({ name, kind }) => [name, kind]).sort()).toEqual([
    ['back', 'linkLoop'],
    ['broken', 'notAFile'],
    ['self', 'linkLoop'],
  ])
})

test('tells of empty, busy, missing and twin files', async () => {
  write('CARD/empty.mov', '')
  writeFileSync(join(root, 'CARD/busy.mov'), 'still coming')
  write('OTHER/clip.mov', 'one')
  const first = write('a/clip.mov', 'one')
  const second = write('b/clip.mov', 'two')
  const result = await scan([join(root, 'CARD'), first, second, join(root, 'gone.mov')])
  expect(result.problems.map(({ name, kind }) => [name, kind])).toEqual([
    ...result.problems.filter(({ folders }) => folders.length > 0).map(({ name, kind }) => [name, kind]),
    ['clip.mov', 'twin'],
    ['gone.mov', 'unreadable'],
  ])
  expect(result.problems).toContainEqual({ name: 'empty.mov', folders: ['CARD'], kind: 'empty', code: null })
  expect(result.problems).toContainEqual({ name: 'busy.mov', folders: ['CARD'], kind: 'busy', code: null })
  expect(found.map(({ name }) => name).sort()).toEqual(['busy.mov', 'clip.mov', 'clip.mov'])
})

test('takes any name the disk holds', async () => {
  const names = [
    '🎬 A001.mov',
    'line\nbreak.mov',
    `${'n'.repeat(190)}.mov`,
    'e\u0301te\u0301.mov',
    ' .mov',
    'quote\'".mov',
    '%2e%2e.mov',
  ]
  for (const name of names) write(`CARD/${name}`)
  const { files, problems } = await scan([join(root, 'CARD')])
  expect({ files, problems }).toEqual({ files: names.length, problems: [] })
  expect(found.map(({ name }) => name).sort()).toEqual([...names].sort())
})

test('a walk that is given up ends as stopped', async () => {
  write('CARD/A001.mov')
  const controller = new AbortController()
  controller.abort()
  expect(await scan([join(root, 'CARD')], { signal: controller.signal })).toMatchObject({
    state: 'stopped',
    files: 0,
  })
})

const sameNames = ({ problems }: Scan) =>
  problems.filter(({ kind }) => kind === 'sameName').map(({ name, folders }) => [...folders, name].join('/'))

test('names that are taken at the place are told, and compared anew for another place', async () => {
  write('CARD/A001.MOV')
  write('CARD/B/e\u0301te.wav')
  write('CARD/C003.mov')
  const looking = walk([join(root, 'CARD')], {
    taken: { names: ['a001.mov', 'unrelated.mov'], isFlat: true },
  })
  expect(sameNames(await looking.done)).toEqual(['CARD/A001.MOV'])
  looking.compare({ names: ['\u00e9te.WAV', 'C003.mov'], isFlat: true })
  expect(sameNames(looking.snapshot()).sort()).toEqual(['CARD/B/e\u0301te.wav', 'CARD/C003.mov'])
  expect(snapshots.at(-1)).toEqual(looking.snapshot())
  expect(looking.snapshot()).toMatchObject({ state: 'ready', files: 3, problemCount: 2 })
  looking.compare({ names: ['C003.mov'], isFlat: false })
  expect(looking.snapshot()).toMatchObject({ problems: [], problemCount: 0 })
})

test('a drop of too many files ends at the limit, and says so', async () => {
  for (let index = 0; index < 12; index += 1) write(`CARD/${index % 3}/still-${index}.exr`)
  const result = await scan([join(root, 'CARD')], { mostFiles: 7 })
  expect(result).toMatchObject({ state: 'ready', cut: 'tooMany', files: 7, problems: [] })
  expect(found).toHaveLength(7)
})

test('folders in folders without an end are no loop, and say what they are', async () => {
  const deep = Array.from({ length: 205 }, () => 'd').join('/')
  write(`${deep}/far.mov`)
  write('d/near.mov')
  const result = await scan([join(root, 'd')])
  expect(result).toMatchObject({ state: 'ready', cut: null, files: 1 })
  expect(result.problems.map(({ kind }) => kind)).toEqual(['tooDeep'])
})

test('what cannot be kept ends the walk; it is no problem of a file', async () => {
  for (let index = 0; index < 3; index += 1) write(`CARD/${index}.mov`)
  const full = new Error('full')
  const looking = walk([join(root, 'CARD')], {
    add: () => {
      throw full
    },
  })
  await expect(looking.done).rejects.toBe(full)
  expect(looking.snapshot().problems).toEqual([])
})
