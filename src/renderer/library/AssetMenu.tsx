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
import { ContextMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { type ActionId, actions, keysOf } from '../../shared/actions.ts'
import { applies, runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Keys } from '../ui/Keys.tsx'
import menu from '../ui/Menu.module.css'
import { chosenAssets } from './assetCommands.ts'
import { itemAt, selectItems, useLibrary } from './libraryStore.ts'
import { pressedItem } from './pressedItem.ts'

const c = classesOf(menu)

/** Right click means the thing under the pointer, or all that are chosen if it is one of them. */
function choosePressed(target: EventTarget | null): void {
  const index = pressedItem(target)
  if (index === undefined) return
  const state = useLibrary.getState()
  const item = itemAt(state, index)
  if (item !== undefined && !state.selection.ids.has(item.id))
    selectItems({ kind: 'only', id: item.id, index })
}

interface AssetMenuProps {
  readonly children: ReactNode
}

/** What can be done with the chosen assets, where they stand. */
export function AssetMenu({ children }: AssetMenuProps) {
  const hasChosen = useLibrary((library) => library.selection.ids.size > 0)
  return (
    <ContextMenu.Root modal={false}>
      <ContextMenu.Trigger asChild onContextMenu={(event) => choosePressed(event.target)}>
        {children}
      </ContextMenu.Trigger>
      {hasChosen ? (
        <ContextMenu.Portal>
          <section aria-label={text.app.menu}>
            <ContextMenu.Content className={c('menu')} collisionPadding={8} loop>
              <Items />
            </ContextMenu.Content>
          </section>
        </ContextMenu.Portal>
      ) : null}
    </ContextMenu.Root>
  )
}

function Items() {
  const isAllFavourite = chosenAssets().every((asset) => asset.isFavourite)
  return (
    <>
      <Item id="media.open" icon={<Play size={15} />} />
      <Item
        id="media.favourite"
        icon={isAllFavourite ? <StarOff size={15} /> : <Star size={15} />}
        words={isAllFavourite ? text.library.unfavourite : undefined}
      />

      <Item id="playlist.playChosen" icon={<ListVideo size={15} />} />
      <Item id="playlist.add" icon={<ListPlus size={15} />} />
      <Item id="media.newVersion" icon={<Layers2 size={15} />} />
      <Item id="media.approve" icon={<Check size={15} />} />
      <Item id="media.needsChanges" icon={<TriangleAlert size={15} />} />
      <Item id="media.requestApproval" icon={<BadgeCheck size={15} />} />
      <Item id="media.clearVotes" icon={<Eraser size={15} />} />
      <Item id="media.share" icon={<Share2 size={15} />} />
      <Item id="media.rename" icon={<Pencil size={15} />} />
      <Item id="media.moveUp" icon={<ArrowUp size={15} />} />
      <Item id="media.moveDown" icon={<ArrowDown size={15} />} />
      <Item id="media.restore" icon={<ArchiveRestore size={15} />} />
      <Item id="media.remove" icon={<Trash2 size={15} />} isDanger />
      <Item id="media.purge" icon={<Trash2 size={15} />} isDanger />
    </>
  )
}

interface ItemProps {
  readonly id: ActionId
  readonly icon: ReactNode
  readonly words?: string | undefined
  readonly isDanger?: boolean
}

/** One action of the registry, there only while it applies. */
export function Item({ id, icon, words, isDanger }: ItemProps) {
  const keys = useApp((app) => keysOf(id, app.settings.shortcuts)[0])
  if (!applies(id)) return null
  return (
    <Choice
      icon={icon}
      words={words ?? actions[id].words}
      keys={keys}
      isDanger={isDanger}
      run={() => runAction(id)}
    />
  )
}

interface ChoiceProps {
  readonly icon: ReactNode
  readonly words: string
  readonly keys?: string | undefined
  readonly isDanger?: boolean | undefined
  readonly run: () => void
}

export function Choice({ icon, words, keys, isDanger, run }: ChoiceProps) {
  return (
    <ContextMenu.Item className={c('item', isDanger && 'danger')} onSelect={run}>
      {icon}
      <span className={c('words')}>{words}</span>
      {keys ? (
        <span className={c('keys')}>
          <Keys text={keys} />
        </span>
      ) : null}
    </ContextMenu.Item>
  )
}
