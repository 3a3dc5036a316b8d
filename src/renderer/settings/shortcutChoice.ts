import { type ActionId, type ActionPlace, actions, keysOf } from '../../shared/actions.ts'

type Changed = Readonly<Record<string, string>>

const ids = Object.keys(actions) as ActionId[]

/** Places that are there at the same time. */
const together: readonly (readonly ActionPlace[])[] = [
  ['library', 'selection'],
  ['player', 'playing'],
]

/** Whether two actions can be meant at the same time, so that one key cannot be for both. */
function meet(a: ActionPlace, b: ActionPlace): boolean {
  if (a === b || a === 'always' || b === 'always') return true
  return together.some((pair) => pair.includes(a) && pair.includes(b))
}

/** The action that has these keys already where `id` would use them. */
export function conflictOf(id: ActionId, keys: string, changed: Changed): ActionId | undefined {
  return ids.find(
    (other) =>
      other !== id && meet(actions[id].when, actions[other].when) && keysOf(other, changed).includes(keys),
  )
}

/** The user's changes with `keys` for `id`; an action that had them before has none. */
export function withShortcut(id: ActionId, keys: string, changed: Changed): Record<string, string> {
  const other = keys === '' ? undefined : conflictOf(id, keys, changed)
  const next: Record<string, string> = { ...changed, [id]: keys }
  if (other !== undefined) next[other] = ''
  // Back at what it was made with: nothing to remember.
  if (actions[id].keys.length <= 1 && (actions[id].keys[0] ?? '') === keys) delete next[id]
  return next
}

export function withoutChange(id: ActionId, changed: Changed): Record<string, string> {
  const next = { ...changed }
  delete next[id]
  return next
}
