import { stopChoosing, useCommentView } from '../review/comments/commentView.ts'
import { isComparing, stopComparing } from '../review/compare/compareStore.ts'
import { focusStage, stageShown } from '../review/composerFocus.ts'
import { chooseShape, leaveDrawingOf, putToolAway, useDraw } from '../review/drawing/drawStore.ts'
import { leaveFullScreen } from '../review/fullScreen.ts'
import { leaveRoom, leaveSettings } from './leaving.ts'
import { useOverlays } from './overlayStore.ts'
import { useRoute } from './routeStore.ts'
import { isNarrow } from './useNarrow.ts'

/**
 * What can lie over a screen, from the top down, and the screens themselves last. Nearer still are menus, sheets, and
 * fields with something typed in them: they use the press themselves, and what was used does not come here.
 */
export const layerOrder = [
  'fullScreen',
  'inspector',
  'shape',
  'tool',
  'drawing',
  'comparison',
  'choosing',
  'focus',
  'field',
  'room',
  'settings',
] as const
export type LayerName = (typeof layerOrder)[number]

interface Layer {
  readonly isThere: () => boolean
  readonly takeOff: () => void
}

const screen = () => useRoute.getState().route.screen
const isRoom = () => screen() === 'review' || screen() === 'playing'

/** The focus is among the comments: whoever was writing or reading goes on looking. Beside that, controls are no place to be. */
const isAmongComments = (): boolean =>
  stageShown() !== null && document.activeElement?.closest('[data-comments]') != null

const typedIn = 'textarea, input:not([type="checkbox"], [type="radio"], [type="range"])'
const sectionOfSettings = () => document.querySelector<HTMLElement>('nav [aria-current="page"]')

const layers: Readonly<Record<LayerName, Layer>> = {
  fullScreen: {
    isThere: () => document.fullscreenElement !== null,
    takeOff: leaveFullScreen,
  },
  inspector: {
    isThere: () => screen() === 'library' && isNarrow() && useOverlays.getState().isInspectorSheetOpen,
    takeOff: () => useOverlays.setState({ isInspectorSheetOpen: false }),
  },
  shape: { isThere: () => isRoom() && useDraw.getState().chosen !== null, takeOff: () => chooseShape(null) },
  tool: { isThere: () => isRoom() && useDraw.getState().tool !== null, takeOff: putToolAway },
  drawing: { isThere: () => isRoom() && useDraw.getState().of !== null, takeOff: leaveDrawingOf },
  comparison: {
    isThere: () => isRoom() && isComparing(),
    takeOff: () => stopComparing(),
  },
  choosing: { isThere: () => isRoom() && useCommentView.getState().chosen !== null, takeOff: stopChoosing },
  focus: { isThere: () => isRoom() && isAmongComments(), takeOff: focusStage },
  field: {
    isThere: () => screen() === 'settings' && document.activeElement?.matches(typedIn) === true,
    takeOff: () => sectionOfSettings()?.focus(),
  },
  room: { isThere: isRoom, takeOff: leaveRoom },
  settings: { isThere: () => screen() === 'settings', takeOff: leaveSettings },
}

/** What one press of Escape would take off; undefined where nothing lies over anything. */
export const topLayer = (): LayerName | undefined => layerOrder.find((name) => layers[name].isThere())

/** Takes off one layer and leaves those below as they are. */
export function takeOffLayer(): void {
  const name = topLayer()
  if (name !== undefined) layers[name].takeOff()
}
