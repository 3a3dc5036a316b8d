import type { ActionId } from '../../shared/actions.ts'
import type { AssetId } from '../../shared/ids.ts'
import { mostEntries, type PlaylistStep } from '../../shared/playlist.ts'
import { chosenAssets, chosenIds, placeHere, run } from '../library/assetCommands.ts'
import { useLibrary } from '../library/libraryStore.ts'
import { go, useRoute } from '../shell/routeStore.ts'
import { sayTrouble, sayWords } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { chosenEntries, moveChosenEntries, takeOutChosen, usePage } from './pageStore.ts'
import {
  askPlaylist,
  changeEntry,
  draftsOf,
  duplicatePlaylist,
  keepChosen,
  mayWith,
  playChosen,
  removePlaylist,
  usePlaylists,
} from './playlistStore.ts'
import { listPlayer } from './shownList.ts'
import { voteAndGoOn } from './voteNext.ts'

/** The chosen assets as they stand in the place, those not read yet at the end. */
function chosenInOrder(): AssetId[] {
  const read = chosenAssets().map((asset) => asset.id)
  const isRead = new Set<AssetId>(read)
  return [...read, ...chosenIds().filter((id) => !isRead.has(id))]
}

function addChosen(): void {
  const drafts = draftsOf(chosenInOrder())
  if (drafts.length > 0) askPlaylist({ kind: 'add', drafts, source: placeHere()?.connectionId ?? null })
}

/** Several chosen ones, or everything here, from the one that is chosen on. */
async function playHere(): Promise<void> {
  const chosen = chosenInOrder()
  if (chosen.length > 1) {
    playChosen({ name: text.playing.chosen(chosen.length), drafts: draftsOf(chosen) })
    return
  }
  const { pager } = useLibrary.getState()
  const place = placeHere()
  if (pager === null || pager.total === 0) {
    sayTrouble(text.playlists.nothingChosen)
    return
  }
  const rows = await pager.rowsBetween(0, Math.min(pager.total, mostEntries + 1) - 1)
  const drafts = draftsOf(rows.map((asset) => asset.id))
  const start = Math.max(
    0,
    drafts.findIndex(({ assetId }) => assetId === chosen[0]),
  )
  playChosen({ name: place?.name ?? '', drafts, start })
}

const pageList = () => {
  const { route } = useRoute.getState()
  return route.screen === 'playlist'
    ? usePlaylists.getState().lists.find((each) => each.id === route.id)
    : undefined
}

function playPage(): void {
  const list = pageList()
  const { selection, entries } = usePage.getState()
  if (list === undefined || entries.length === 0) return
  const [from] = selection.ids.size > 0 ? chosenEntries() : []
  go({
    screen: 'playing',
    list: { kind: 'kept', id: list.id },
    ...(from === undefined ? {} : { entryId: from.id }),
  })
}

/** The entry that is on plays from in to out (`isTrimmed`), or all of it; of a list that is kept this is kept. */
function trim(isTrimmed: boolean): void {
  const { route } = useRoute.getState()
  const list = listPlayer()
  const entry = list?.entries[list.index]
  if (list === null || entry === undefined || route.screen !== 'playing') return
  const { range } = list.slot(entry.id)
  if (isTrimmed && range.isEmpty) {
    sayTrouble(text.playing.trimNeedsMarks)
    return
  }
  const { first, last } = range.within(list.timing.frameCount)
  const wanted = isTrimmed ? { startFrame: first, endFrame: last } : null
  range.clear()
  const saidDone = () => sayWords(isTrimmed ? text.playing.trimSaid : text.playing.untrimSaid)
  if (route.list.kind === 'kept') {
    void changeEntry({ id: entry.id, range: wanted }).then((isDone) => (isDone ? saidDone() : undefined))
    return
  }
  trimChosen(route.list.number, list.index, wanted)
  saidDone()
}

function trimChosen(
  number: number,
  index: number,
  range: { readonly startFrame: number; readonly endFrame: number } | null,
): void {
  usePlaylists.setState(({ chosen }) => {
    const list = chosen.get(number)
    if (list === undefined) return {}
    const drafts = list.drafts.map((draft, at) => (at === index ? { ...draft, range } : draft))
    return { chosen: new Map(chosen).set(number, { ...list, drafts }) }
  })
}

function keepShown(): void {
  const { route } = useRoute.getState()
  const list = listPlayer()
  if (route.screen === 'playing' && list !== null) keepChosen(route.list, list.entries)
}

type PlaylistActionId = Extract<ActionId, `playlist.${string}`>

/** What the actions about playlists do. */
export const playlistRuns: Readonly<Record<PlaylistActionId, () => void>> = {
  'playlist.create': () => askPlaylist({ kind: 'create', name: '', drafts: [] }),
  'playlist.add': addChosen,
  'playlist.playChosen': () => void run(playHere),
  'playlist.play': playPage,
  'playlist.moveUp': () => moveChosenEntries(-1),
  'playlist.moveDown': () => moveChosenEntries(1),
  'playlist.takeOut': takeOutChosen,
  'playlist.rename': () => {
    const playlist = pageList()
    if (playlist !== undefined) askPlaylist({ kind: 'rename', playlist })
  },
  'playlist.duplicate': () => {
    const playlist = pageList()
    if (playlist !== undefined) void duplicatePlaylist(playlist)
  },
  'playlist.remove': () => {
    const playlist = pageList()
    if (playlist !== undefined) void removePlaylist(playlist)
  },
  'playlist.next': () => listPlayer()?.toClip(1),
  'playlist.previous': () => listPlayer()?.toClip(-1),
  'playlist.loop': () => listPlayer()?.setLooping(!listPlayer()?.isLooping),
  'playlist.approveNext': () => void voteAndGoOn('approved'),
  'playlist.needsChangesNext': () => void voteAndGoOn('needsChanges'),
  'playlist.trim': () => trim(true),
  'playlist.untrim': () => trim(false),
  'playlist.keep': keepShown,
}

const hasEntries = () => usePage.getState().entries.length > 0
/** The list of the page, or the one that plays. */
const mayHere = (step: PlaylistStep) => {
  const { route } = useRoute.getState()
  if (route.screen === 'playlist') return mayWith(route.id, step)
  return route.screen === 'playing' && (route.list.kind === 'chosen' || mayWith(route.list.id, step))
}
const isChosenList = () => {
  const { route } = useRoute.getState()
  return route.screen === 'playing' && route.list.kind === 'chosen'
}

export const playlistNeeds: Readonly<Partial<Record<PlaylistActionId, () => boolean>>> = {
  'playlist.add': () => placeHere()?.shelf !== 'deleted',
  'playlist.playChosen': () => placeHere()?.shelf !== 'deleted',
  'playlist.play': hasEntries,
  'playlist.moveUp': () => hasEntries() && mayHere('move'),
  'playlist.moveDown': () => hasEntries() && mayHere('move'),
  'playlist.takeOut': () => hasEntries() && mayHere('takeOut'),
  'playlist.rename': () => mayHere('rename'),
  'playlist.remove': () => mayHere('remove'),
  'playlist.trim': () => mayHere('change'),
  'playlist.untrim': () => mayHere('change'),
  'playlist.keep': isChosenList,
}
