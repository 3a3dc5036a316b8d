import { useShallow } from 'zustand/react/shallow'
import { chosenAsset, chosenTransfer, useLibrary } from '../library/libraryStore.ts'
import { TransferDetail } from '../queue/TransferDetail.tsx'
import { usePlaceId } from '../shell/routeStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { AssetInspector } from './AssetInspector.tsx'
import css from './Inspector.module.css'
import { PlaceInspector } from './PlaceInspector.tsx'

const c = classesOf(css)

/** What is known about what is chosen. */
export function Inspector() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key
    <aside tabIndex={0} className={c('inspector')} aria-label={text.shell.inspector}>
      <Subject />
    </aside>
  )
}

function Subject() {
  const placeId = usePlaceId()
  const { asset, transfer, count } = useLibrary(
    useShallow((library) => ({
      asset: chosenAsset(library),
      transfer: chosenTransfer(library),
      count: library.selection.ids.size,
    })),
  )
  if (transfer !== undefined) return <TransferDetail key={transfer.id} transfer={transfer} />
  if (asset !== undefined) return <AssetInspector key={asset.id} asset={asset} />
  if (count > 1)
    return (
      <div className={c('nothing')}>
        <EmptyState small title={text.inspector.many(count)} />
      </div>
    )
  if (placeId !== null) return <PlaceInspector placeId={placeId} />
  return (
    <div className={c('nothing')}>
      <EmptyState small title={text.inspector.nothing} more={text.inspector.nothingMore} />
    </div>
  )
}
