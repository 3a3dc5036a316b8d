import { type ReactNode, useSyncExternalStore } from 'react'
import type { Connection } from '../../shared/connection.ts'
import type { Failure } from '../../shared/errors.ts'
import type { PlaceId } from '../../shared/ids.ts'
import type { Place } from '../../shared/place.ts'
import { DropZone } from '../drop/DropZone.tsx'
import { useDrop } from '../drop/dropStore.ts'
import { SearchHead } from '../search/SearchHead.tsx'
import { runAction } from '../shell/actionRunner.ts'
import { useApp, useConnection } from '../shell/appStore.ts'
import { copyDetails } from '../shell/copyDetails.ts'
import { useOverlays } from '../shell/overlayStore.ts'
import { usePlaces } from '../sidebar/placeStore.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Notice } from '../ui/Notice.tsx'
import { AssetGrid, noPager } from './AssetGrid.tsx'
import { AssetList } from './AssetList.tsx'
import { AssetMenu } from './AssetMenu.tsx'
import { FolderStrip } from './FolderStrip.tsx'
import css from './Library.module.css'
import { LibraryHeader } from './LibraryHeader.tsx'
import { LibraryTools } from './LibraryTools.tsx'
import { changeQuery, refreshPlace, useLibrary } from './libraryStore.ts'
import { noticeButton } from './noticeButton.ts'

const c = classesOf(css)

/** The content pane: the assets of one place in every state they can be in. */
export function Library({ placeId }: { readonly placeId: PlaceId | null }) {
  const place = usePlaces((places) => (placeId === null ? undefined : places.byId[placeId]))
  const connection = useConnection(place?.connectionId)
  const isDragging = useDrop((drop) => drop.isDragging)
  const dropProps = place?.takesUploads
    ? { 'data-drop-place': place.id }
    : placeId === null
      ? {}
      : { 'data-drop-closed': '' }
  return (
    <main className={c('content')} aria-label={text.shell.content} {...dropProps}>
      {placeId === null ? (
        <div className={c('fill')}>
          <NoPlace />
        </div>
      ) : null}
      {place === undefined ? null : (
        <>
          {place.shelf === 'found' ? <SearchHead /> : <LibraryHeader place={place} connection={connection} />}
          <LibraryTools isOrdered={place.isOrdered} />
          <Notices connection={connection} />
          <FolderStrip place={place} />
          <Assets place={place} />
        </>
      )}
      {isDragging ? <DropZone /> : null}
    </main>
  )
}

function NoPlace() {
  const hasConnections = useApp((app) => app.connections.length > 0)
  return (
    <EmptyState
      level={1}
      title={hasConnections ? text.library.choose : text.sidebar.none}
      more={hasConnections ? text.library.chooseMore : undefined}
    >
      {hasConnections ? null : (
        <Button look="primary" size="large" onClick={() => runAction('app.addConnection')}>
          {text.sidebar.addConnection}
        </Button>
      )}
    </EmptyState>
  )
}

/** The button that helps: secrets are asked for where they are missing. */
function remedyOf(failure: Failure, connection: Connection | undefined) {
  switch (noticeButton(failure, connection)) {
    case 'signIn':
      return {
        words: text.connect.signIn,
        run: () => useOverlays.setState({ signInTo: connection?.id ?? null }),
      }
    case 'copyDetails':
      return { words: text.app.copyDetails, run: () => copyDetails(failure) }
    case 'tryAgain':
      return { words: text.app.tryAgain, run: () => void refreshPlace() }
  }
}

function Notices({ connection }: { readonly connection: Connection | undefined }) {
  const isAway = connection?.state === 'offline'
  // The service asked the whole connection to wait.
  const heldUntil = connection?.heldUntil ?? null
  const own = useLibrary((library) => library.failure)
  const remote = useLibrary((library) => library.facts?.failure ?? null)
  const failure = own ?? remote
  const words = failure && errorWords(failure)
  const isHeld = heldUntil !== null && failure?.code === 'remote.rateLimited'
  const isNetwork = failure?.code === 'network.offline' || failure?.code === 'remote.unavailable'
  return (
    <div className={c('notices')}>
      {isAway ? <Notice tone="wait" what={text.library.offline} /> : null}
      {heldUntil === null ? null : (
        <Notice tone="wait" what={text.library.held} more={text.library.heldMore(heldUntil)} />
      )}
      {failure !== null && words !== null && !(isAway && isNetwork) && !isHeld ? (
        <Notice tone="stop" what={words.what} more={words.more} action={remedyOf(failure, connection)} />
      ) : null}
    </div>
  )
}

function Assets({ place }: { readonly place: Place }) {
  const view = useApp((app) => app.settings.contentView)
  const pager = useLibrary((library) => library.pager)
  const isEmpty = useLibrary((library) => library.onTheWay.length === 0)
  const failure = useLibrary((library) => library.failure)
  const isReading = useLibrary((library) => library.facts?.isSyncing ?? true)
  useSyncExternalStore((pager ?? noPager).subscribe, (pager ?? noPager).version)
  const isNothing = isEmpty && pager?.isLoaded && pager.total === 0
  const neverRead = isEmpty && pager !== null && !pager.isLoaded && failure !== null
  if (neverRead) return <div className={c('fill')} />
  if (isNothing && !isReading)
    return (
      <div className={c('fill')}>
        <Nothing place={place} />
      </div>
    )
  return (
    <AssetMenu>
      <div className={c('assets')}>
        {view === 'grid' ? (
          <AssetGrid label={text.library.assets} />
        ) : (
          <AssetList label={text.library.assets} />
        )}
      </div>
    </AssetMenu>
  )
}

function emptyShelf(shelf: NonNullable<Place['shelf']>): { title: string; more?: string } {
  const words = text.library
  if (shelf === 'deleted') return { title: words.trashEmptyTitle, more: words.trashEmptyMore }
  if (shelf === 'favourites') return { title: words.favouritesEmptyTitle, more: words.favouritesEmptyMore }
  if (shelf === 'found') return { title: words.nothingFound, more: words.nothingFoundMore }
  return { title: words.emptyClosed }
}

function Nothing({ place }: { readonly place: Place }): ReactNode {
  const find = useLibrary((library) => library.query?.find ?? '')
  const review = useLibrary((library) => library.query?.review ?? 'all')
  const words = text.library
  if (find !== '' || review !== 'all')
    return (
      <EmptyState title={find === '' ? words.noMatch : words.noMatchFor(find)}>
        <Button onClick={() => changeQuery({ find: '', review: 'all' })}>{words.showAll}</Button>
      </EmptyState>
    )
  if (place.shelf !== null) return <EmptyState {...emptyShelf(place.shelf)} />
  if (!place.takesUploads)
    return (
      <EmptyState title={words.emptyClosed} more={place.hasChildren ? words.emptyClosedMore : undefined} />
    )
  return (
    <EmptyState title={words.emptyTitle} more={words.emptyMore} picture={<div className={c('target')} />}>
      <Button size="large" onClick={() => runAction('media.addFiles')}>
        {words.addMedia}
      </Button>
    </EmptyState>
  )
}
