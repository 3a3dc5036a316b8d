import {
  ArchiveRestore,
  ArrowDown,
  ArrowUp,
  BadgeCheck,
  Check,
  Eraser,
  Layers2,
  ListPlus,
  ListVideo,
  Pencil,
  Play,
  Share2,
  Star,
  StarOff,
  Trash2,
  TriangleAlert,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { ActionItem } from '../shell/ActionItem.tsx'
import { text } from '../text/text.ts'
import { ContextMenu } from '../ui/ContextMenu.tsx'
import { chosenAssets } from './assetCommands.ts'
import { itemAt, selectItems, useLibrary } from './libraryStore.ts'
import { pressedItem } from './pressedItem.ts'

/** Right click means the thing under the pointer, or all that are chosen if it is one of them. */
function choosePressed(target: EventTarget | null): void {
  const index = pressedItem(target)
  if (index === undefined) return
  const state = useLibrary.getState()
  const item = itemAt(state, index)
  if (item !== undefined && !state.selection.ids.has(item.id))
    selectItems({ kind: 'only', id: item.id, index })
}

/** What can be done with the chosen assets, where they stand. */
export function AssetMenu({ children }: { readonly children: ReactNode }) {
  const hasChosen = useLibrary((library) => library.selection.ids.size > 0)
  return (
    <ContextMenu onPress={choosePressed} items={hasChosen ? <Items /> : null}>
      {children}
    </ContextMenu>
  )
}

function Items() {
  const isAllFavourite = chosenAssets().every((asset) => asset.isFavourite)
  return (
    <>
      <ActionItem id="media.open" icon={<Play size={15} />} />
      <ActionItem
        id="media.favourite"
        icon={isAllFavourite ? <StarOff size={15} /> : <Star size={15} />}
        words={isAllFavourite ? text.library.unfavourite : undefined}
      />
      <ActionItem id="playlist.playChosen" icon={<ListVideo size={15} />} />
      <ActionItem id="playlist.add" icon={<ListPlus size={15} />} />
      <ActionItem id="media.newVersion" icon={<Layers2 size={15} />} />
      <ActionItem id="media.approve" icon={<Check size={15} />} />
      <ActionItem id="media.needsChanges" icon={<TriangleAlert size={15} />} />
      <ActionItem id="media.requestApproval" icon={<BadgeCheck size={15} />} />
      <ActionItem id="media.clearVotes" icon={<Eraser size={15} />} />
      <ActionItem id="media.share" icon={<Share2 size={15} />} />
      <ActionItem id="media.rename" icon={<Pencil size={15} />} />
      <ActionItem id="media.moveUp" icon={<ArrowUp size={15} />} />
      <ActionItem id="media.moveDown" icon={<ArrowDown size={15} />} />
      <ActionItem id="media.restore" icon={<ArchiveRestore size={15} />} />
      <ActionItem id="media.remove" icon={<Trash2 size={15} />} isDanger />
      <ActionItem id="media.purge" icon={<Trash2 size={15} />} isDanger />
    </>
  )
}
