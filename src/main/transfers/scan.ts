import type { Dirent } from 'node:fs'
import { access, constants, lstat, opendir, realpath, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { DropProblem, Scan } from '../../shared/drop.ts'
import type { ScanId, SourceId, TransferId } from '../../shared/ids.ts'
import type { ScannedFile } from '../store/scanStore.ts'
import type { Clock } from './clock.ts'
import { mediaTypeOf } from './mediaTypes.ts'
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
  /** Takes files in batches while the walk goes on. */
  add(files: readonly ScannedFile[]): void
  /** What was found so far, at most four times a second, and once at the end. */
  changed(scan: Scan): void
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

interface Walk {
  readonly options: ScanOptions
  readonly scan: { -readonly [K in keyof Scan]: Scan[K] } & {
    folders: { name: string; files: number; bytes: number }[]
    sample: string[]
    problems: DropProblem[]
  }
  readonly folders: Map<string, { name: string; files: number; bytes: number }>
  readonly names: Set<string>
  readonly seenFolders: Set<string>
  batch: ScannedFile[]
  toldAt: number
}

/**
 * Finds every file under the paths. Links inside folders are not followed, so there are no loops; what cannot be sent is
 * listed with its reason. Returns the last snapshot; an aborted walk ends as `stopped`.
 */
export async function scanPaths(options: ScanOptions): Promise<Scan> {
  const walk: Walk = {
    options,
    scan: {
      id: options.id,
      state: 'scanning',
      files: 0,
      bytes: 0,
      folders: [],
      sample: [],
      problems: [],
      problemCount: 0,
      leftOut: 0,
    },
    folders: new Map(),
    names: new Set(),
    seenFolders: new Set(),
    batch: [],
    toldAt: options.clock.ticks(),
  }
  for (const path of options.paths) {
    if (options.signal.aborted) break
    await visitRoot(walk, path)
  }
  flush(walk)
  walk.scan.state = options.signal.aborted ? 'stopped' : 'ready'
  const last = snapshot(walk)
  options.changed(last)
  return last
}

export function emptyScan(id: ScanId): Scan {
  return {
    id,
    state: 'scanning',
    files: 0,
    bytes: 0,
    folders: [],
    sample: [],
    problems: [],
    problemCount: 0,
    leftOut: 0,
  }
}

function snapshot({ scan }: Walk): Scan {
  return {
    ...scan,
    folders: scan.folders.map((folder) => ({ ...folder })),
    sample: [...scan.sample],
    problems: [...scan.problems],
  }
}

function tell(walk: Walk): void {
  const now = walk.options.clock.ticks()
  if (now - walk.toldAt < fastestMs) return
  walk.toldAt = now
  walk.options.changed(snapshot(walk))
}

function flush(walk: Walk): void {
  if (walk.batch.length > 0) walk.options.add(walk.batch)
  walk.batch = []
}

function problem(walk: Walk, kind: DropProblem['kind'], name: string, folders: readonly string[]): void {
  walk.scan.problemCount += 1
  if (walk.scan.problems.length < mostProblems)
    walk.scan.problems.push({
      name,
      folders: [...folders],
      kind,
      code: kind === 'unreadable' ? 'source.unreadable' : kind === 'tooLarge' ? 'storage.tooLarge' : null,
    })
}

async function visitRoot(walk: Walk, path: string): Promise<void> {
  const name = basename(path)
  try {
    // What the user picked is meant, even through a link; only links found on the way are not.
    const real = await realpath(path)
    const stats = await stat(real)
    if (stats.isDirectory()) await visitFolder(walk, real, [name], 0)
    else await visitFile(walk, real, name, [])
  } catch {
    problem(walk, 'unreadable', name, [])
  }
}

async function visitFolder(
  walk: Walk,
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
    if (depth > deepest || (ino !== 0n && walk.seenFolders.has(key))) {
      problem(walk, 'linkLoop', name, folders.slice(0, -1))
      return
    }
    walk.seenFolders.add(key)
    entries = await opendir(path)
    for await (const entry of entries) {
      if (signal.aborted) return
      await visitEntry(walk, path, entry, folders, depth)
      tell(walk)
    }
  } catch {
    problem(walk, 'unreadable', name, folders.slice(0, -1))
  }
}

async function visitEntry(
  walk: Walk,
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
async function linkKind(walk: Walk, path: string): Promise<'linkLoop' | 'notAFile'> {
  try {
    const { dev, ino } = await stat(path, { bigint: true })
    return walk.seenFolders.has(`${dev}:${ino}`) ? 'linkLoop' : 'notAFile'
  } catch (error) {
    return error instanceof Error && Reflect.get(error, 'code') === 'ELOOP' ? 'linkLoop' : 'notAFile'
  }
}

async function visitFile(walk: Walk, path: string, name: string, folders: readonly string[]): Promise<void> {
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
    const fullName = [...folders, name].join('/')
    if (walk.names.has(fullName)) problem(walk, 'sameName', name, folders)
    walk.names.add(fullName)
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
  } catch {
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

function count(walk: Walk, name: string, folders: readonly string[], bytes: number): void {
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
