import { FolderUp, Upload } from 'lucide-react'
import { keysOf } from '../../shared/actions.ts'
import type { Connection } from '../../shared/connection.ts'
import type { Place } from '../../shared/place.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { useNow } from '../shell/useNow.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import css from './LibraryHeader.module.css'
import { useLibrary } from './libraryStore.ts'

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
      <AddMedia place={place} />
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
