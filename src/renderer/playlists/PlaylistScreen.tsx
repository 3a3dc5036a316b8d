import { Copy, Ellipsis, Pencil, Play, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useMemo } from 'react'
import { actions, keysOf } from '../../shared/actions.ts'
import type { PlaylistId } from '../../shared/ids.ts'
import { ListTiming } from '../../shared/listTiming.ts'
import type { Entry } from '../../shared/playlist.ts'
import headCss from '../library/LibraryHeader.module.css'
import { runAction } from '../shell/actionRunner.ts'
import { useApp, useConnection } from '../shell/appStore.ts'
import { Panes } from '../shell/Panes.tsx'
import { go, type ListRef, useRoute } from '../shell/routeStore.ts'
import { HistoryButtons, SearchField, SidebarButton, TitleBar } from '../shell/TitleBar.tsx'
import { Sidebar } from '../sidebar/Sidebar.tsx'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import { EntryList } from './EntryList.tsx'
import { clipOfEntry, useMeasured } from './lengths.ts'
import { totalTime } from './listTime.ts'
import { HomeNotice, KeepAtItems } from './PlaylistHome.tsx'
import css from './PlaylistScreen.module.css'
import { showPage, usePage } from './pageStore.ts'
import { usePlaylist } from './playlistStore.ts'
import { useEntries, useWithLengths } from './useEntries.ts'

const c = classesOf(css)
const head = classesOf(headCss)

/** One playlist: its clips in their order. */
export function PlaylistScreen({ id }: { readonly id: PlaylistId }) {
  const isSidebarShown = useApp((app) => app.settings.sidebarShown)
  return (
    <>
      <TitleBar end={<SearchField />}>
        <SidebarButton />
        <HistoryButtons />
      </TitleBar>
      <Panes sidebar={isSidebarShown ? <Sidebar /> : null} content={<Content id={id} />} inspector={null} />
    </>
  )
}

const none: readonly Entry[] = []

function Content({ id }: { readonly id: PlaylistId }) {
  const list = useMemo((): ListRef => ({ kind: 'kept', id }), [id])
  const { value, failure } = useEntries(list)
  const entries = useWithLengths(value?.entries ?? none)
  useMeasured(entries)
  useEffect(() => showPage(id, entries), [id, entries])
  const shown = usePage((page) => (page.id === id ? page.entries : none))
  const kept = usePlaylist(id)
  const words = text.playlists
  const isGone = failure?.code === 'thing.notFound'
  if (value === null || isGone)
    return (
      <main className={c('page')} aria-label={words.title} aria-busy={failure === null}>
        {failure === null ? (
          <Blank />
        ) : (
          <EmptyState
            level={1}
            title={isGone ? words.gone : errorWords(failure).what}
            more={isGone ? words.goneMore : errorWords(failure).more}
          />
        )}
      </main>
    )
  return (
    <main className={c('page')} aria-label={value.name}>
      <Head id={id} name={value.name} entries={shown} />
      {kept === undefined ? null : <HomeNotice playlist={kept} />}
      {entries.length === 0 ? (
        <Empty />
      ) : (
        <EntryList listId={id} entries={shown} mayMove={kept?.may.includes('move') === true} />
      )}
    </main>
  )
}

interface HeadProps {
  readonly id: PlaylistId
  readonly name: string
  readonly entries: readonly Entry[]
}

function Head({ id, name, entries }: HeadProps) {
  const kept = usePlaylist(id)
  const timing = useMemo(() => new ListTiming(entries.map(clipOfEntry)), [entries])
  const unknown = entries.filter((entry) => entry.problem === null && clipOfEntry(entry) === null).length
  const shortcuts = useApp((app) => app.settings.shortcuts)
  const words = text.playlists
  const connection = useConnection(kept?.home?.connectionId)
  const where = kept?.home == null ? words.kept : words.keptAt(connection?.name ?? '')
  const item = (
    action: 'playlist.rename' | 'playlist.duplicate' | 'playlist.remove',
    icon: ReactNode,
    said: string = actions[action].words,
  ) => (
    <MenuItem
      icon={icon}
      words={said}
      keys={keysOf(action, shortcuts)[0]}
      isDanger={action === 'playlist.remove'}
      onChoose={() => runAction(action)}
    />
  )
  return (
    <header className={head('head')}>
      <div className={head('words')}>
        <h1 className={head('title')}>{name}</h1>
        <p className={head('facts')}>
          {words.facts(entries.length, totalTime(timing))}. {unknown > 0 ? `${words.partly(unknown)}. ` : ''}
          {where}.
        </p>
      </div>
      <Menu
        align="end"
        trigger={
          <IconButton label={words.menu}>
            <Ellipsis size={16} />
          </IconButton>
        }
      >
        {kept?.may.includes('rename') === true ? item('playlist.rename', <Pencil size={15} />) : null}
        {item('playlist.duplicate', <Copy size={15} />, kept?.home == null ? undefined : words.copyHere)}
        {kept === undefined ? null : <KeepAtItems playlist={kept} />}
        {kept?.may.includes('remove') === true ? item('playlist.remove', <Trash2 size={15} />) : null}
      </Menu>
      <Button look="primary" disabled={entries.length === 0} onClick={() => runAction('playlist.play')}>
        <Play size={14} aria-hidden="true" />
        {words.play}
      </Button>
    </header>
  )
}

function Empty() {
  const words = text.playlists
  const before = useRoute(({ past }) => past.findLast((route) => route.screen === 'library'))
  return (
    <div className={c('empty')}>
      <EmptyState title={words.emptyTitle} more={words.emptyMore}>
        <Button onClick={() => go(before ?? { screen: 'library', placeId: null })}>{words.emptyStep}</Button>
      </EmptyState>
    </div>
  )
}

const blanks = [1, 2, 3, 4, 5]
function Blank() {
  return (
    <div className={c('blanks')} aria-hidden="true">
      {blanks.map((each) => (
        <div key={each} className={c('blank')} />
      ))}
    </div>
  )
}
