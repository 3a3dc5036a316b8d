import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import { type Failure, toFailure } from '../../shared/errors.ts'
import type { PlaceId } from '../../shared/ids.ts'
import type { Asset, AssetFilter, AssetSort, ReviewStatus } from '../../shared/place.ts'
import type { Transfer } from '../../shared/transfer.ts'
import { ask, subscribe } from '../bridge.ts'
import { onTransfersChanged } from '../queue/transferStore.ts'
import { usePlaces } from '../sidebar/placeStore.ts'
import { arranged, isOver } from './onTheWay.ts'
import { Pager } from './pager.ts'
import { handedOver, noSelection, type Selection, type SelectionStep, selectionAfter } from './selection.ts'

export type ReviewFilter = 'all' | Exclude<ReviewStatus, 'unknown' | 'none'>
export type PlaceFacts = Omit<Output<'assets.list'>, 'rows'>

interface Query {
  readonly placeId: PlaceId
  readonly sort: AssetSort
  readonly review: ReviewFilter
  readonly find: string
}

interface LibraryState {
  readonly query: Query | null
  readonly pager: Pager<Asset> | null
  /** Of the last answer, whatever page it was for. */
  readonly facts: PlaceFacts | null
  /** The list could not be read; what was read before stays. */
  readonly failure: Failure | null
  /** Files on their way to this place that are no asset of it yet: shown before everything else. */
  readonly onTheWay: readonly Transfer[]
  /** Files on their way whose asset is among the rows: each is shown in its place, so that one thing is one card. */
  readonly inPlace: ReadonlyMap<string, Transfer>
  readonly selection: Selection
}

const empty: LibraryState = {
  query: null,
  pager: null,
  facts: null,
  failure: null,
  onTheWay: [],
  inPlace: new Map(),
  selection: noSelection,
}

/** The place on the screen, its assets as far as they were looked at, and what is chosen. */
export const useLibrary = create<LibraryState>(() => empty)

export type LibraryItem =
  | { readonly kind: 'asset'; readonly id: string; readonly asset: Asset }
  | { readonly kind: 'transfer'; readonly id: string; readonly transfer: Transfer }

export type Items = Pick<LibraryState, 'onTheWay' | 'inPlace' | 'pager'>

export const itemCount = ({ onTheWay, pager }: Pick<Items, 'onTheWay' | 'pager'>): number =>
  onTheWay.length + (pager?.total ?? 0)

export function itemAt({ onTheWay, inPlace, pager }: Items, index: number): LibraryItem | undefined {
  const transfer = onTheWay[index]
  if (transfer !== undefined) return { kind: 'transfer', id: transfer.id, transfer }
  const asset = pager?.rowAt(index - onTheWay.length)
  if (asset === undefined) return undefined
  const moving = asset.transferId === null ? undefined : inPlace.get(asset.transferId)
  return moving === undefined
    ? { kind: 'asset', id: asset.id, asset }
    : { kind: 'transfer', id: moving.id, transfer: moving }
}

const filterOf = ({ review, find }: Query): AssetFilter => ({
  ...(review === 'all' ? {} : { review }),
  ...(find === '' ? {} : { text: find }),
})

function pagerOf(query: Query): Pager<Asset> {
  const pager: Pager<Asset> = new Pager({
    read: async (offset, limit) => {
      const { rows, ...facts } = await ask('assets.list', {
        placeId: query.placeId,
        offset,
        limit,
        sort: query.sort,
        filter: filterOf(query),
      })
      if (useLibrary.getState().query === query) {
        takeFacts(facts)
        dropFinished()
      }
      return { rows, total: facts.total }
    },
    onFailure: (error) => {
      if (useLibrary.getState().query === query) useLibrary.setState({ failure: toFailure(error) })
    },
  })
  pager.subscribe(() => {
    if (useLibrary.getState().pager === pager) arrange()
  })
  return pager
}

/** Every page brings the same facts again; only others are news for the screen. */
function takeFacts(facts: PlaceFacts): void {
  const before = useLibrary.getState()
  const isSame = JSON.stringify(before.facts) === JSON.stringify(facts)
  if (!isSame || before.failure !== null)
    useLibrary.setState({ facts: isSame ? before.facts : facts, failure: null })
}

/** A whole screen of the largest windows. */
const firstRows = 120

/** Shows a place. What was on the screen of another place goes at once. */
export function openPlace(placeId: PlaceId | null): void {
  const { query, pager } = useLibrary.getState()
  if (query?.placeId === (placeId ?? undefined)) return
  pager?.end()
  if (placeId === null) {
    useLibrary.setState(empty)
    return
  }
  const isOrdered = usePlaces.getState().byId[placeId]?.isOrdered ?? false
  const kept = query?.sort === 'given' ? 'newest' : (query?.sort ?? 'newest')
  const next: Query = { placeId, sort: isOrdered ? 'given' : kept, review: 'all', find: '' }
  useLibrary.setState({ ...empty, query: next, pager: pagerOf(next) })
  useLibrary.getState().pager?.want(0, firstRows)
  void readOnTheWay()
}

/** Another order or filter of the same place: the old rows stay until the new ones are here. */
export function changeQuery(change: Partial<Omit<Query, 'placeId'>>): void {
  const { query, pager: before } = useLibrary.getState()
  if (query === null) return
  const next = { ...query, ...change }
  const pager = pagerOf(next)
  useLibrary.setState({ query: next, selection: noSelection })
  const show = () => {
    clearTimeout(late)
    stop()
    if (useLibrary.getState().query !== next || useLibrary.getState().pager === pager) return
    before?.end()
    useLibrary.setState({ pager })
    arrange()
  }
  const stop = pager.subscribe(show)
  // An answer that takes longer than this gets placeholders instead of rows that are no longer meant.
  const late = setTimeout(show, 150)
  pager.want(0, firstRows)
}

export const selectItems = (step: SelectionStep): void =>
  useLibrary.setState(({ selection }) => ({ selection: selectionAfter(selection, step) }))

export async function refreshPlace(): Promise<void> {
  const { query, pager } = useLibrary.getState()
  if (query === null) return
  useLibrary.setState({ failure: null })
  try {
    await ask('assets.refresh', { placeId: query.placeId })
  } catch (error) {
    useLibrary.setState({ failure: toFailure(error) })
  }
  pager?.refresh()
}

/** What the place holds has become another: the rows are read again, the server is not asked. */
export function refreshRows(): void {
  useLibrary.setState({ selection: noSelection })
  useLibrary.getState().pager?.refresh()
}

async function readOnTheWay(): Promise<void> {
  const placeId = useLibrary.getState().query?.placeId
  if (placeId === undefined) return
  try {
    const { rows } = await ask('transfers.list', { offset: 0, limit: 500, filter: 'all', placeId })
    if (useLibrary.getState().query?.placeId !== placeId) return
    arrange(rows.filter((row) => !isOver(row)))
  } catch (error) {
    const failure = toFailure(error)
    // What is wrong with the transfers as a whole is said where they are; the place itself can be shown.
    if (failure.code.startsWith('database.')) useLibrary.setState({ onTheWay: [] })
    else useLibrary.setState({ failure })
  }
}

const allMoving = ({ onTheWay, inPlace }: Pick<LibraryState, 'onTheWay' | 'inPlace'>): Transfer[] => [
  ...onTheWay,
  ...inPlace.values(),
]

/** Puts each file on its way where it is shown: in the place of its asset, or before everything else. */
function arrange(moving = allMoving(useLibrary.getState())): void {
  const { onTheWay, inPlace, pager } = useLibrary.getState()
  if (moving.length + onTheWay.length + inPlace.size === 0) return
  const here = new Map<string, string>()
  pager?.each(({ id, transferId }) => transferId !== null && here.set(transferId, id))
  const next = arranged(moving, new Set(here.keys()), { onTheWay, inPlace })
  if (next.onTheWay !== onTheWay || next.inPlace !== inPlace)
    useLibrary.setState(({ selection }) => ({
      ...next,
      selection: handedOver(selection, here, next.inPlace),
    }))
}

/** Rows that are finished stay until the assets were read again: no card may vanish before the other is there. */
function takeChanges(rows: readonly Transfer[]): void {
  const { query, pager } = useLibrary.getState()
  if (query === null) return
  const moving = allMoving(useLibrary.getState())
  const here = new Map(
    rows.filter((row) => row.destination.placeId === query.placeId).map((row) => [row.id, row]),
  )
  if (here.size === 0) return
  const known = new Set(moving.map((row) => row.id))
  const kept = moving.map((row) => here.get(row.id) ?? row)
  const added = [...here.values()].filter((row) => !known.has(row.id) && !isOver(row))
  arrange([...kept, ...added].filter((row) => row.state !== 'canceled'))
  if (kept.some((row) => row.state === 'done')) pager?.refresh()
}

function dropFinished(): void {
  const { onTheWay } = useLibrary.getState()
  if (onTheWay.some(isOver)) useLibrary.setState({ onTheWay: onTheWay.filter((row) => !isOver(row)) })
}

/** Keeps the place on the screen as main has it, until the returned function is called. */
export function followLibrary(): () => void {
  const ends = [
    subscribe('assets.changed', ({ placeId }) => {
      const { query, pager } = useLibrary.getState()
      if (query?.placeId === placeId) pager?.refresh()
    }),
    onTransfersChanged(takeChanges),
  ]
  return () => {
    for (const end of ends) end()
  }
}

/** The one asset that is chosen, if it is one and it is here. */
export function chosenAsset(state: LibraryState): Asset | undefined {
  const [id] = state.selection.ids
  if (id === undefined || state.selection.ids.size !== 1) return undefined
  const active = itemAt(state, state.selection.active)
  if (active?.id === id) return active.kind === 'asset' ? active.asset : undefined
  const index = state.pager?.indexOf((asset) => asset.id === id)
  return index === undefined ? undefined : state.pager?.rowAt(index)
}

export function chosenTransfer(state: LibraryState): Transfer | undefined {
  const [id] = state.selection.ids
  return state.selection.ids.size === 1 ? allMoving(state).find((row) => row.id === id) : undefined
}

/** Nothing can be shown yet: the first answer has not come, or the server is still asked for the very first list. */
export const useIsFirstRead = (): boolean =>
  useLibrary(({ pager, onTheWay, facts, failure }) => {
    if (pager === null || failure !== null) return false
    return !pager.isLoaded || (facts?.isSyncing === true && itemCount({ pager, onTheWay }) === 0)
  })
