// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one as they scroll by, which a table's are not
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useSyncExternalStore } from 'react'
import { movedIndex } from '../library/selection.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { isMac } from '../ui/platform.ts'
import rowsCss from '../ui/Rows.module.css'
import { chooseAllTransfers, chooseTransfer } from './chooseTransfers.ts'
import css from './TransferList.module.css'
import { TransferRow } from './TransferRow.tsx'
import { selectTransfers, useTransfers } from './transferStore.ts'

const c = classesOf(css)
const r = classesOf(rowsCss)
const rowHeight = 45

/** Every transfer, one line each; only what is on the screen exists. */
export function TransferList() {
  const scroller = useRef<HTMLDivElement>(null)
  const pager = useTransfers((transfers) => transfers.pager)
  const filter = useTransfers((transfers) => transfers.filter)
  const selection = useTransfers((transfers) => transfers.selection)
  useSyncExternalStore(pager.subscribe, pager.version)
  const count = pager.isLoaded ? pager.total : 8
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    useFlushSync: false,
  })
  const rows = virtual.getVirtualItems()
  const first = rows[0]?.index ?? 0
  const last = rows.at(-1)?.index ?? 0
  useEffect(() => pager.want(first, Math.max(last, 20)), [pager, first, last])

  const pressed = (event: KeyboardEvent) => {
    // Keys on a row's own buttons are theirs.
    if (event.target !== event.currentTarget || event.altKey) return
    const mod = isMac ? event.metaKey : event.ctrlKey
    if (mod && event.key.toLowerCase() === 'a') {
      event.preventDefault()
      void chooseAllTransfers(count)
      return
    }
    if (event.ctrlKey || event.metaKey) return
    if (event.key === 'Escape' && selection.ids.size > 0) {
      event.preventDefault()
      selectTransfers({ kind: 'clear' })
      return
    }
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight))
    const isSideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
    const to = isSideways
      ? undefined
      : movedIndex(event.key, selection.active, { count: pager.total, columns: 1, pageRows })
    if (to === undefined) return
    event.preventDefault()
    // The first step of an arrow chooses what the others start from.
    const target = selection.ids.size === 0 && event.key.startsWith('Arrow') ? selection.active : to
    virtual.scrollToIndex(target)
    void chooseTransfer(target, { extend: event.shiftKey, toggle: false })
  }

  const clicked = (event: MouseEvent) => {
    const target = event.target instanceof Element ? event.target : null
    if (target === null || target.closest('button') !== null) return
    const index = target.closest('[data-row]')?.getAttribute('data-row')
    if (index === null || index === undefined) selectTransfers({ kind: 'clear' })
    else
      void chooseTransfer(Number(index), {
        extend: event.shiftKey,
        toggle: isMac ? event.metaKey : event.ctrlKey,
      })
  }

  const isEmpty = pager.isLoaded && pager.total === 0
  const isActiveHere = selection.active >= first && selection.active <= last
  const active = isActiveHere ? pager.rowAt(selection.active) : undefined
  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      className={`${r('scroller')} ${c('list')}`}
      aria-label={text.transfers.title}
      aria-rowcount={pager.total}
      aria-multiselectable="true"
      aria-activedescendant={active === undefined ? undefined : `transfer-${active.id}`}
      onKeyDown={pressed}
      onClick={clicked}
    >
      {isEmpty ? (
        <div role="row" tabIndex={-1} className={c('empty')}>
          <div role="gridcell" tabIndex={-1} style={{ display: 'grid' }}>
            <EmptyState
              small
              title={text.transfers.emptyFilter[filter]}
              more={filter === 'all' ? text.transfers.noneMore : undefined}
            />
          </div>
        </div>
      ) : (
        <div role="presentation" className={r('all')} style={{ height: virtual.getTotalSize() }}>
          {rows.map((row) => {
            const transfer = pager.rowAt(row.index)
            return (
              <TransferRow
                key={row.key}
                transfer={transfer}
                index={row.index}
                top={row.start}
                height={rowHeight}
                isChosen={transfer !== undefined && selection.ids.has(transfer.id)}
                isActive={row.index === selection.active}
              />
            )
          })}
        </div>
      )}
    </div>
  )
}
