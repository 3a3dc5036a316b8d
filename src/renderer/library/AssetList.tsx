import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react'
import { storedShare, transferLine } from '../queue/transferWords.ts'
import { useApp } from '../shell/appStore.ts'
import { useNow } from '../shell/useNow.ts'
import { bytes, moment, percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { RowPicture } from '../ui/RowPicture.tsx'
import rowsCss from '../ui/Rows.module.css'
import { StateLabel } from '../ui/StateLabel.tsx'
import { noPager } from './AssetGrid.tsx'
import css from './AssetList.module.css'
import { ClipPicture, isFromService } from './ClipPicture.tsx'
import { KindPicture, kindOfMediaType } from './KindPicture.tsx'
import { lengthText } from './lengthText.ts'
import { itemAt, itemCount, type LibraryItem, useIsFirstRead, useLibrary } from './libraryStore.ts'
import { orderDrag } from './orderDrag.ts'
import { Pace } from './pace.ts'
import { reviewLooks } from './reviewLook.ts'
import { SourcePicture } from './SourcePicture.tsx'
import { useFilled } from './useFilled.ts'
import { useItemKeys } from './useItemKeys.ts'

const c = classesOf(css)
const r = classesOf(rowsCss)
const heights = { comfortable: 40, dense: 32 } as const

/** The assets of a place as lines; the same selection and keys as the grid. */
const listDrag = orderDrag(false)

export function AssetList({ label }: { readonly label: string }) {
  const scroller = useRef<HTMLDivElement>(null)
  const height = useApp((app) => heights[app.settings.density])
  const pager = useLibrary((library) => library.pager)
  const onTheWay = useLibrary((library) => library.onTheWay)
  const inPlace = useLibrary((library) => library.inPlace)
  const selection = useLibrary((library) => library.selection)
  useSyncExternalStore((pager ?? noPager).subscribe, (pager ?? noPager).version)
  const now = useNow()
  const isFirst = useIsFirstRead()
  const count = itemCount({ pager, onTheWay }) + (isFirst ? 20 : 0)
  const [pace] = useState(() => new Pace(100, 4))
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 6,
    paddingStart: 4,
    paddingEnd: 24,
    useFlushSync: false,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height is what the remembered sizes were made from
  useLayoutEffect(() => virtual.measure(), [virtual, height])
  const rows = virtual.getVirtualItems()
  const first = rows[0]?.index ?? 0
  const last = rows.at(-1)?.index ?? 0
  // What flies by is not asked for: its answers would come for rows that are gone.
  useEffect(
    () => pace.whenCalm(() => pager?.want(first - onTheWay.length, last - onTheWay.length)),
    [pager, pace, first, last, onTheWay.length],
  )
  const keys = useItemKeys({
    columns: 1,
    pageRows: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? height) / height)),
    scrollTo: (index) => virtual.scrollToIndex(index),
  })
  const isActiveHere = selection.active >= first && selection.active <= last
  const active = isActiveHere ? itemAt({ pager, onTheWay, inPlace }, selection.active) : undefined
  const words = text.library.columns
  return (
    <div className={c('frame')}>
      <div className={c('line', 'head')} aria-hidden="true">
        <span />
        <span>{words.name}</span>
        <span>{words.review}</span>
        <span>{words.version}</span>
        <span className={c('number')}>{words.length}</span>
        <span className={c('number')}>{words.size}</span>
        <span className={c('number')}>{words.added}</span>
      </div>
      <div
        ref={scroller}
        role="listbox"
        tabIndex={0}
        className={`${r('scroller')} ${c('scroller')}`}
        aria-label={label}
        aria-multiselectable="true"
        aria-busy={isFirst}
        aria-activedescendant={active === undefined ? undefined : `item-${active.id}`}
        data-focus="assets"
        onScroll={(event) => pace.moved(event.currentTarget.scrollTop, event.timeStamp, height)}
        {...keys}
        {...listDrag}
      >
        <div role="presentation" className={r('all')} style={{ height: virtual.getTotalSize() }}>
          {rows.map((row) => (
            <Line
              key={row.key}
              item={itemAt({ pager, onTheWay, inPlace }, row.index)}
              index={row.index}
              top={row.start}
              height={height}
              now={now}
              pace={pace}
              isChosen={selection.ids.has(itemAt({ pager, onTheWay, inPlace }, row.index)?.id ?? '')}
              isActive={row.index === selection.active}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

interface LineProps {
  readonly pace: Pace
  readonly item: LibraryItem | undefined
  readonly index: number
  readonly top: number
  readonly height: number
  readonly now: number
  readonly isChosen: boolean
  readonly isActive: boolean
}

const isSameLine = (a: LineProps, b: LineProps) =>
  a.pace === b.pace &&
  a.index === b.index &&
  a.top === b.top &&
  a.height === b.height &&
  a.now === b.now &&
  a.isChosen === b.isChosen &&
  a.isActive === b.isActive &&
  a.item?.id === b.item?.id &&
  (a.item?.kind === 'asset' ? a.item.asset : a.item?.transfer) ===
    (b.item?.kind === 'asset' ? b.item.asset : b.item?.transfer)

const Line = memo(function Line({ item, index, top, height, now, isChosen, isActive, pace }: LineProps) {
  const isFilled = useFilled(pace, 1, 1) > 0
  const style = { top, height }
  if (item === undefined || !isFilled)
    return (
      <div className={`${r('row')} ${c('line', 'row')}`} style={style} aria-hidden="true">
        <RowPicture className={c('picture')} />
        <span className={c('blank')} />
        <span className={c('blank')} />
      </div>
    )
  return (
    <div
      id={`item-${item.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      data-item={index}
      className={`${r('row', isChosen && 'chosen', isActive && 'active')} ${c('line', 'row')}`}
      style={style}
    >
      {item.kind === 'asset' ? <AssetCells item={item} now={now} /> : <TransferCells item={item} />}
    </div>
  )
}, isSameLine)

function AssetCells({
  item: { asset },
  now,
}: {
  item: Extract<LibraryItem, { kind: 'asset' }>
  now: number
}) {
  return (
    <>
      <RowPicture className={c('picture')}>
        {isFromService(asset.thumbnailKey) ? null : <KindPicture kind={asset.kind} size={14} />}
        <ClipPicture clip={asset} />
      </RowPicture>
      <span className={c('name')}>
        <MiddleCut name={asset.name} />
      </span>
      <StateLabel
        look={reviewLooks[asset.review]}
        words={asset.isReady ? text.review[asset.review] : text.library.making}
      />
      <span>{text.library.version(asset.versionCount)}</span>
      <span className={c('number')}>{lengthText(asset) ?? text.library.unknown}</span>
      <span className={c('number')}>{asset.bytes === null ? text.library.unknown : bytes(asset.bytes)}</span>
      <span className={c('number')}>
        {asset.createdAt === null ? text.library.unknown : moment(asset.createdAt, now)}
      </span>
    </>
  )
}

function TransferCells({ item: { transfer } }: { item: Extract<LibraryItem, { kind: 'transfer' }> }) {
  const line = transferLine(transfer)
  const kind = kindOfMediaType(transfer.mediaType)
  return (
    <>
      <RowPicture className={c('picture', 'dim')}>
        <KindPicture kind={kind} size={14} />
        <SourcePicture transfer={transfer} />
      </RowPicture>
      <span className={c('name')}>
        <MiddleCut name={transfer.name} />
      </span>
      <StateLabel look={line.look} words={line.state} share={storedShare(transfer)} />
      <span />
      <span className={c('number')}>{percent(transfer.bytesStored, transfer.bytes)}</span>
      <span className={c('number')}>{bytes(transfer.bytes)}</span>
      <span />
    </>
  )
}
