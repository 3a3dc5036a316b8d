import { type ActionEntry, type ActionId, type ActionPlace, actions, keysOf } from '../../shared/actions.ts'
import { JogKeys } from '../review/jogKeys.ts'
import { player } from '../review/playerControl.ts'
import { isPress, type KeyPress } from '../ui/keyText.ts'
import { isMac } from '../ui/platform.ts'
import { applies, runAction } from './actionRunner.ts'
import { useApp } from './appStore.ts'
import { cutOff } from './cutOff.ts'

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
/** Letters go to the entry that begins with them. */
const menus = '[role="menu"]'
const pressed = 'button, a[href], summary, [role="button"]'

/** Whether the thing with the focus needs this press for itself. */
export function isTaken(target: Element | null, press: KeyPress): boolean {
  if (target === null) return false
  // What has a use of its own for Escape has used it by now.
  if (press.key === 'Escape') return false
  const hasModifier = press.ctrlKey || press.metaKey
  if (target.closest(typing) !== null) return !hasModifier || isEditing(press)
  if (press.key.length === 1 && !hasModifier && !press.altKey && target.closest(menus) !== null) return true
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

/** Whether a key that is held down means this only once: what it sends would go out with every repeat. */
export const isOnce = (id: ActionId): boolean => {
  const { isGrave, isOnce: once }: ActionEntry = actions[id]
  return isGrave === true || once === true
}

/** The action that a press means where the user is, if any. */
export function actionFor(press: KeyPress): ActionId | undefined {
  const { shortcuts } = useApp.getState().settings
  return ids.find((id) => keysOf(id, shortcuts).some((keys) => isPress(keys, press, isMac)) && applies(id))
}

const isModalOpen = () => document.querySelector('[data-modal]') !== null

/** A tip goes with Escape, and that is all it needs: what the press means for the screen is not held up by it. */
const isUsedByTip = (press: KeyPress, target: Element | null) =>
  press.key === 'Escape' &&
  document.querySelector('[role="tooltip"]') !== null &&
  document.querySelector('[role="menu"], [role="dialog"], [role="alertdialog"]') === null &&
  target?.closest(typing) == null

/** The one listener for shortcuts of the whole app. What a widget has used is left alone. */
export function followKeys(): () => void {
  /** Of the press under way, as it was before anybody used it. */
  let isTips = false
  const jog = new JogKeys(player)
  const pressedKey = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null
    const isUsed = event.defaultPrevented && !isTips
    if (isUsed || event.isComposing || isModalOpen()) return
    if (isTaken(target, event) || cutOff.takes(event)) return
    const id = actionFor(event)
    if (id === undefined) return
    event.preventDefault()
    if (event.repeat && isOnce(id)) return
    if (!jog.pressed(id, event)) runAction(id)
  }
  const isField = (target: EventTarget | null) => target instanceof Element && target.closest(typing) !== null
  // Before a widget uses the press.
  const anyKey = (event: KeyboardEvent) => {
    cutOff.pressed(event, isField(event.target))
    if (event.key === 'Meta') jog.letGo()
    isTips = isUsedByTip(event, event.target instanceof Element ? event.target : null)
  }
  const releasedKey = ({ code }: KeyboardEvent) => jog.released(code)
  // What is typed from here on is words, or means what the dialog says.
  const focused = ({ target }: FocusEvent) => {
    if (isField(target) || isModalOpen()) jog.letGo()
  }
  const left = () => jog.letGo()
  const pointer = () => cutOff.pressed(null, false)
  window.addEventListener('keydown', anyKey, true)
  window.addEventListener('pointerdown', pointer, true)
  window.addEventListener('keydown', pressedKey)
  window.addEventListener('keyup', releasedKey, true)
  window.addEventListener('focusin', focused)
  window.addEventListener('blur', left)
  return () => {
    jog.letGo()
    window.removeEventListener('keydown', anyKey, true)
    window.removeEventListener('pointerdown', pointer, true)
    window.removeEventListener('keydown', pressedKey)
    window.removeEventListener('keyup', releasedKey, true)
    window.removeEventListener('focusin', focused)
    window.removeEventListener('blur', left)
  }
}
