import { useSyncExternalStore } from 'react'
import type { CommentId, VersionId } from '../../../shared/ids.ts'

/** A comment of an earlier version that was said again of another one. */
export interface Carried {
  readonly of: CommentId
  readonly to: VersionId
  /** What it became there. */
  readonly made: CommentId
}

const name = 'rushes.carried'
const most = 2_000

let known: readonly Carried[] | null = null
/** The comments of the version on the screen; null: not read yet. */
let here: ReadonlySet<CommentId> | null = null
const listeners = new Set<() => void>()

/** Ids mean nothing outside of this app, so the page's own storage will do. */
const read = (): readonly Carried[] => {
  known ??= parsed(localStorage.getItem(name))
  return known
}

function parsed(kept: string | null): readonly Carried[] {
  try {
    const rows: unknown = JSON.parse(kept ?? '[]')
    return Array.isArray(rows) ? rows.filter(isCarried) : []
  } catch {
    // Cut off by a crash: a comment may be carried over again at worst.
    return []
  }
}

const isCarried = (row: unknown): row is Carried =>
  row !== null &&
  typeof row === 'object' &&
  ['of', 'to', 'made'].every((key) => typeof Reflect.get(row, key) === 'string')

function keep(carried: readonly Carried[]): void {
  known = carried.slice(-most)
  localStorage.setItem(name, JSON.stringify(known))
  tell()
}

function tell(): void {
  for (const listener of listeners) listener()
}

/** What is carried over is carried for as long as what it became is among these, the version's on the screen. */
export function knowHere(ids: readonly CommentId[] | null): void {
  here = ids === null ? null : new Set(ids)
  tell()
}

/** The version's comments are read again only later: these are among them already. */
const knowMade = (made: readonly CommentId[]): void => {
  if (here !== null) here = new Set([...here, ...made])
}

export function rememberCarried(carried: readonly Carried[]): void {
  if (carried.length === 0) return
  knowMade(carried.map(({ made }) => made))
  keep([...read(), ...carried])
}

/** What it became was written again, under another id. */
export function followCarried(from: CommentId, to: CommentId): void {
  if (!read().some(({ made }) => made === from)) return
  knowMade([to])
  keep(read().map((each) => (each.made === from ? { ...each, made: to } : each)))
}

/** Of the version on the screen; before its comments are read, whether it ever was. */
export const wasCarried = (of: CommentId, to: VersionId): boolean =>
  read().some((each) => each.of === of && each.to === to && (here === null || here.has(each.made)))

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The same, followed. */
export const useWasCarried = (of: CommentId, to: VersionId): boolean =>
  useSyncExternalStore(subscribe, () => wasCarried(of, to))
