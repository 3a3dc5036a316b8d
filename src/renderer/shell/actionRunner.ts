import { type ActionId, type ActionPlace, actions } from '../../shared/actions.ts'
import { chooseMedia } from '../drop/dropStore.ts'
import { chosenAsset, refreshPlace, useLibrary } from '../library/libraryStore.ts'
import { askToCancel } from '../queue/cancelStore.ts'
import {
  chosenIds,
  chosenTransfers,
  clearFinished,
  command,
  setQueueOpen,
  useTransfers,
} from '../queue/transferStore.ts'
import { player } from '../review/playerControl.ts'
import { changeSettings, useApp } from './appStore.ts'
import { openPalette, useOverlays } from './overlayStore.ts'
import { go, goBack, goForward, useRoute } from './routeStore.ts'
import { openStudio } from './studio.ts'
import { isNarrow } from './useNarrow.ts'

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
  player: () => useRoute.getState().route.screen === 'review',
  transfers: isInTransfers,
}

/** Whether the action makes sense now: what the palette offers and the menu may start. */
export const applies = (id: ActionId): boolean => isAtPlace[actions[id].when]()

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

function leaveReview(): void {
  const { past } = useRoute.getState()
  if (past.at(-1)?.screen === 'library') goBack()
  else go({ screen: 'library', placeId: useLibrary.getState().query?.placeId ?? null })
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

const stepSeconds = (seconds: number) => () => player()?.stepSeconds(seconds)

const runs: Readonly<Record<ActionId, () => void>> = {
  'app.palette': () => openPalette(),
  'app.shortcuts': () => useOverlays.setState({ isShortcutsOpen: true }),
  'app.settings': () => go({ screen: 'settings', section: 'general' }),
  'app.addConnection': () => useOverlays.setState({ isConnectOpen: true }),
  'app.openStudio': () => void openStudio(),
  'view.sidebar': () => void changeSettings({ sidebarShown: !useApp.getState().settings.sidebarShown }),
  'view.inspector': toggleInspector,
  'view.queue': () => setQueueOpen(!useTransfers.getState().isOpen),
  'view.grid': () => void changeSettings({ contentView: 'grid' }),
  'view.list': () => void changeSettings({ contentView: 'list' }),
  'view.darkTheme': () => void changeSettings({ theme: 'dark' }),
  'view.lightTheme': () => void changeSettings({ theme: 'light' }),
  'view.systemTheme': () => void changeSettings({ theme: 'system' }),
  'go.back': goBack,
  'go.forward': goForward,
  'library.refresh': () => void refreshPlace(),
  'media.addFiles': () => void chooseMedia('files'),
  'media.addFolders': () => void chooseMedia('folders'),
  'media.open': openChosen,
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
  'player.faster': () => player()?.faster(),
  'player.slower': () => player()?.slower(),
  'player.start': () => player()?.seek(0),
  'player.end': () => player()?.seek(Number.MAX_SAFE_INTEGER),
  'player.fullScreen': () => player()?.fullScreen(),
  'player.mute': () => player()?.mute(),
  'review.comment': () => player()?.comment(),
  'review.nextComment': () => player()?.toComment(1),
  'review.previousComment': () => player()?.toComment(-1),
  'review.close': leaveReview,
}

/** Runs an action if it makes sense now. Says whether it did. */
export function runAction(id: ActionId): boolean {
  if (!applies(id)) return false
  runs[id]()
  return true
}
