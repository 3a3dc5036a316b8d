import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useApp } from '../shell/appStore.ts'
import { classesOf } from '../ui/classes.ts'
import { AssetCard, BlankCard } from './AssetCard.tsx'
import css from './AssetGrid.module.css'
import { gridLayout } from './gridShape.ts'
import { type Items, itemAt, itemCount, useIsFirstRead, useLibrary } from './libraryStore.ts'
import { orderDrag } from './orderDrag.ts'
import { Pace } from './pace.ts'
import { TransferCard } from './TransferCard.tsx'
import { useFilled } from './useFilled.ts'
import { useItemKeys } from './useItemKeys.ts'

const c = classesOf(css)
const narrowestCard = { comfortable: 184, dense: 148 } as const
/** Space above the first row for its ring. */
const ringSpace = 6

/** The width of the content without its scroll bar; undefined before the first measure. */
function useWidth(element: React.RefObject<HTMLElement | null>): number | undefined {
  const [width, setWidth] = useState<number>()
  useLayoutEffect(() => {
    const node = element.current
    if (node === null) return
    setWidth(node.clientWidth)
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)))
    observer.observe(node)
    return () => observer.disconnect()
  }, [element])
  return width
}

const gridDrag = orderDrag(true)

export const noPager = { subscribe: () => () => undefined, version: () => 0 }

/** The assets of a place as cards; only what is on the screen exists. */
export function AssetGrid({ label }: { readonly label: string }) {
  const scroller = useRef<HTMLDivElement>(null)
  const width = useWidth(scroller)
  const density = useApp((app) => app.settings.density)
  const pager = useLibrary((library) => library.pager)
  const onTheWay = useLibrary((library) => library.onTheWay)
  const inPlace = useLibrary((library) => library.inPlace)
  const selection = useLibrary((library) => library.selection)
  const version = useSyncExternalStore((pager ?? noPager).subscribe, (pager ?? noPager).version)
  const { columns, rowHeight } = gridLayout(width ?? 900, narrowestCard[density])
  const isFirst = useIsFirstRead()
  const items = itemCount({ pager, onTheWay }) + (isFirst ? 24 : 0)
  const count = Math.ceil(items / columns)

  // Thirty rows a second are six screens: a fling, not reading.
  const [pace] = useState(() => new Pace(30, 1))
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    paddingStart: ringSpace,
    useFlushSync: false,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what the remembered sizes were made from
  useLayoutEffect(() => virtual.measure(), [virtual, rowHeight])

  const rows = virtual.getVirtualItems()
  const first = (rows[0]?.index ?? 0) * columns
  const last = ((rows.at(-1)?.index ?? 0) + 1) * columns - 1
  // What flies by is not asked for: its answers would come for rows that are gone.
  useEffect(
    () => pace.whenCalm(() => pager?.want(first - onTheWay.length, last - onTheWay.length)),
    [pager, pace, first, last, onTheWay.length],
  )

  const keys = useItemKeys({
    columns,
    pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight)),
    scrollTo: (index) => virtual.scrollToIndex(Math.floor(index / columns)),
  })
  const isActiveHere = selection.active >= first && selection.active <= last
  const activeItem = isActiveHere ? itemAt({ pager, onTheWay, inPlace }, selection.active) : undefined
  return (
    <div
      ref={scroller}
      role="listbox"
      tabIndex={0}
      className={c('scroller')}
      aria-label={label}
      aria-multiselectable="true"
      aria-busy={isFirst}
      aria-activedescendant={activeItem === undefined ? undefined : `item-${activeItem.id}`}
      data-focus="assets"
      onScroll={(event) => pace.moved(event.currentTarget.scrollTop, event.timeStamp, rowHeight)}
      {...keys}
      {...gridDrag}
    >
      <div role="presentation" className={c('all')} style={{ height: virtual.getTotalSize() }}>
        {rows.map((row) => (
          <Row
            key={row.key}
            top={row.start}
            height={rowHeight}
            first={row.index * columns}
            columns={columns}
            items={items}
            version={version}
            onTheWay={onTheWay}
            inPlace={inPlace}
            pager={pager}
            chosen={selection.ids}
            pace={pace}
            active={Math.floor(selection.active / columns) === row.index ? selection.active : -1}
          />
        ))}
      </div>
    </div>
  )
}

interface RowProps extends Items {
  readonly pace: Pace
  readonly top: number
  readonly height: number
  readonly first: number
  readonly columns: number
  readonly items: number
  /** Not read: a new one says that the pager's rows are others. */
  readonly version: number
  readonly chosen: ReadonlySet<string>
  /** The card of this row where the keyboard is, or -1. */
  readonly active: number
}

const Row = memo(function Row({
  top,
  height,
  first,
  columns,
  items,
  onTheWay,
  inPlace,
  pager,
  chosen,
  active,
  pace,
}: RowProps) {
  const filled = useFilled(pace, columns, Math.ceil(columns / 2))
  const cards = []
  for (let index = first; index < Math.min(first + columns, items); index += 1) {
    const item = index - first < filled ? itemAt({ onTheWay, inPlace, pager }, index) : undefined
    if (item === undefined) cards.push(<BlankCard key={index} />)
    else if (item.kind === 'asset')
      cards.push(
        <AssetCard
          key={item.id}
          asset={item.asset}
          index={index}
          isChosen={chosen.has(item.id)}
          isActive={index === active}
        />,
      )
    else
      cards.push(
        <TransferCard
          key={item.id}
          transfer={item.transfer}
          index={index}
          isChosen={chosen.has(item.id)}
          isActive={index === active}
        />,
      )
  }
  return (
    <div
      role="presentation"
      className={c('row')}
      style={{ top, height, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {cards}
    </div>
  )
})
