import { create } from 'zustand'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { ConnectionId, PlaceId } from '../../shared/ids.ts'
import type { Facet } from '../../shared/search.ts'
import { ask } from '../bridge.ts'
import { placeHere } from '../library/assetCommands.ts'
import { refreshRows } from '../library/libraryStore.ts'
import { useApp } from '../shell/appStore.ts'
import { go, useRoute } from '../shell/routeStore.ts'
import { learnPlace } from '../sidebar/placeStore.ts'

interface SearchState {
  readonly connectionId: ConnectionId | null
  readonly text: string
  /** Chosen values by facet name. */
  readonly chosen: Readonly<Record<string, readonly string[]>>
  readonly placeId: PlaceId | null
  readonly total: number
  readonly facets: readonly Facet[]
  readonly isAsking: boolean
  readonly failure: Failure | null
}

const empty: SearchState = {
  connectionId: null,
  text: '',
  chosen: {},
  placeId: null,
  total: 0,
  facets: [],
  isAsking: false,
  failure: null,
}

/** One question to a service's own search; its answer is shown as a place. */
export const useSearch = create<SearchState>(() => empty)

/** The connection that a search would ask: the one on the screen, or the only one that can. */
export function searchable(): ConnectionId | undefined {
  const able = useApp.getState().connections.filter((each) => each.powers.includes('search'))
  const here = placeHere()?.connectionId
  return (able.find((each) => each.id === here) ?? able[0])?.id
}

/** Shows the search of a connection, with what was asked there last. */
export function openSearch(connectionId: ConnectionId | undefined, text?: string): void {
  if (connectionId === undefined) return
  const before = useSearch.getState()
  if (before.connectionId !== connectionId) useSearch.setState({ ...empty, connectionId })
  if (text !== undefined) useSearch.setState({ text, chosen: {} })
  void askSearch().then(() => document.getElementById('service-search')?.focus())
}

let asked = 0
let waiting: ReturnType<typeof setTimeout> | undefined
const pause = 200

/** What is typed is asked for once the typing rests. */
export function typeSearch(text: string): void {
  useSearch.setState({ text })
  clearTimeout(waiting)
  waiting = setTimeout(() => void askSearch(), pause)
}

export function toggleFacet(name: string, value: string): void {
  useSearch.setState(({ chosen }) => {
    const values = chosen[name] ?? []
    const next = values.includes(value) ? values.filter((each) => each !== value) : [...values, value]
    return { chosen: { ...chosen, [name]: next } }
  })
  void askSearch()
}

export function clearFacets(): void {
  useSearch.setState({ chosen: {} })
  void askSearch()
}

async function askSearch(): Promise<void> {
  const { connectionId, text, chosen } = useSearch.getState()
  if (connectionId === null) return
  asked += 1
  const mine = asked
  useSearch.setState({ isAsking: true, failure: null })
  try {
    const wanted = Object.fromEntries(
      Object.entries(chosen)
        .filter(([, values]) => values.length > 0)
        .map(([name, values]) => [name, [...values]]),
    )
    const result = await ask('search.open', { connectionId, text, chosen: wanted })
    // A newer question has its own answer.
    if (mine !== asked) return
    await learnPlace(result.placeId)
    useSearch.setState({ ...result, isAsking: false })
    const { route } = useRoute.getState()
    if (route.screen === 'library' && route.placeId === result.placeId) refreshRows()
    else go({ screen: 'library', placeId: result.placeId })
  } catch (error) {
    if (mine === asked) useSearch.setState({ isAsking: false, failure: toFailure(error) })
  }
}
