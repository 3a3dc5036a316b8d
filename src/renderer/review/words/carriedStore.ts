import { useSyncExternalStore } from 'react'
import type { CommentId, VersionId } from '../../../shared/ids.ts'

/** A comment of an earlier version that was said again of another one. */
interface Carried {
  readonly of: CommentId
  readonly to: VersionId
  /** What it became there. */
  readonly made: CommentId
}

const name = 'rushes.carried'
const most = 2_000

let known: readonly Carried[] | null = null
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
  for (const listener of listeners) listener()
}

export const rememberCarried = (carried: Carried): void => keep([...read(), carried])

/** What they became is gone again. */
export function forgetCarried(made: readonly CommentId[]): void {
  const left = read().filter((each) => !made.includes(each.made))
  if (left.length < read().length) keep(left)
}

export const wasCarried = (of: CommentId, to: VersionId): boolean =>
  read().some((each) => each.of === of && each.to === to)

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The same, followed. */
export const useWasCarried = (of: CommentId, to: VersionId): boolean =>
  useSyncExternalStore(subscribe, () => wasCarried(of, to))
