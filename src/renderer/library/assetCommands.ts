import { create } from 'zustand'
import type { Connection, PowerName } from '../../shared/connection.ts'
import { toFailure } from '../../shared/errors.ts'
import type { AssetId, ConnectionId, VersionId } from '../../shared/ids.ts'
import type { Asset, Place } from '../../shared/place.ts'
import type { ShareTarget } from '../../shared/share.ts'
import { ask } from '../bridge.ts'
import { useApp } from '../shell/appStore.ts'
import { say, sayWords } from '../shell/sayStore.ts'
import { usePlaces } from '../sidebar/placeStore.ts'
import { text } from '../text/text.ts'
import { changeQuery, selectItems, useLibrary } from './libraryStore.ts'
import { indexInGap } from './orderGap.ts'

/** What is being asked about assets or places before it is done; at most one thing at a time. */
export type AssetQuestion =
  | { readonly kind: 'renameAsset'; readonly asset: Asset }
  | { readonly kind: 'renamePlace'; readonly place: Place }
  | { readonly kind: 'firstNumber'; readonly asset: Asset }
  | { readonly kind: 'newFolder'; readonly parent: Place }
  | { readonly kind: 'removePlace'; readonly place: Place }
  /** `isSure`: the first of the two questions was answered. */
  | { readonly kind: 'purge'; readonly ids: readonly AssetId[]; readonly isSure: boolean }
  | { readonly kind: 'purgePlace'; readonly place: Place; readonly isSure: boolean }
  | {
      readonly kind: 'share'
      readonly connectionId: ConnectionId
      readonly targets: readonly ShareTarget[]
      readonly name: string
    }
  | { readonly kind: 'allShares'; readonly connectionId: ConnectionId }
  | { readonly kind: 'requestApproval'; readonly versionIds: readonly VersionId[]; readonly name: string }
  | { readonly kind: 'clearVotes'; readonly ids: readonly AssetId[]; readonly isLocal: boolean }

export const useAssetQuestion = create<{ readonly asked: AssetQuestion | null }>(() => ({ asked: null }))
export const askFirst = (asked: AssetQuestion): void => useAssetQuestion.setState({ asked })
export const answered = (): void => useAssetQuestion.setState({ asked: null })

/** Assets that are chosen and read already; files on their way are not among them. */
export function chosenAssets(): readonly Asset[] {
  const { pager, selection } = useLibrary.getState()
  const chosen: Asset[] = []
  pager?.each((asset) => {
    if (selection.ids.has(asset.id)) chosen.push(asset)
  })
  return chosen
}

/** Every chosen asset, read already or not. */
export function chosenIds(): AssetId[] {
  const { selection, onTheWay, inPlace } = useLibrary.getState()
  const moving = new Set<string>([...onTheWay.map((transfer) => transfer.id), ...inPlace.keys()])
  return [...selection.ids].filter((id) => !moving.has(id)) as AssetId[]
}

/** The most that one call takes. */
const mostAtOnce = 500

export async function inTurns(
  ids: readonly AssetId[],
  act: (some: AssetId[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < ids.length; at += mostAtOnce) await act(ids.slice(at, at + mostAtOnce))
}

export function placeHere(): Place | undefined {
  const placeId = useLibrary.getState().query?.placeId
  return placeId === undefined ? undefined : usePlaces.getState().byId[placeId]
}

export function connectionHere(): Connection | undefined {
  const connectionId = placeHere()?.connectionId
  return useApp.getState().connections.find((each) => each.id === connectionId)
}

/** Whether the service of the place on the screen can do it. */
export const canHere = (power: PowerName): boolean => connectionHere()?.powers.includes(power) ?? false

/** Does it and says how it went. Nothing on the screen changes before main has agreed. */
export async function run(act: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await act()
    if (done !== undefined) sayWords(done)
    return true
  } catch (error) {
    say(toFailure(error))
    return false
  }
}

/** All of them become favourites, unless all are already. */
export async function toggleFavourite(): Promise<void> {
  const ids = chosenIds()
  if (ids.length === 0) return
  const isFavourite = !chosenAssets().every((asset) => asset.isFavourite)
  await run(() => inTurns(ids, (some) => ask('assets.favourite', { ids: some, isFavourite })))
}

async function withChosen(call: 'assets.remove' | 'assets.restore', done: (count: number) => string) {
  const ids = chosenIds()
  if (ids.length === 0) return
  if (await run(() => inTurns(ids, (some) => ask(call, { ids: some })), done(ids.length)))
    selectItems({ kind: 'clear' })
}

/** Into the trash: it can be taken back, so nobody is asked first. */
export const removeChosen = () => withChosen('assets.remove', text.library.removed)
export const restoreChosen = () => withChosen('assets.restore', text.library.restored)

/** Asks twice before anything is deleted for good. */
export function askToPurge(): void {
  const ids = chosenIds()
  if (ids.length > 0) askFirst({ kind: 'purge', ids, isSure: false })
}

export async function purge(ids: readonly AssetId[]): Promise<void> {
  answered()
  const isDone = await run(
    () => inTurns(ids, (some) => ask('assets.purge', { ids: some, count: some.length })),
    text.library.purged(ids.length),
  )
  if (isDone) selectItems({ kind: 'clear' })
}

/** Whether it has that name now: one it has already is not sent. */
export const renameAsset = async (asset: Asset, name: string): Promise<boolean> =>
  name === asset.name || run(() => ask('assets.rename', { id: asset.id, name }))
export const renamePlace = async (place: Place, name: string): Promise<boolean> =>
  name === place.name || run(() => ask('places.rename', { id: place.id, name }))
export const createFolder = (parent: Place, name: string) =>
  run(() => ask('places.create', { parentId: parent.id, name }))
export const removePlace = (place: Place) => run(() => ask('places.remove', { id: place.id }))
export const restorePlace = (place: Place) => run(() => ask('places.restore', { id: place.id }))
export const purgePlace = (place: Place) => run(() => ask('places.purge', { id: place.id, name: place.name }))

/** What can be shared together: chosen assets, or the place on the screen. */
export function askToShare(): void {
  const assets = chosenAssets()
  const place = placeHere()
  const [first] = assets
  if (first !== undefined)
    askFirst({
      kind: 'share',
      connectionId: first.connectionId,
      targets: assets.map(({ id }) => ({ assetId: id })),
      name: assets.length === 1 ? first.name : text.library.assetCount(assets.length),
    })
  else if (place !== undefined) shareOfPlace(place)
}

export function shareOfPlace({ id, connectionId, name }: Place): void {
  askFirst({ kind: 'share', connectionId, targets: [{ placeId: id }], name })
}

export function shareOfAsset({ id, connectionId, name }: Asset): void {
  askFirst({ kind: 'share', connectionId, targets: [{ assetId: id }], name })
}

/** The connection here, else the first that can: whose shares are meant. */
export function sharingConnection(): ConnectionId | undefined {
  const able = useApp.getState().connections.filter(({ powers }) => powers.includes('shares'))
  const here = placeHere()?.connectionId
  return (able.find(({ id }) => id === here) ?? able[0])?.id
}

export function askAboutShares(connectionId = sharingConnection()): void {
  if (connectionId !== undefined) askFirst({ kind: 'allShares', connectionId })
}

/** Whether the order on the screen is kept by hand, and may be changed. */
export function canOrderHere(): boolean {
  const place = placeHere()
  return (
    place?.isOrdered === true &&
    place.mayEdit !== false &&
    canHere('ordering') &&
    useLibrary.getState().query?.sort === 'given'
  )
}

/** Puts the one chosen asset into a gap of an order kept by hand: `gap` is the one before the asset of that number. */
export async function moveChosenTo(gap: number): Promise<void> {
  const { pager, query, onTheWay, selection } = useLibrary.getState()
  const [asset] = chosenAssets()
  if (pager === null || query === null || asset === undefined || selection.ids.size !== 1) return
  const to = indexInGap(selection.active - onTheWay.length, gap)
  if (to === undefined || gap < 0 || gap > pager.total) return
  const isMoved = await run(async () => {
    const [next] = gap === pager.total ? [] : await pager.rowsBetween(gap, gap)
    await ask('assets.move', { placeId: query.placeId, id: asset.id, before: next?.id ?? null })
  })
  if (isMoved) selectItems({ kind: 'only', id: asset.id, index: onTheWay.length + to })
}

/** A place up or down. */
export function moveChosen(by: 1 | -1): void {
  const { onTheWay, selection } = useLibrary.getState()
  const from = selection.active - onTheWay.length
  if (canOrderHere()) void moveChosenTo(by === 1 ? from + 2 : from - 1)
}

/** From now on the order is kept by hand, or no longer; what is on the screen follows. */
export async function setOrdered(place: Place, isOrdered: boolean): Promise<void> {
  if (!(await run(() => ask('places.setOrdered', { id: place.id, isOrdered })))) return
  const { query } = useLibrary.getState()
  if (query?.placeId === place.id && (query.sort === 'given') !== isOrdered)
    changeQuery({ sort: isOrdered ? 'given' : 'newest' })
}
