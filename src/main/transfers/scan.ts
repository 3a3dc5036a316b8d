import type { Dirent } from 'node:fs'
import { access, constants, lstat, opendir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DropProblem, Scan } from '../../shared/drop.ts'
import type { ScanId, SourceId, TransferId } from '../../shared/ids.ts'
import type { ScannedFile } from '../store/scanStore.ts'
import type { Clock } from './clock.ts'
import type { Taken } from './hostContract.ts'
import { mediaTypeOf } from './mediaTypes.ts'
import { createNamesakes, type Namesakes } from './namesakes.ts'
import { s3Limits } from './partPlan.ts'
import { quietMs } from './source.ts'
import { factsOf, quietFor } from './sourceFile.ts'

export interface ScanOptions {
  readonly id: ScanId
  readonly paths: readonly string[]
  readonly clock: Clock
  readonly signal: AbortSignal
  newId(): string
  newToken(): string
  readonly taken: Taken
  /** Files a drop may have; it ends there. */
  readonly mostFiles?: number
  /** Takes files in batches while the walk goes on. A batch it cannot take ends the walk. */
  add(files: readonly ScannedFile[]): void
  /** What was found so far, at most four times a second, and once at the end. */
  changed(scan: Scan): void
}

/** A look through what was dropped. */
export interface Walk {
  /** The last snapshot; rejects with what `add` threw. An aborted walk ends as `stopped`. */
  readonly done: Promise<Scan>
  /** Other names are taken now: told at once. */
  compare(taken: Taken): void
  /** What was found so far. */
  snapshot(): Scan
}

/** What systems leave behind in folders; nobody means to send it. */
const systemNames = new Set([
  '.ds_store',
  'thumbs.db',
  'desktop.ini',
  '.spotlight-v100',
  '.trashes',
  '.fseventsd',
  '.temporaryitems',
  '.apdisk',
  '.volumeicon.icns',
  '.documentrevisions-v100',
  '$recycle.bin',
  'system volume information',
  '.directory',
])
const isSystemFile = (name: string) => systemNames.has(name.toLowerCase()) || name.startsWith('._')

const batchSize = 500
const fastestMs = 250
const mostFolders = 500
const mostProblems = 1000
const mostSamples = 20
/** Deeper than any real card; stops a folder that contains itself through a mount. */
const deepest = 200
/** More than any shoot; a whole disk dropped by mistake is not read to its end. */
const usualMostFiles = 500_000

/** Ends the walk from anywhere in it: what the disk cannot tell us is a problem of one file, this is not. */
class CutOff extends Error {
  readonly why: 'tooMany' | 'add'
  constructor(why: CutOff['why'], cause?: unknown) {
    super(why, { cause })
    this.name = 'CutOff'
    this.why = why
  }
}

interface Walking {
  readonly options: ScanOptions
  readonly scan: { -readonly [K in keyof Scan]: Scan[K] } & {
    folders: { name: string; files: number; bytes: number }[]
    sample: string[]
    problems: DropProblem[]
  }
  readonly folders: Map<string, { name: string; files: number; bytes: number }>
  readonly names: Set<string>
  readonly namesakes: Namesakes
  readonly mostFiles: number
  readonly seenFolders: Set<string>
  batch: ScannedFile[]
  toldAt: number
}

/**
 * Finds every file under the paths. Links inside folders are not followed, so there are no loops; what cannot be sent is
 * listed with its reason.
 */
export function startWalk(options: ScanOptions): Walk {
  const walk: Walking = {
    options,
    scan: { ...emptyScan(options.id), folders: [], sample: [], problems: [] },
    folders: new Map(),
    names: new Set(),
    namesakes: createNamesakes(options.taken),
    mostFiles: options.mostFiles ?? usualMostFiles,
    seenFolders: new Set(),
    batch: [],
    toldAt: options.clock.ticks(),
  }
  return {
    done: carryOn(walk),
    compare(taken) {
      walk.namesakes.against(taken)
      options.changed(snapshot(walk))
    },
    snapshot: () => snapshot(walk),
  }
}

async function carryOn(walk: Walking): Promise<Scan> {
  const { options, scan } = walk
  try {
    await visitAll(walk)
  } catch (error) {
    throw error instanceof CutOff ? error.cause : error
  }
  scan.state = options.signal.aborted ? 'stopped' : 'ready'
  const last = snapshot(walk)
  options.changed(last)
  return last
}

async function visitAll(walk: Walking): Promise<void> {
  const { paths, signal } = walk.options
  try {
    for (const path of paths) {
      if (signal.aborted) break
      await visitRoot(walk, path)
    }
  } catch (error) {
    if (!(error instanceof CutOff) || error.why !== 'tooMany') throw error
    walk.scan.cut = 'tooMany'
  }
  flush(walk)
}

export function emptyScan(id: ScanId): Scan {
  return {
    id,
    state: 'scanning',
    cut: null,
    files: 0,
    bytes: 0,
    folders: [],
    sample: [],
    problems: [],
    problemCount: 0,
    leftOut: 0,
  }
}

function snapshot({ scan, namesakes }: Walking): Scan {
  return {
    ...scan,
    folders: scan.folders.map((folder) => ({ ...folder })),
    sample: [...scan.sample],
    problems: [...scan.problems, ...namesakes.first(mostProblems - scan.problems.length)],
    problemCount: scan.problemCount + namesakes.count,
  }
}

function tell(walk: Walking): void {
  const now = walk.options.clock.ticks()
  if (now - walk.toldAt < fastestMs) return
  walk.toldAt = now
  walk.options.changed(snapshot(walk))
}

function flush(walk: Walking): void {
  const { batch } = walk
  walk.batch = []
  if (batch.length === 0) return
  try {
    walk.options.add(batch)
  } catch (error) {
    throw new CutOff('add', error)
  }
}

function problem(walk: Walking, kind: DropProblem['kind'], name: string, folders: readonly string[]): void {
  walk.scan.problemCount += 1
  if (walk.scan.problems.length < mostProblems)
    walk.scan.problems.push({
      name,
      folders: [...folders],
      kind,
      code: kind === 'unreadable' ? 'source.unreadable' : kind === 'tooLarge' ? 'storage.tooLarge' : null,
    })
}

async function visitRoot(walk: Walking, path: string): Promise<void> {
  const name = basename(path)
  try {
    // What the user picked is meant, even through a link; only links found on the way are not.
    const real = await realpath(path)
    const stats = await stat(real)
    if (stats.isDirectory()) await visitFolder(walk, real, [name], 0)
    else await visitFile(walk, real, name, [])
  } catch (error) {
    if (error instanceof CutOff) throw error
    problem(walk, 'unreadable', name, [])
  }
}

async function visitFolder(
  walk: Walking,
  path: string,
  folders: readonly string[],
  depth: number,
): Promise<void> {
  const { signal } = walk.options
  const name = folders.at(-1) ?? ''
  let entries: AsyncIterable<Dirent>
  try {
    const { dev, ino } = await lstat(path, { bigint: true })
    const key = `${dev}:${ino}`
    const isSeen = ino !== 0n && walk.seenFolders.has(key)
    if (depth > deepest || isSeen) {
      problem(walk, isSeen ? 'linkLoop' : 'tooDeep', name, folders.slice(0, -1))
      return
    }
    walk.seenFolders.add(key)
    entries = await opendir(path)
    for await (const entry of entries) {
      if (signal.aborted) return
      await visitEntry(walk, path, entry, folders, depth)
      tell(walk)
    }
  } catch (error) {
    if (error instanceof CutOff) throw error
    problem(walk, 'unreadable', name, folders.slice(0, -1))
  }
}

async function visitEntry(
  walk: Walking,
  path: string,
  entry: Dirent,
  folders: readonly string[],
  depth: number,
): Promise<void> {
  const { name } = entry
  const full = join(path, name)
  if (isSystemFile(name)) {
    walk.scan.leftOut += 1
    return
  }
  if (entry.isDirectory()) await visitFolder(walk, full, [...folders, name], depth + 1)
  else if (entry.isSymbolicLink()) problem(walk, await linkKind(walk, full), name, folders)
  else await visitFile(walk, full, name, folders)
}

/** A link back into what is being walked would be endless; any other is merely not a file. */
async function linkKind(walk: Walking, path: string): Promise<'linkLoop' | 'notAFile'> {
  try {
    const { dev, ino } = await stat(path, { bigint: true })
    return walk.seenFolders.has(`${dev}:${ino}`) ? 'linkLoop' : 'notAFile'
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'code') === 'ELOOP' ? 'linkLoop' : 'notAFile'
  }
}

async function visitFile(
  walk: Walking,
  path: string,
  name: string,
  folders: readonly string[],
): Promise<void> {
  const { options } = walk
  try {
    const stats = await lstat(path, { bigint: true })
    const facts = factsOf(stats)
    if (!stats.isFile()) return problem(walk, 'notAFile', name, folders)
    if (!(await isReadable(path))) return problem(walk, 'unreadable', name, folders)
    if (facts.size === 0) return problem(walk, 'empty', name, folders)
    if (facts.size > s3Limits.maxObject) return problem(walk, 'tooLarge', name, folders)
    const quiet = quietFor(facts, options.clock.now())
    if (quiet >= 0 && quiet < quietMs) problem(walk, 'busy', name, folders)
    if (walk.scan.files >= walk.mostFiles) throw new CutOff('tooMany')
    const fullName = [...folders, name].join('/')
    if (walk.names.has(fullName)) problem(walk, 'twin', name, folders)
    walk.names.add(fullName)
    walk.namesakes.add(name, folders)
    walk.batch.push({
      sourceId: options.newId() as SourceId,
      transferId: options.newId() as TransferId,
      writeToken: options.newToken(),
      path,
      name,
      folders,
      mediaType: mediaTypeOf(name),
      ...facts,
    })
    count(walk, name, folders, facts.size)
  } catch (error) {
    if (error instanceof CutOff) throw error
    problem(walk, 'unreadable', name, folders)
    return
  }
  if (walk.batch.length >= batchSize) flush(walk)
}

async function isReadable(path: string): Promise<boolean> {
  return await access(path, constants.R_OK).then(
    () => true,
    () => false,
  )
}

function count(walk: Walking, name: string, folders: readonly string[], bytes: number): void {
  const { scan } = walk
  scan.files += 1
  scan.bytes += bytes
  if (scan.sample.length < mostSamples) scan.sample.push(name)
  const top = folders[0] ?? ''
  let folder = walk.folders.get(top)
  if (folder === undefined) {
    folder = { name: top, files: 0, bytes: 0 }
    walk.folders.set(top, folder)
    if (scan.folders.length < mostFolders) scan.folders.push(folder)
  }
  folder.files += 1
  folder.bytes += bytes
}
