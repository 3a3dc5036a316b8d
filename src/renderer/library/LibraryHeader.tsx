import {
  Check as CheckIcon,
  Ellipsis,
  FolderPlus,
  FolderUp,
  ListOrdered,
  Pencil,
  Search,
  Share2,
  Trash2,
  Upload,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { type ActionId, actions, keysOf } from '../../shared/actions.ts'
import type { Connection } from '../../shared/connection.ts'
import type { Place } from '../../shared/place.ts'
import { applies, runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { useNow } from '../shell/useNow.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import { setOrdered } from './assetCommands.ts'
import css from './LibraryHeader.module.css'
import { useLibrary } from './libraryStore.ts'
import { PlayAsOne } from './PlayAsOne.tsx'

const c = classesOf(css)

interface LibraryHeaderProps {
  readonly place: Place
  readonly connection: Connection | undefined
}

export function LibraryHeader({ place, connection }: LibraryHeaderProps) {
  return (
    <header className={c('head')}>
      <div className={c('words')}>
        <h1 className={c('title')}>{place.name}</h1>
        <p className={c('facts')}>
          <Facts place={place} isAway={connection !== undefined && connection.state !== 'online'} />
        </p>
      </div>
      <PlaceMenu place={place} />
      <PlayAsOne />
      {place.shelf === null ? <AddMedia place={place} /> : null}
    </header>
  )
}

/** How much is here and how old what is shown is. */
function Facts({ place, isAway }: { readonly place: Place; readonly isAway: boolean }) {
  const facts = useLibrary((library) => library.facts)
  const now = useNow()
  if (facts === null) return null
  const words = text.library
  const sum = facts.counts.all > 0 ? `${words.facts(facts.counts.all, facts.bytes)}.` : ''
  const isPartial = facts.remoteTotal !== null && facts.isSyncing && facts.remoteTotal > facts.counts.all
  const partial = isPartial ? ` ${words.partial(facts.counts.all, facts.remoteTotal ?? 0)}.` : ''
  const status = place.status ? ` ${place.status}.` : ''
  if (isAway)
    return (
      <>
        {sum}
        {status} <span className={c('away')}>{words.fromHere(facts.syncedAt, now)}.</span>
      </>
    )
  const age = facts.isSyncing
    ? `${words.reading}…`
    : facts.syncedAt === null
      ? ''
      : `${words.updated(facts.syncedAt, now)}.`
  return `${sum}${status}${partial} ${age}`.trim()
}

const placeActions: readonly { readonly id: ActionId; readonly icon: ReactNode }[] = [
  { id: 'go.search', icon: <Search size={15} /> },
  { id: 'place.newFolder', icon: <FolderPlus size={15} /> },
  { id: 'place.share', icon: <Share2 size={15} /> },
  { id: 'place.rename', icon: <Pencil size={15} /> },
]

/** What can be done with the place itself; absent where nothing can. */
function PlaceMenu({ place }: { readonly place: Place }) {
  const shortcuts = useApp((app) => app.settings.shortcuts)
  const powers = useApp((app) => app.connections.find((each) => each.id === place.connectionId)?.powers)
  const canOrder = powers?.includes('ordering') && place.shelf === null && place.kind !== 'workspace'
  if (powers === undefined || powers.length === 0) return null
  return (
    <Menu
      align="end"
      trigger={
        <IconButton label={text.library.placeMenu}>
          <Ellipsis size={16} />
        </IconButton>
      }
    >
      {placeActions
        .filter(({ id }) => applies(id))
        .map(({ id, icon }) => (
          <MenuItem
            key={id}
            icon={icon}
            words={actions[id].words}
            keys={keysOf(id, shortcuts)[0]}
            onChoose={() => runAction(id)}
          />
        ))}
      {canOrder ? (
        <MenuItem
          icon={place.isOrdered ? <CheckIcon size={15} /> : <ListOrdered size={15} />}
          words={text.library.ordered}
          onChoose={() => void setOrdered(place, !place.isOrdered)}
        />
      ) : null}
      {applies('place.remove') ? (
        <MenuItem
          icon={<Trash2 size={15} />}
          words={actions['place.remove'].words}
          isDanger
          onChoose={() => runAction('place.remove')}
        />
      ) : null}
    </Menu>
  )
}

function AddMedia({ place }: { readonly place: Place }) {
  const fileKeys = useApp((app) => keysOf('media.addFiles', app.settings.shortcuts)[0])
  const folderKeys = useApp((app) => keysOf('media.addFolders', app.settings.shortcuts)[0])
  if (!place.takesUploads)
    return (
      <Button
        aria-disabled="true"
        title={place.kind === 'workspace' ? text.library.uploadsTo : text.library.noPermission}
      >
        <Upload size={15} aria-hidden="true" />
        {text.library.addMedia}
      </Button>
    )
  return (
    <Menu
      align="end"
      trigger={
        <Button look="primary">
          <Upload size={15} aria-hidden="true" />
          {text.library.addMedia}
        </Button>
      }
    >
      <MenuItem
        icon={<Upload size={15} />}
        words={text.library.addFiles}
        keys={fileKeys}
        onChoose={() => runAction('media.addFiles')}
      />
      <MenuItem
        icon={<FolderUp size={15} />}
        words={text.library.addFolders}
        keys={folderKeys}
        onChoose={() => runAction('media.addFolders')}
      />
    </Menu>
  )
}
