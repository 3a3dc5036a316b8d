import { Copy, ListVideo, Pencil, Play, Plus, Trash2 } from 'lucide-react'
import type { Playlist } from '../../shared/playlist.ts'
import { runAction } from '../shell/actionRunner.ts'
import { go, useRoute } from '../shell/routeStore.ts'
import sidebarCss from '../sidebar/Sidebar.module.css'
import { count } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Choice, ContextMenu } from '../ui/ContextMenu.tsx'
import { classesOf } from '../ui/classes.ts'
import fill from '../ui/Fill.module.css'
import { IconButton } from '../ui/IconButton.tsx'
import css from './PlaylistRows.module.css'
import { askPlaylist, duplicatePlaylist, removePlaylist, usePlaylists } from './playlistStore.ts'

const c = classesOf(css)
const side = classesOf(sidebarCss)

/** The playlists of this computer, below the places. */
export function PlaylistRows() {
  const lists = usePlaylists((state) => state.lists)
  const words = text.playlists
  return (
    <section className={c('section')} aria-label={words.title}>
      <div className={side('head')}>
        <h2>{words.title}</h2>
        <IconButton label={words.create} onClick={() => runAction('playlist.create')}>
          <Plus size={14} />
        </IconButton>
      </div>
      {lists.length === 0 ? null : (
        <ul className={c('list')}>
          {lists.map((list) => (
            <li key={list.id}>
              <Row list={list} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Row({ list }: { readonly list: Playlist }) {
  const isHere = useRoute(({ route }) => route.screen === 'playlist' && route.id === list.id)
  const words = text.playlists
  return (
    <ContextMenu
      items={
        <>
          <Choice
            icon={<Play size={15} />}
            words={words.play}
            run={() => go({ screen: 'playing', list: { kind: 'kept', id: list.id } })}
          />
          <Choice
            icon={<Pencil size={15} />}
            words={words.rename}
            run={() => askPlaylist({ kind: 'rename', playlist: list })}
          />
          <Choice
            icon={<Copy size={15} />}
            words={words.duplicate}
            run={() => void duplicatePlaylist(list)}
          />
          <Choice
            icon={<Trash2 size={15} />}
            words={words.remove}
            isDanger
            run={() => void removePlaylist(list)}
          />
        </>
      }
    >
      <button
        type="button"
        className={side('row')}
        aria-pressed={isHere}
        onClick={() => go({ screen: 'playlist', id: list.id })}
      >
        <ListVideo size={15} aria-hidden="true" />
        <span className={fill['fill']} title={list.name}>
          {list.name}
        </span>
        {list.entryCount === 0 ? null : <span className={side('count')}>{count(list.entryCount)}</span>}
      </button>
    </ContextMenu>
  )
}
