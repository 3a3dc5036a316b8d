import { Copy, ListVideo, Pencil, Play, Plus, Trash2 } from 'lucide-react'
import type { Connection } from '../../shared/connection.ts'
import type { Playlist, PlaylistService } from '../../shared/playlist.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useConnection } from '../shell/appStore.ts'
import { go, useRoute } from '../shell/routeStore.ts'
import sidebarCss from '../sidebar/Sidebar.module.css'
import { errorWords } from '../text/errors.ts'
import { count } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Choice, ContextMenu } from '../ui/ContextMenu.tsx'
import { classesOf } from '../ui/classes.ts'
import fill from '../ui/Fill.module.css'
import { IconButton } from '../ui/IconButton.tsx'
import { KeepAtChoices } from './PlaylistHome.tsx'
import css from './PlaylistRows.module.css'
import {
  askPlaylist,
  duplicatePlaylist,
  refreshPlaylists,
  removePlaylist,
  usePlaylists,
} from './playlistStore.ts'

const c = classesOf(css)
const side = classesOf(sidebarCss)

/** The playlists of this computer and of every service that keeps some, below the places. */
export function PlaylistRows() {
  const lists = usePlaylists((state) => state.lists)
  const services = usePlaylists((state) => state.services)
  const own = lists.filter(({ home }) => home === null)
  const words = text.playlists
  return (
    <section className={c('section')} aria-label={words.title}>
      <div className={side('head')}>
        <h2>{words.title}</h2>
        <IconButton label={words.create} onClick={() => runAction('playlist.create')}>
          <Plus size={14} />
        </IconButton>
      </div>
      <div className={c('list')}>
        <Rows lists={own} />
        {services.map((service) => (
          <Kept
            key={service.connectionId}
            service={service}
            lists={lists.filter(({ home }) => home?.connectionId === service.connectionId)}
          />
        ))}
      </div>
    </section>
  )
}

function Rows({ lists }: { readonly lists: readonly Playlist[] }) {
  return lists.length === 0 ? null : (
    <ul>
      {lists.map((list) => (
        <li key={list.id}>
          <Row list={list} />
        </li>
      ))}
    </ul>
  )
}

interface KeptProps {
  readonly service: PlaylistService
  readonly lists: readonly Playlist[]
}

/** Those of one service, named by its connection; how it went when they were asked for stands with them. */
function Kept({ service, lists }: KeptProps) {
  const connection = useConnection(service.connectionId)
  if (connection === undefined) return null
  return (
    <section aria-label={text.playlists.keptAt(connection.name)}>
      <h3 className={c('home')}>
        <span className={fill['fill']} title={connection.host}>
          {connection.name}
        </span>
        <State service={service} connection={connection} isEmpty={lists.length === 0} />
      </h3>
      <Rows lists={lists} />
    </section>
  )
}

interface StateProps {
  readonly service: PlaylistService
  readonly connection: Connection
  readonly isEmpty: boolean
}

function State({ service: { isReading, readAt, failure }, connection, isEmpty }: StateProps) {
  const words = text.playlists.services
  if (connection.state === 'signedOut') return <span className={c('state')}>{words.signedOut}</span>
  if (connection.state === 'offline') return <span className={c('state')}>{words.offline}</span>
  if (failure !== null)
    return (
      <button
        type="button"
        className={c('state', 'again')}
        title={errorWords(failure).what}
        onClick={refreshPlaylists}
      >
        {errorWords(failure).short}. {words.again}
      </button>
    )
  if (isReading && readAt === null) return <span className={c('state')}>{words.reading}</span>
  return isEmpty ? <span className={c('state')}>{words.none}</span> : null
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
          {list.may.includes('rename') ? (
            <Choice
              icon={<Pencil size={15} />}
              words={words.rename}
              run={() => askPlaylist({ kind: 'rename', playlist: list })}
            />
          ) : null}
          <Choice
            icon={<Copy size={15} />}
            words={list.home === null ? words.duplicate : words.copyHere}
            run={() => void duplicatePlaylist(list)}
          />
          <KeepAtChoices playlist={list} />
          {list.may.includes('remove') ? (
            <Choice
              icon={<Trash2 size={15} />}
              words={words.remove}
              isDanger
              run={() => void removePlaylist(list)}
            />
          ) : null}
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
