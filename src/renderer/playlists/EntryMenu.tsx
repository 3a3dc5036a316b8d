import { ArrowDown, ArrowUp, Layers2, ListX, Maximize2, Play, SquarePlay } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PlaylistId } from '../../shared/ids.ts'
import { pressedItem } from '../library/pressedItem.ts'
import { useAssetDetail } from '../review/assetStore.ts'
import { ActionItem } from '../shell/ActionItem.tsx'
import { go } from '../shell/routeStore.ts'
import { text } from '../text/text.ts'
import { Choice, ContextMenu } from '../ui/ContextMenu.tsx'
import { chosenEntries, selectEntries, usePage } from './pageStore.ts'
import { changeEntry, mayWith } from './playlistStore.ts'

/** Right click means the row under the pointer, or all that are chosen if it is one of them. */
function choosePressed(target: EventTarget | null): void {
  const index = pressedItem(target)
  const { entries, selection } = usePage.getState()
  const entry = index === undefined ? undefined : entries[index]
  if (index !== undefined && entry !== undefined && !selection.ids.has(entry.id))
    selectEntries({ kind: 'only', id: entry.id, index })
}

/** What can be done with the chosen clips of a playlist. */
export function EntryMenu({ listId, children }: { readonly listId: PlaylistId; children: ReactNode }) {
  const hasChosen = usePage((page) => page.selection.ids.size > 0)
  return (
    <ContextMenu onPress={choosePressed} items={hasChosen ? <Items listId={listId} /> : null}>
      {children}
    </ContextMenu>
  )
}

function Items({ listId }: { readonly listId: PlaylistId }) {
  const chosen = chosenEntries()
  const [only] = chosen
  const words = text.playlists
  return (
    <>
      {chosen.length === 1 && only !== undefined ? (
        <>
          <Choice
            icon={<Play size={15} />}
            words={words.playFrom}
            run={() => go({ screen: 'playing', list: { kind: 'kept', id: listId }, entryId: only.id })}
          />
          {only.assetId === null || only.versionId === null ? null : (
            <OfOne
              entry={only}
              assetId={only.assetId}
              versionId={only.versionId}
              mayChange={mayWith(listId, 'change')}
            />
          )}
        </>
      ) : null}
      <ActionItem id="playlist.moveUp" icon={<ArrowUp size={15} />} />
      <ActionItem id="playlist.moveDown" icon={<ArrowDown size={15} />} />
      <ActionItem id="playlist.takeOut" icon={<ListX size={15} />} isDanger />
    </>
  )
}

type Entry = ReturnType<typeof chosenEntries>[number]

interface OfOneProps {
  readonly entry: Entry
  readonly assetId: NonNullable<Entry['assetId']>
  readonly versionId: NonNullable<Entry['versionId']>
  readonly mayChange: boolean
}

function OfOne({ entry, assetId, versionId, mayChange }: OfOneProps) {
  return (
    <>
      <Choice
        icon={<SquarePlay size={15} />}
        words={text.playlists.openAlone}
        run={() => go({ screen: 'review', assetId, versionId })}
      />
      {mayChange ? <Changes entry={entry} assetId={assetId} versionId={versionId} /> : null}
    </>
  )
}

/** Which version it plays, and how much of it. */
function Changes({ entry, assetId, versionId }: Omit<OfOneProps, 'mayChange'>) {
  const { value } = useAssetDetail(assetId)
  const words = text.playlists
  const others = (value?.versions ?? []).filter((each) => !entry.isPinned || each.id !== versionId)
  return (
    <>
      {entry.isPinned ? (
        <Choice
          icon={<Layers2 size={15} />}
          words={words.newestLong}
          run={() => void changeEntry({ id: entry.id, versionId: null })}
        />
      ) : null}
      {others.map((each) => (
        <Choice
          key={each.id}
          icon={<Layers2 size={15} />}
          words={words.stay(each.number)}
          run={() => void changeEntry({ id: entry.id, versionId: each.id })}
        />
      ))}
      {entry.range === null ? null : (
        <Choice
          icon={<Maximize2 size={15} />}
          words={words.wholeClip}
          run={() => void changeEntry({ id: entry.id, range: null })}
        />
      )}
    </>
  )
}
