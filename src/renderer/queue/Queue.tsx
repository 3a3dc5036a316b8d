import { useRef, useState, useSyncExternalStore } from 'react'
import type { TransferFilter } from '../../shared/transfer.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useTransfersClosed } from '../shell/noticeStore.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Segments } from '../ui/Segments.tsx'
import { ToneIcon } from '../ui/StateLabel.tsx'
import { BatchHeader } from './BatchHeader.tsx'
import css from './Queue.module.css'
import { TransferDetail } from './TransferDetail.tsx'
import { TransferList } from './TransferList.tsx'
import { TransfersClosed } from './TransfersClosed.tsx'
import { setQueueFilter, setQueueOpen, useTransfers } from './transferStore.ts'
import { waitingByItself } from './transferWords.ts'

const c = classesOf(css)
const lowest = 240
/** The title bar, the tray and a row of the library stay. */
const above = 200

const highest = () => Math.max(lowest, window.innerHeight - above)
let lastHeight = 0

/** All transfers, over the bottom of the window; the library above stays usable. */
export function Queue() {
  const closed = useTransfersClosed()
  const [height, setHeight] = useState(() => lastHeight || Math.min(highest(), 560))
  const resize = (wanted: number) => {
    if (wanted < lowest - 80) {
      setQueueOpen(false)
      return
    }
    lastHeight = Math.max(lowest, Math.min(highest(), wanted))
    setHeight(lastHeight)
  }
  return (
    <section
      className={c('queue')}
      style={{ height: Math.min(height, highest()) }}
      aria-label={text.transfers.title}
      data-keys="transfers"
    >
      <Grab height={height} onResize={resize} />
      <BatchHeader />
      {closed === null ? <Open /> : <TransfersClosed failure={closed} />}
    </section>
  )
}

function Open() {
  return (
    <div className={c('body')}>
      <div className={c('main')}>
        <Tools />
        <TransferList />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <aside tabIndex={0} className={c('detail')} aria-label={text.transfers.detail}>
        <Detail />
      </aside>
    </div>
  )
}

interface GrabProps {
  readonly height: number
  readonly onResize: (height: number) => void
}

function Grab({ height, onResize }: GrabProps) {
  const start = useRef<{ readonly y: number; readonly height: number } | null>(null)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator with a value is a window splitter, which <hr> is not
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="horizontal"
      aria-label={text.shell.resizeTransfers}
      aria-valuenow={Math.round(height)}
      aria-valuemin={lowest}
      aria-valuemax={highest()}
      className={c('grab')}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        start.current = { y: event.clientY, height }
      }}
      onPointerMove={(event) => {
        if (start.current !== null) onResize(start.current.height + start.current.y - event.clientY)
      }}
      onPointerUp={() => {
        start.current = null
      }}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
        event.preventDefault()
        onResize(Math.max(lowest, height + (event.key === 'ArrowUp' ? 32 : -32)))
      }}
    />
  )
}

const filters: readonly TransferFilter[] = ['all', 'moving', 'waiting', 'needsYou', 'done']

function Tools() {
  const filter = useTransfers((transfers) => transfers.filter)
  const summary = useTransfers((transfers) => transfers.summary)
  const words = text.transfers
  const counts: Readonly<Partial<Record<TransferFilter, number>>> =
    summary === null
      ? {}
      : {
          all: summary.total + summary.canceled,
          moving: summary.moving,
          waiting: summary.queued + summary.paused + waitingByItself(summary),
          needsYou: summary.needsYou,
          done: summary.done + summary.canceled,
        }
  return (
    <div className={c('tools')}>
      <Segments
        label={words.filterLabel}
        value={filter}
        onChange={setQueueFilter}
        segments={filters.map((value) => ({
          value,
          words: words.filters[value],
          count: counts[value],
          icon:
            value === 'needsYou' && (summary?.needsYou ?? 0) > 0 ? (
              <ToneIcon look={{ tone: 'stop', shape: 'failed' }} />
            ) : undefined,
        }))}
      />
      {(summary?.done ?? 0) > 0 ? (
        <Button look="bare" size="small" onClick={() => runAction('transfers.clear')}>
          {words.clear}
        </Button>
      ) : null}
    </div>
  )
}

function Detail() {
  const pager = useTransfers((transfers) => transfers.pager)
  const ids = useTransfers((transfers) => transfers.selection.ids)
  useSyncExternalStore(pager.subscribe, pager.version)
  const [id] = ids
  const index = ids.size === 1 ? pager.indexOf((row) => row.id === id) : undefined
  const transfer = index === undefined ? undefined : pager.rowAt(index)
  if (transfer !== undefined) return <TransferDetail key={transfer.id} transfer={transfer} />
  return (
    <div className={c('nothing')}>
      <EmptyState
        small
        title={ids.size > 1 ? text.inspector.many(ids.size) : text.inspector.nothing}
        more={ids.size > 1 ? undefined : text.transfers.selectOne}
      />
    </div>
  )
}
