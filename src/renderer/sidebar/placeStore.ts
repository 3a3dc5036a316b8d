import { create } from 'zustand'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { ConnectionId, PlaceId } from '../../shared/ids.ts'
import type { Place } from '../../shared/place.ts'
import { ask, subscribe } from '../bridge.ts'

export interface Children {
  readonly state: 'loading' | 'ready' | 'failed'
  readonly places: readonly Place[]
  readonly failure: Failure | null
}

interface PlaceState {
  readonly byId: Readonly<Record<string, Place>>
  /** Under a connection's id its roots, under a place's id what it holds. */
  readonly children: Readonly<Record<string, Children>>
  readonly open: ReadonlySet<string>
}

/** The part of the places that the user has looked at; filled as branches are opened. */
export const usePlaces = create<PlaceState>(() => ({ byId: {}, children: {}, open: new Set() }))

const noPlaces: readonly Place[] = []

/** Reads one branch. What is known of it stays on the screen meanwhile. */
export async function loadPlaces(connectionId: ConnectionId, parentId: PlaceId | null): Promise<void> {
  const key = parentId ?? connectionId
  const put = (branch: Partial<Children>) =>
    usePlaces.setState(({ children }) => ({
      children: {
        ...children,
        [key]: { ...(children[key] ?? { state: 'loading', places: noPlaces, failure: null }), ...branch },
      },
    }))
  if (usePlaces.getState().children[key] === undefined) put({ state: 'loading' })
  try {
    const places = await ask('places.list', { connectionId, parentId })
    put({ state: 'ready', places, failure: null })
    learn(places)
  } catch (error) {
    put({ state: 'failed', failure: toFailure(error) })
  }
}

function learn(places: readonly Place[]) {
  usePlaces.setState(({ byId }) => {
    const next = { ...byId }
    for (const place of places) next[place.id] = place
    return { byId: next }
  })
}

/** Makes a place known that stands in no branch, such as the answer to a search. */
export async function learnPlace(id: PlaceId): Promise<void> {
  if (usePlaces.getState().byId[id] !== undefined) return
  const { place, path } = await ask('places.get', { id })
  learn([...path, place])
}

/** Opens or closes a branch; opening reads it. */
export function setBranchOpen(connectionId: ConnectionId, parentId: PlaceId | null, isOpen: boolean): void {
  const key = parentId ?? connectionId
  usePlaces.setState(({ open }) => {
    const next = new Set(open)
    if (isOpen) next.add(key)
    else next.delete(key)
    return { open: next }
  })
  if (isOpen) void loadPlaces(connectionId, parentId)
}

/** Makes a place and everything above it known and shows it in the tree. Resolves with the path, root first. */
export async function revealPlace(id: PlaceId): Promise<readonly Place[]> {
  const known = pathOf(usePlaces.getState().byId, id)
  if (known[0]?.parentId === null) {
    openAbove(known)
    return known
  }
  const { place, path } = await ask('places.get', { id })
  const line = path.at(-1)?.id === place.id ? path : [...path, place]
  learn(line)
  openAbove(line)
  return line
}

function openAbove(line: readonly Place[]): void {
  const connectionId = line[0]?.connectionId
  if (connectionId === undefined) return
  for (const parentId of [null, ...line.slice(0, -1).map((each) => each.id)]) {
    if (!usePlaces.getState().open.has(parentId ?? connectionId)) setBranchOpen(connectionId, parentId, true)
  }
}

/** Keeps open branches as the server has them, until the returned function is called. */
export function followPlaces(): () => void {
  return subscribe('places.changed', ({ connectionId, parentId }) => {
    if (usePlaces.getState().children[parentId ?? connectionId] !== undefined)
      void loadPlaces(connectionId, parentId)
  })
}

/** The places above and at `id`, as far as they are known, root first. */
export function pathOf(byId: Readonly<Record<string, Place>>, id: PlaceId | null): readonly Place[] {
  const path: Place[] = []
  let place = id === null ? undefined : byId[id]
  // Bounded: a server that makes a circle of parents must not hang the window.
  while (place !== undefined && path.length < 32) {
    path.unshift(place)
    place = place.parentId === null ? undefined : byId[place.parentId]
  }
  return path
}
