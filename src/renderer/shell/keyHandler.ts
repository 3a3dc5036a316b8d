import { type ActionId, type ActionPlace, actions, keysOf } from '../../shared/actions.ts'
import { isPress, type KeyPress } from '../ui/keyText.ts'
import { isMac } from '../ui/platform.ts'
import { applies, runAction } from './actionRunner.ts'
import { useApp } from './appStore.ts'

/** Where two actions have the same keys, the nearer place wins. */
const nearness: Readonly<Record<ActionPlace, number>> = {
  transfers: 0,
  playing: 1,
  player: 2,
  playlist: 2,
  selection: 3,
  library: 4,
  always: 5,
}

const ids = (Object.keys(actions) as ActionId[]).sort(
  (a, b) => nearness[actions[a].when] - nearness[actions[b].when],
)

const typing = 'input, textarea, select, [contenteditable="true"]'
const ownKeys =
  '[role="slider"], [role="tab"], [role="radio"], [role="menuitem"], [role="menuitemradio"], [role="separator"]'
const pressed = 'button, a[href], summary, [role="button"]'

/** Whether the thing with the focus needs this press for itself. */
export function isTaken(target: Element | null, press: KeyPress): boolean {
  if (target === null) return false
  // What has a use of its own for Escape has used it by now.
  if (press.key === 'Escape') return false
  const hasModifier = press.ctrlKey || press.metaKey
  if (target.closest(typing) !== null) return !hasModifier || isEditing(press)
  const isMove = press.key.startsWith('Arrow') || press.key === 'Home' || press.key === 'End'
  if (target.closest(ownKeys) !== null && (isMove || press.key === ' ' || press.key === 'Enter')) return true
  return target.closest(pressed) !== null && (press.key === ' ' || press.key === 'Enter')
}

/** Presses with Mod that belong to a text field: select all, copy, undo, move by word, and whatever Enter means there. */
const isEditing = (press: KeyPress) =>
  /^[acvxyz]$/i.test(press.key) ||
  press.key.startsWith('Arrow') ||
  press.key === 'Backspace' ||
  press.key === 'Enter'

/** The action that a press means where the user is, if any. */
export function actionFor(press: KeyPress): ActionId | undefined {
  const { shortcuts } = useApp.getState().settings
  return ids.find((id) => keysOf(id, shortcuts).some((keys) => isPress(keys, press, isMac)) && applies(id))
}

const isModalOpen = () => document.querySelector('[data-modal]') !== null

/** The one listener for shortcuts of the whole app. What a widget has used is left alone. */
export function followKeys(): () => void {
  const pressedKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isModalOpen()) return
    const target = event.target instanceof Element ? event.target : null
    if (isTaken(target, event)) return
    const id = actionFor(event)
    if (id === undefined) return
    event.preventDefault()
    runAction(id)
  }
  window.addEventListener('keydown', pressedKey)
  return () => window.removeEventListener('keydown', pressedKey)
}
