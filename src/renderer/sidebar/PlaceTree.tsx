import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useCallback, useMemo, useRef, useState } from 'react'
import { useApp } from '../shell/appStore.ts'
import { go, usePlaceId } from '../shell/routeStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import rowsCss from '../ui/Rows.module.css'
import css from './PlaceTree.module.css'
import { setBranchOpen, usePlaces } from './placeStore.ts'
import { TreeLine } from './TreeLine.tsx'
import { parentRow, type TreeRow, treeRows, typedRow } from './treeRows.ts'

const c = classesOf(css)
const r = classesOf(rowsCss)
const rowHeight = 28
const typingPause = 700

const toggle = (row: TreeRow, isOpen: boolean) => {
  if (row.kind === 'connection') setBranchOpen(row.connection.id, null, isOpen)
  if (row.kind === 'place' && row.place.hasChildren)
    setBranchOpen(row.place.connectionId, row.place.id, isOpen)
}

function choose(row: TreeRow) {
  if (row.kind === 'connection') toggle(row, !row.isOpen)
  if (row.kind === 'place') go({ screen: 'library', placeId: row.place.id })
}

/** Letters typed one after the other, forgotten after a pause. */
function useTyped() {
  const typed = useRef({ letters: '', at: 0 })
  return useCallback((letter: string, at: number) => {
    const before = at - typed.current.at < typingPause ? typed.current.letters : ''
    typed.current = { letters: before + letter, at }
    return typed.current.letters
  }, [])
}

/** Connections › workspaces › productions › folders. Branches are read when they are opened. */
export function PlaceTree() {
  const connections = useApp((app) => app.connections)
  const children = usePlaces((places) => places.children)
  const open = usePlaces((places) => places.open)
  const rows = useMemo(() => treeRows(connections, { children, open }), [connections, children, open])
  const placeId = usePlaceId()
  const [moved, setMoved] = useState<{ readonly key: string; readonly placeId: string | null } | null>(null)
  // Once another place is on the screen, the keyboard is there and not where it was left.
  const activeKey = moved !== null && moved.placeId === placeId ? moved.key : placeId
  const scroller = useRef<HTMLDivElement>(null)
  const typed = useTyped()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 10,
  })

  const found = rows.findIndex((row) => row.key === activeKey)
  const active = Math.max(0, found)
  const activate = (index: number | undefined) => {
    const row = index === undefined ? undefined : rows[index]
    if (row === undefined || index === undefined) return
    setMoved({ key: row.key, placeId })
    virtual.scrollToIndex(index)
  }

  const pressed = (event: KeyboardEvent) => {
    const row = rows[active]
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const isOpen = row.kind !== 'note' && row.isOpen
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => activate(Math.min(rows.length - 1, active + 1)),
      ArrowUp: () => activate(Math.max(0, active - 1)),
      Home: () => activate(0),
      End: () => activate(rows.length - 1),
      ArrowRight: () => (isOpen ? activate(active + 1) : toggle(row, true)),
      ArrowLeft: () => (isOpen ? toggle(row, false) : activate(parentRow(rows, active))),
      Enter: () => choose(row),
      ' ': () => choose(row),
    }
    const move = moves[event.key]
    const isLetter = event.key.length === 1 && event.key !== ' ' && event.key !== '?'
    if (move === undefined && !isLetter) return
    event.preventDefault()
    if (move !== undefined) move()
    else activate(typedRow(rows, active, typed(event.key, event.timeStamp)))
  }

  const shown = virtual.getVirtualItems()
  // A row that is scrolled out of sight does not exist and cannot be pointed at.
  const isActiveHere = active >= (shown[0]?.index ?? 0) && active <= (shown.at(-1)?.index ?? -1)
  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      className={`${r('scroller')} ${c('tree')}`}
      aria-label={text.sidebar.places}
      aria-activedescendant={isActiveHere ? `tree-${rows[active]?.key}` : undefined}
      onKeyDown={pressed}
    >
      <div role="presentation" className={r('all')} style={{ height: virtual.getTotalSize() }}>
        {shown.map((item) => {
          const row = rows[item.index]
          return row === undefined ? null : (
            <TreeLine
              key={item.key}
              row={row}
              top={item.start}
              isHere={row.kind === 'place' && row.place.id === placeId}
              isActive={item.index === active}
              onChoose={() => {
                setMoved({ key: row.key, placeId })
                choose(row)
              }}
              onTwist={() => toggle(row, row.kind !== 'note' && !row.isOpen)}
            />
          )
        })}
      </div>
    </div>
  )
}
