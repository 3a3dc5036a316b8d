import { Copy, Ellipsis, Pencil, Play, Trash2 } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { actions, keysOf } from '../../shared/actions.ts'
import type { PlaylistId } from '../../shared/ids.ts'
import { ListTiming } from '../../shared/listTiming.ts'
import type { Entry } from '../../shared/playlist.ts'
import headCss from '../library/LibraryHeader.module.css'
import { runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
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
import css from './PlaylistScreen.module.css'
import { showPage, usePage } from './pageStore.ts'
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
      <Head name={value.name} entries={shown} />
      {entries.length === 0 ? <Empty /> : <EntryList listId={id} entries={shown} />}
    </main>
  )
}

function Head({ name, entries }: { readonly name: string; readonly entries: readonly Entry[] }) {
  const timing = useMemo(() => new ListTiming(entries.map(clipOfEntry)), [entries])
  const unknown = entries.filter((entry) => entry.problem === null && clipOfEntry(entry) === null).length
  const shortcuts = useApp((app) => app.settings.shortcuts)
  const words = text.playlists
  const item = (id: 'playlist.rename' | 'playlist.duplicate' | 'playlist.remove', icon: React.ReactNode) => (
    <MenuItem
      icon={icon}
      words={actions[id].words}
      keys={keysOf(id, shortcuts)[0]}
      isDanger={id === 'playlist.remove'}
      onChoose={() => runAction(id)}
    />
  )
  return (
    <header className={head('head')}>
      <div className={head('words')}>
        <h1 className={head('title')}>{name}</h1>
        <p className={head('facts')}>
          {words.facts(entries.length, totalTime(timing))}. {unknown > 0 ? `${words.partly(unknown)}. ` : ''}
          {words.kept}.
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
        {item('playlist.rename', <Pencil size={15} />)}
        {item('playlist.duplicate', <Copy size={15} />)}
        {item('playlist.remove', <Trash2 size={15} />)}
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
