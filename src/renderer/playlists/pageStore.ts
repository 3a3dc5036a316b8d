import { create } from 'zustand'
import type { EntryId, PlaylistId } from '../../shared/ids.ts'
import type { Entry } from '../../shared/playlist.ts'
import { noSelection, type Selection, type SelectionStep, selectionAfter } from '../library/selection.ts'
import { sayWords } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { moveEntries, takeOut } from './playlistStore.ts'

interface PageState {
  readonly id: PlaylistId | null
  /** As they stand on the screen: an entry that was moved is there before main has agreed. */
  readonly entries: readonly Entry[]
  readonly selection: Selection
}

/** The playlist on the screen and what is chosen of it. */
export const usePage = create<PageState>(() => ({ id: null, entries: [], selection: noSelection }))

export function showPage(id: PlaylistId, entries: readonly Entry[]): void {
  usePage.setState((before) => {
    if (before.id !== id) return { id, entries, selection: noSelection }
    const here = new Set<string>(entries.map((entry) => entry.id))
    const ids = new Set([...before.selection.ids].filter((each) => here.has(each)))
    const active = Math.max(0, Math.min(entries.length - 1, before.selection.active))
    return { id, entries, selection: { ...before.selection, ids, active } }
  })
}

export const selectEntries = (step: SelectionStep): void =>
  usePage.setState(({ selection }) => ({ selection: selectionAfter(selection, step) }))

/** In the order of the list; without a choice, where the keyboard is. */
export function chosenEntries(): readonly Entry[] {
  const { entries, selection } = usePage.getState()
  const chosen = entries.filter((entry) => selection.ids.has(entry.id))
  const active = entries[selection.active]
  return chosen.length > 0 || active === undefined ? chosen : [active]
}

/** Puts the chosen before another entry (null: at the end) and says where they are now. */
export function putBefore(chosen: readonly EntryId[], before: EntryId | null): void {
  const { id, entries, selection } = usePage.getState()
  if (id === null || chosen.length === 0 || (before !== null && chosen.includes(before))) return
  const isMoved = new Set<EntryId>(chosen)
  const moved = entries.filter((entry) => isMoved.has(entry.id))
  const rest = entries.filter((entry) => !isMoved.has(entry.id))
  const at = before === null ? rest.length : rest.findIndex((entry) => entry.id === before)
  if (at === -1) return
  const next = [...rest.slice(0, at), ...moved, ...rest.slice(at)]
  if (next.every((entry, index) => entry === entries[index])) return
  usePage.setState({ entries: next, selection: { ...selection, active: at, anchor: at } })
  void moveEntries(
    id,
    moved.map((entry) => entry.id),
    before,
  )
  const [first] = moved
  if (first !== undefined) sayWords(text.playlists.moved(first.name, at + 1, next.length))
}

/** By one place, together. */
export function moveChosenEntries(way: 1 | -1): void {
  const { entries } = usePage.getState()
  const chosen = chosenEntries()
  const ids = chosen.map((entry) => entry.id)
  const places = chosen.map((entry) => entries.indexOf(entry))
  if (places.length === 0) return
  if (way === -1) {
    const before = entries[Math.min(...places) - 1]
    if (before !== undefined) putBefore(ids, before.id)
    return
  }
  const last = Math.max(...places)
  if (last < entries.length - 1) putBefore(ids, entries[last + 2]?.id ?? null)
}

export function takeOutChosen(): void {
  const { id } = usePage.getState()
  const ids = chosenEntries().map((entry) => entry.id)
  if (id !== null && ids.length > 0) void takeOut(id, ids)
}
