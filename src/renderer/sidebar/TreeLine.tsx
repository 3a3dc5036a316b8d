import {
  Building2,
  ChevronDown,
  ChevronRight,
  Clapperboard,
  Folder,
  FolderOpen,
  History,
  Search,
  Share2,
  Star,
  Trash2,
} from 'lucide-react'
import type { Connection } from '../../shared/connection.ts'
import type { Place, Shelf } from '../../shared/place.ts'
import { useDrop } from '../drop/dropStore.ts'
import { count } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import fill from '../ui/Fill.module.css'
import rowsCss from '../ui/Rows.module.css'
import css from './PlaceTree.module.css'
import sideCss from './Sidebar.module.css'
import type { TreeRow } from './treeRows.ts'

const c = classesOf(css)
const r = classesOf(rowsCss)
const side = classesOf(sideCss)

interface TreeLineProps {
  readonly row: TreeRow
  readonly top: number
  readonly isHere: boolean
  readonly isActive: boolean
  readonly onChoose: () => void
  readonly onTwist: () => void
}

export function TreeLine(props: TreeLineProps) {
  const { row, top, isHere, isActive } = props
  const isLit = useDrop((drop) => row.kind === 'place' && drop.isDragging && drop.target === row.place.id)
  const isNote = row.kind === 'note'
  const hasBranch = row.kind === 'connection' || (row.kind === 'place' && row.place.hasChildren)
  const isOpen = !isNote && row.isOpen
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys; its active row is named by aria-activedescendant
    <div
      id={`tree-${row.key}`}
      role="treeitem"
      tabIndex={-1}
      aria-level={row.level}
      aria-selected={isHere}
      aria-expanded={hasBranch ? isOpen : undefined}
      aria-disabled={isNote || undefined}
      className={`${r('row', isActive && 'active')} ${c(
        'row',
        row.kind === 'connection' && 'connection',
        isNote && 'note',
        isHere && 'here',
        isLit && 'lit',
      )}`}
      style={{ top, '--depth': Math.min(8, row.level - 1) } as React.CSSProperties}
      data-drop-place={row.kind === 'place' && row.place.takesUploads ? row.place.id : undefined}
      data-drop-closed={row.kind === 'place' && row.place.takesUploads ? undefined : ''}
      onClick={isNote ? undefined : props.onChoose}
      onDoubleClick={row.kind === 'place' && hasBranch ? props.onTwist : undefined}
    >
      <span
        className={c('twist')}
        aria-hidden="true"
        onClick={(event) => {
          event.stopPropagation()
          props.onTwist()
        }}
      >
        {hasBranch ? isOpen ? <ChevronDown size={12} /> : <ChevronRight size={12} /> : null}
      </span>
      {row.kind === 'connection' ? <ConnectionLine connection={row.connection} /> : null}
      {row.kind === 'place' ? <PlaceLine place={row.place} isOpen={isOpen || isHere} /> : null}
      {row.kind === 'note' ? <NoteLine note={row.note} /> : null}
    </div>
  )
}

function ConnectionLine({ connection }: { readonly connection: Connection }) {
  const isOnline = connection.state === 'online'
  const provider = connection.isStudio ? '' : text.providers[connection.provider]
  const state = isOnline
    ? connection.heldUntil === null
      ? provider
      : text.sidebar.held(connection.heldUntil)
    : [
        provider,
        connection.state === 'connecting'
          ? text.sidebar.connecting
          : connection.state === 'signedOut'
            ? text.sidebar.signedOut
            : text.sidebar.offline,
      ]
        .filter(Boolean)
        .join(', ')
  return (
    <>
      <span className={c('dot', !isOnline && 'ring')} />
      <span className={fill['fill']} title={connection.host}>
        {connection.name}
      </span>
      <span className={c('provider', !isOnline && 'away')}>{state}</span>
    </>
  )
}

function PlaceLine({ place, isOpen }: { readonly place: Place; readonly isOpen: boolean }) {
  return (
    <>
      {place.shelf === null ? <KindIcon place={place} isOpen={isOpen} /> : <ShelfIcon shelf={place.shelf} />}
      <span className={fill['fill']} title={place.status ? `${place.name}, ${place.status}` : place.name}>
        {place.name}
      </span>
      {place.assetCount === null || place.assetCount === 0 ? null : (
        <span className={`${side('count')} ${c('count')}`}>{count(place.assetCount)}</span>
      )}
    </>
  )
}

function KindIcon({ place, isOpen }: { readonly place: Place; readonly isOpen: boolean }) {
  if (place.kind === 'workspace') return <Building2 size={15} aria-hidden="true" />
  if (place.kind === 'production') return <Clapperboard size={15} aria-hidden="true" />
  return isOpen ? <FolderOpen size={15} aria-hidden="true" /> : <Folder size={15} aria-hidden="true" />
}

function ShelfIcon({ shelf }: { readonly shelf: Shelf }) {
  const icons = { favourites: Star, recent: History, deleted: Trash2, shared: Share2, found: Search } as const
  const Icon = icons[shelf]
  return <Icon size={15} aria-hidden="true" />
}

function NoteLine({ note }: { readonly note: 'loading' | 'empty' | 'failed' }) {
  if (note === 'loading') return <span className={c('skeleton')} aria-hidden="true" />
  return (
    <span className={fill['fill']}>{note === 'empty' ? text.sidebar.empty : text.sidebar.listFailed}</span>
  )
}
