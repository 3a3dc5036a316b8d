import { ArchiveRestore, Folder, Trash2 } from 'lucide-react'
import { useEffect } from 'react'
import type { Place } from '../../shared/place.ts'
import { go } from '../shell/routeStore.ts'
import { loadPlaces, usePlaces } from '../sidebar/placeStore.ts'
import { count } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { askFirst, restorePlace } from './assetCommands.ts'
import css from './FolderStrip.module.css'
import { useLibrary } from './libraryStore.ts'

const c = classesOf(css)
const none: readonly Place[] = []
/** More than that are found in the tree, which scrolls. */
const mostShown = 60
const mostDeleted = 200

/** The folders in a place, above its assets. In the trash they can be put back or deleted for good. */
export function FolderStrip({ place }: { readonly place: Place }) {
  const folders = usePlaces((places) => places.children[place.id]?.places ?? none)
  const isFiltered = useLibrary(
    ({ query }) => query !== null && (query.find !== '' || query.review !== 'all'),
  )
  const { connectionId, hasChildren, id, kind } = place
  useEffect(() => {
    if (hasChildren) void loadPlaces(connectionId, id)
  }, [connectionId, hasChildren, id])
  // Deleted ones can be put back from here alone.
  const most = place.shelf === 'deleted' ? mostDeleted : mostShown
  if (folders.length === 0 || isFiltered || kind === 'workspace') return null
  return (
    <nav className={c('strip')} aria-label={text.library.folders}>
      {folders.slice(0, most).map((folder) => (
        <span key={folder.id} className={c('folder')}>
          <button
            type="button"
            className={c('open')}
            title={folder.name}
            data-drop-place={folder.takesUploads ? folder.id : undefined}
            onClick={() => go({ screen: 'library', placeId: folder.id })}
          >
            <Folder size={15} aria-hidden="true" />
            <span className={c('name')}>{folder.name}</span>
            {folder.assetCount === null || folder.assetCount === 0 ? null : (
              <span className={c('count')}>{count(folder.assetCount)}</span>
            )}
          </button>
          {place.shelf === 'deleted' ? (
            <>
              <IconButton
                label={`${text.library.putBack}: ${folder.name}`}
                onClick={() => void restorePlace(folder)}
              >
                <ArchiveRestore size={14} />
              </IconButton>
              <IconButton
                label={`${text.library.purgeNow}: ${folder.name}`}
                onClick={() => askFirst({ kind: 'purgePlace', place: folder, isSure: false })}
              >
                <Trash2 size={14} />
              </IconButton>
            </>
          ) : null}
        </span>
      ))}
      {folders.length > most ? (
        <span className={c('count')}>{text.library.moreFolders(folders.length - most)}</span>
      ) : null}
    </nav>
  )
}
