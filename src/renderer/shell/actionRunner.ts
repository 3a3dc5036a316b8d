import { type ActionId, type ActionPlace, actions } from '../../shared/actions.ts'
import type { Asset, Place } from '../../shared/place.ts'
import { castVote } from '../approvals/approvalStore.ts'
import { chooseMedia, chooseVersion } from '../drop/dropStore.ts'
import {
  askAboutShares,
  askFirst,
  askToPurge,
  askToShare,
  moveChosen,
  placeHere,
  removeChosen,
  restoreChosen,
  shareOfAsset,
  shareOfPlace,
  toggleFavourite,
} from '../library/assetCommands.ts'
import { askForApproval, askToClearVotes, voteOnChosen } from '../library/chosenVotes.ts'
import { chosenAsset, refreshPlace, useLibrary } from '../library/libraryStore.ts'
import { playlistRuns } from '../playlists/playlistActions.ts'
import { askToCancel } from '../queue/cancelStore.ts'
import {
  chosenIds,
  chosenTransfers,
  clearFinished,
  command,
  setQueueOpen,
  useTransfers,
} from '../queue/transferStore.ts'
import { undoLast } from '../review/comments/commentView.ts'
import { editCurrent, replyToCurrent, resolveCurrent } from '../review/comments/currentComment.ts'
import { moveOther, nextCompareMode } from '../review/compare/compareStore.ts'
import { swapCompared, swapSound } from '../review/compare/swap.ts'
import { focusComposer } from '../review/composerFocus.ts'
import { keepDrawing } from '../review/drawing/drawingOf.ts'
import { type DrawTool, redoDrawing, takeTool, undoDrawing } from '../review/drawing/drawStore.ts'
import { withoutFullScreen } from '../review/fullScreen.ts'
import { openClip, stepVersion } from '../review/openClip.ts'
import { player } from '../review/playerControl.ts'
import { nextRendition } from '../review/renditions/renditionStore.ts'
import { shownZoom } from '../review/shownZoom.ts'
import { openSearch, searchable } from '../search/searchStore.ts'
import { actionNeeds } from './actionNeeds.ts'
import { changeSettings, useApp } from './appStore.ts'
import { takeOffLayer } from './layers.ts'
import { leaveRoom } from './leaving.ts'
import { openPalette, useOverlays } from './overlayStore.ts'
import { go, goBack, goForward, useRoute } from './routeStore.ts'
import { openStudio } from './studio.ts'
import { isNarrow } from './useNarrow.ts'

/** How far a key moves a large picture, as a share of the stage. */
const panStep = 0.1

/** Whether the keyboard is among the transfers, or in a dialog that was opened from there. */
const isInTransfers = (): boolean =>
  useTransfers.getState().isOpen &&
  useTransfers.getState().selection.ids.size > 0 &&
  document.activeElement?.closest('[data-keys="transfers"], [role="dialog"]') != null

const isAtPlace: Readonly<Record<ActionPlace, () => boolean>> = {
  always: () => true,
  library: () => useLibrary.getState().query !== null && useRoute.getState().route.screen === 'library',
  selection: () =>
    useRoute.getState().route.screen === 'library' && useLibrary.getState().selection.ids.size > 0,
  player: () => ['review', 'playing'].includes(useRoute.getState().route.screen),
  playlist: () => useRoute.getState().route.screen === 'playlist',
  playing: () => useRoute.getState().route.screen === 'playing',
  transfers: isInTransfers,
}

/** Whether the action makes sense now: what the palette offers and the menu may start. */
export const applies = (id: ActionId): boolean =>
  isAtPlace[actions[id].when]() && (actionNeeds[id]?.() ?? true)

function withPlace(act: (place: Place) => void): void {
  const place = placeHere()
  if (place !== undefined) act(place)
}

function withAsset(act: (asset: Asset) => void): void {
  const asset = chosenAsset(useLibrary.getState())
  if (asset !== undefined) act(asset)
}

/** What is asked about it stands over the window: nothing of that is seen in full screen. */
function withOpenClip(act: (asset: Asset) => void): void {
  const asset = openClip()
  if (asset !== null) withoutFullScreen(() => act(asset))
}

function toggleInspector(): void {
  if (isNarrow()) {
    useOverlays.setState(({ isInspectorSheetOpen }) => ({ isInspectorSheetOpen: !isInspectorSheetOpen }))
    return
  }
  void changeSettings({ inspectorShown: !useApp.getState().settings.inspectorShown })
}

function openChosen(): void {
  const asset = chosenAsset(useLibrary.getState())
  if (asset !== undefined) go({ screen: 'review', assetId: asset.id })
}

function toggleChosen(): void {
  const chosen = chosenTransfers()
  const isAnyPaused = chosen.some((transfer) => transfer.state === 'paused')
  const which = chosenIds()
  if (which.length > 0) void command(isAnyPaused ? 'transfers.resume' : 'transfers.pause', which)
}

const withChosen = (name: 'transfers.retry' | 'transfers.sendFirst') => () => {
  const which = chosenIds()
  if (which.length > 0) void command(name, which)
}

/** Drawing is on a frame that stands still. */
const draw = (tool: DrawTool) => () => {
  player()?.pause()
  takeTool(tool)
}

const stepSeconds = (seconds: number) => () => player()?.stepSeconds(seconds)

const runs: Readonly<Record<ActionId, () => void>> = {
  'app.palette': () => openPalette(),
  'app.shortcuts': () => useOverlays.setState({ isShortcutsOpen: true }),
  'app.settings': () => go({ screen: 'settings', section: 'general' }),
  'app.addConnection': () => useOverlays.setState({ connectTo: 'candidio' }),
  'app.openStudio': () => void openStudio(),
  'view.sidebar': () => void changeSettings({ sidebarShown: !useApp.getState().settings.sidebarShown }),
  'view.inspector': toggleInspector,
  'view.queue': () => setQueueOpen(!useTransfers.getState().isOpen),
  'view.grid': () => void changeSettings({ contentView: 'grid' }),
  'view.list': () => void changeSettings({ contentView: 'list' }),
  'view.darkTheme': () => void changeSettings({ theme: 'dark' }),
  'view.lightTheme': () => void changeSettings({ theme: 'light' }),
  'view.systemTheme': () => void changeSettings({ theme: 'system' }),
  'go.out': takeOffLayer,
  'go.back': goBack,
  'go.forward': goForward,
  'library.refresh': () => void refreshPlace(),
  'media.addFiles': () => void chooseMedia('files'),
  'media.addFolders': () => void chooseMedia('folders'),
  'media.open': openChosen,
  'media.newVersion': () => withAsset((asset) => void chooseVersion(asset)),
  'media.favourite': () => void toggleFavourite(),
  'media.rename': () => withAsset((asset) => askFirst({ kind: 'renameAsset', asset })),
  'media.share': askToShare,
  'media.approve': () => void voteOnChosen('approved'),
  'media.needsChanges': () => void voteOnChosen('needsChanges'),
  'media.requestApproval': () => void askForApproval(),
  'media.clearVotes': askToClearVotes,
  'media.remove': () => void removeChosen(),
  'media.moveUp': () => moveChosen(-1),
  'media.moveDown': () => moveChosen(1),
  'media.restore': () => void restoreChosen(),
  'media.purge': askToPurge,
  'place.newFolder': () => withPlace((parent) => askFirst({ kind: 'newFolder', parent })),
  'place.rename': () => withPlace((place) => askFirst({ kind: 'renamePlace', place })),
  'place.share': () => withPlace(shareOfPlace),
  'place.remove': () => withPlace((place) => askFirst({ kind: 'removePlace', place })),
  'go.search': () => openSearch(searchable()),
  'go.shares': () => askAboutShares(),
  'go.inbox': () => go({ screen: 'inbox' }),
  ...playlistRuns,
  'transfers.pauseAll': () => void command('transfers.pause', 'all'),
  'transfers.resumeAll': () => void command('transfers.resume', 'all'),
  'transfers.retryAll': () => void command('transfers.retry', 'all'),
  'transfers.clear': () => void clearFinished(),
  'transfers.toggle': toggleChosen,
  'transfers.retry': withChosen('transfers.retry'),
  'transfers.sendFirst': withChosen('transfers.sendFirst'),
  'transfers.cancel': () => askToCancel(chosenTransfers()),
  'player.toggle': () => player()?.toggle(),
  'player.nextFrame': () => player()?.step(1),
  'player.previousFrame': () => player()?.step(-1),
  'player.nextSecond': stepSeconds(1),
  'player.previousSecond': stepSeconds(-1),
  'player.faster': () => player()?.shuttle(1),
  'player.backward': () => player()?.shuttle(-1),
  'player.markIn': () => player()?.markIn(),
  'player.markOut': () => player()?.markOut(),
  'player.clearRange': () => player()?.clearRange(),
  'player.playRange': () => player()?.playRange(),
  'player.loop': () => player()?.toggleLoop(),
  'player.frameNumbers': () => withOpenClip((asset) => askFirst({ kind: 'firstNumber', asset })),
  'player.zoomIn': () => shownZoom()?.zoom(1),
  'player.zoomOut': () => shownZoom()?.zoom(-1),
  'player.zoomFit': () => shownZoom()?.zoom(0),
  'player.zoomActual': () => shownZoom()?.zoom('actual'),
  'player.panLeft': () => shownZoom()?.pan(panStep, 0),
  'player.panRight': () => shownZoom()?.pan(-panStep, 0),
  'player.panUp': () => shownZoom()?.pan(0, panStep),
  'player.panDown': () => shownZoom()?.pan(0, -panStep),
  'player.start': () => player()?.seek(0),
  'player.end': () => player()?.seek(Number.MAX_SAFE_INTEGER),
  'player.fullScreen': () => player()?.fullScreen(),
  'player.mute': () => player()?.mute(),
  'player.rendition': nextRendition,
  'player.captions': () => player()?.captions(),
  // A picture that stands still has no player.
  'review.comment': () => {
    player()?.pause()
    withoutFullScreen(focusComposer)
  },
  'review.nextComment': () => player()?.toComment(1),
  'review.previousComment': () => player()?.toComment(-1),
  'review.reply': replyToCurrent,
  'review.edit': editCurrent,
  'review.resolve': resolveCurrent,
  'draw.pen': draw('pen'),
  'draw.arrow': draw('arrow'),
  'draw.rectangle': draw('rectangle'),
  'draw.ellipse': draw('ellipse'),
  'draw.text': draw('text'),
  'draw.eraser': draw('eraser'),
  'draw.select': draw('select'),
  'draw.undo': () => {
    if (!undoDrawing()) undoLast()
  },
  'draw.redo': redoDrawing,
  'draw.save': () => void keepDrawing(),
  'review.nextVersion': () => stepVersion(1),
  'review.previousVersion': () => stepVersion(-1),
  'review.share': () => withOpenClip(shareOfAsset),
  'review.compare': () => player()?.compare(),
  'review.compareMode': nextCompareMode,
  'review.swap': swapCompared,
  'review.otherSound': swapSound,
  'review.otherEarlier': () => moveOther(-1),
  'review.otherLater': () => moveOther(1),
  'review.approve': () => void castVote('approved'),
  'review.needsChanges': () => void castVote('needsChanges'),
  'review.close': leaveRoom,
}

/** Runs an action if it makes sense now. Says whether it did. */
export function runAction(id: ActionId): boolean {
  if (!applies(id)) return false
  runs[id]()
  return true
}
