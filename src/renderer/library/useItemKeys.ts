import type { KeyboardEvent, PointerEvent } from 'react'
import { runAction } from '../shell/actionRunner.ts'
import { isMac } from '../ui/platform.ts'
import { run } from './assetCommands.ts'
import { changeQuery, itemAt, itemCount, selectItems, useLibrary } from './libraryStore.ts'
import { pressedItem } from './pressedItem.ts'
import { openPreview } from './previewStore.ts'
import { movedIndex } from './selection.ts'

interface Shape {
  readonly columns: number
  readonly pageRows: () => number
  readonly scrollTo: (index: number) => void
}

/** The most that one command takes. */
const mostIds = 10_000

/** Ids of a stretch of the list; rows that were never looked at are read for it. */
async function idsBetween(a: number, b: number): Promise<string[]> {
  const state = useLibrary.getState()
  const [first, last] = [Math.min(a, b), Math.min(Math.max(a, b), Math.min(a, b) + mostIds - 1)]
  const ahead = state.onTheWay.length
  const moving = state.onTheWay.slice(first, last + 1).map((transfer) => transfer.id)
  if (last < ahead || state.pager === null) return moving
  const rows = await state.pager.rowsBetween(Math.max(0, first - ahead), last - ahead)
  const { inPlace } = state
  return [
    ...moving,
    ...rows.map(({ id, transferId }) => (transferId !== null && inPlace.has(transferId) ? transferId : id)),
  ]
}

async function choose(index: number, extend: boolean): Promise<void> {
  const state = useLibrary.getState()
  if (extend) {
    const between = () => idsBetween(state.selection.anchor, index)
    await run(async () => selectItems({ kind: 'range', ids: await between(), index }))
    return
  }
  const item = itemAt(state, index)
  if (item === undefined) selectItems({ kind: 'move', index })
  else selectItems({ kind: 'only', id: item.id, index })
}

const hasMod = (event: { ctrlKey: boolean; metaKey: boolean }) => (isMac ? event.metaKey : event.ctrlKey)

/** Keys and presses of the grid and the list: they share one selection. */
export function useItemKeys({ columns, pageRows, scrollTo }: Shape) {
  const onKeyDown = (event: KeyboardEvent) => {
    const state = useLibrary.getState()
    const { active, ids } = state.selection
    if (hasMod(event) && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      const last = itemCount(state) - 1
      void run(async () => selectItems({ kind: 'all', ids: await idsBetween(0, last) }))
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const shape = { count: itemCount(state), columns, pageRows: pageRows() }
    // The first key only shows where the keyboard is.
    const to = movedIndex(event.key, active, shape)
    if (to !== undefined) {
      event.preventDefault()
      const target = ids.size === 0 && event.key.startsWith('Arrow') ? active : to
      scrollTo(target)
      void choose(target, event.shiftKey)
      return
    }
    if (event.key === ' ') {
      event.preventDefault()
      if (ids.size > 0) openPreview()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (ids.size > 0) selectItems({ kind: 'clear' })
      else changeQuery({ find: '' })
    } else if (event.key.length === 1 && event.key !== '?') {
      event.preventDefault()
      changeQuery({ find: (state.query?.find ?? '') + event.key })
      document.getElementById('library-find')?.focus()
    }
  }

  const onPointerDown = (event: PointerEvent) => {
    if (event.button !== 0) return
    const index = pressedItem(event.target)
    if (index === undefined) {
      selectItems({ kind: 'clear' })
      return
    }
    const item = itemAt(useLibrary.getState(), index)
    if (item !== undefined && hasMod(event)) selectItems({ kind: 'toggle', id: item.id, index })
    else void choose(index, event.shiftKey)
  }

  const onDoubleClick = (event: React.MouseEvent) => {
    if (pressedItem(event.target) !== undefined) runAction('media.open')
  }
  return { onKeyDown, onPointerDown, onDoubleClick }
}
