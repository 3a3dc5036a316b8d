import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import type { PlaylistId } from '../../shared/ids.ts'
import type { Entry } from '../../shared/playlist.ts'
import assetListCss from '../library/AssetList.module.css'
import { pressedItem } from '../library/pressedItem.ts'
import { movedIndex } from '../library/selection.ts'
import { runAction } from '../shell/actionRunner.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { isMac } from '../ui/platform.ts'
import rowsCss from '../ui/Rows.module.css'
import { EntryMenu } from './EntryMenu.tsx'
import { EntryRow } from './EntryRow.tsx'
import css from './PlaylistScreen.module.css'
import { selectEntries, usePage } from './pageStore.ts'
import { useReorder } from './useReorder.ts'

const c = classesOf(css)
const r = classesOf(rowsCss)
const list = classesOf(assetListCss)
export const rowHeight = 52

const hasMod = (event: { ctrlKey: boolean; metaKey: boolean }) => (isMac ? event.metaKey : event.ctrlKey)

function choose(entries: readonly Entry[], index: number, isRange: boolean): void {
  const entry = entries[index]
  if (entry === undefined) return
  const { anchor } = usePage.getState().selection
  if (!isRange) {
    selectEntries({ kind: 'only', id: entry.id, index })
    return
  }
  const [first, last] = [Math.min(anchor, index), Math.max(anchor, index)]
  selectEntries({ kind: 'range', ids: entries.slice(first, last + 1).map((each) => each.id), index })
}

interface EntryListProps {
  readonly listId: PlaylistId
  readonly entries: readonly Entry[]
  readonly mayMove: boolean
}

/** The clips of a playlist as rows: one selection, moved by dragging or with Alt and an arrow. */
export function EntryList({ listId, entries, mayMove }: EntryListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const selection = usePage((page) => page.selection)
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => entries[index]?.id ?? index,
    overscan: 6,
    paddingStart: 4,
    paddingEnd: 24,
    useFlushSync: false,
  })
  const { drop, dragProps } = useReorder(scroller, entries, rowHeight, mayMove)
  const shown = virtual.getVirtualItems()
  const active = entries[selection.active]
  const isActiveHere = shown.some((item) => item.index === selection.active)

  const pressed = (event: KeyboardEvent) => {
    if (hasMod(event) && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      selectEntries({ kind: 'all', ids: entries.map((entry) => entry.id) })
      return
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight))
    const to = movedIndex(event.key, selection.active, { count: entries.length, columns: 1, pageRows })
    if (to !== undefined && event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') {
      event.preventDefault()
      // The first key only shows where the keyboard is.
      const target = selection.ids.size === 0 && event.key.startsWith('Arrow') ? selection.active : to
      virtual.scrollToIndex(target)
      choose(entries, target, event.shiftKey)
    } else if (event.key === 'Escape' && selection.ids.size > 0) {
      event.preventDefault()
      selectEntries({ kind: 'clear' })
    }
  }
  const pointed = (event: PointerEvent) => {
    const index = pressedItem(event.target)
    const entry = index === undefined ? undefined : entries[index]
    if (event.button !== 0 || index === undefined || entry === undefined) {
      if (event.button === 0) selectEntries({ kind: 'clear' })
      return
    }
    if (hasMod(event)) selectEntries({ kind: 'toggle', id: entry.id, index })
    else if (event.shiftKey || !selection.ids.has(entry.id)) choose(entries, index, event.shiftKey)
    dragProps.onPointerDown(event)
  }

  const words = text.playlists.columns
  return (
    <div className={list('frame')}>
      <div className={`${list('head')} ${c('line', 'head')}`} aria-hidden="true">
        <span />
        <span />
        <span>{words.name}</span>
        <span>{words.version}</span>
        <span>{words.review}</span>
        <span className={c('figure')}>{words.comments}</span>
        <span className={c('figure')}>{words.length}</span>
      </div>
      <EntryMenu listId={listId}>
        <div
          ref={scroller}
          role="listbox"
          tabIndex={0}
          className={`${r('scroller')} ${list('scroller')}`}
          aria-label={text.playlists.entries}
          aria-multiselectable="true"
          aria-activedescendant={active !== undefined && isActiveHere ? `entry-${active.id}` : undefined}
          data-focus="entries"
          {...dragProps}
          onPointerDown={pointed}
          onKeyDown={pressed}
          onDoubleClick={(event) =>
            pressedItem(event.target) === undefined ? undefined : runAction('playlist.play')
          }
        >
          <div role="presentation" className={r('all')} style={{ height: virtual.getTotalSize() }}>
            {shown.map((item) => {
              const entry = entries[item.index]
              return entry === undefined ? null : (
                <EntryRow
                  key={entry.id}
                  entry={entry}
                  index={item.index}
                  top={item.start}
                  isChosen={selection.ids.has(entry.id)}
                  isActive={item.index === selection.active}
                />
              )
            })}
            {drop === null ? null : (
              <div className={c('drop')} style={{ top: 4 + drop * rowHeight }} aria-hidden="true" />
            )}
          </div>
        </div>
      </EntryMenu>
    </div>
  )
}
