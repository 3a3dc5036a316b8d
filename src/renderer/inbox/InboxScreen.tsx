import { AtSign, BadgeCheck, Bell, MessageSquare, Share2 } from 'lucide-react'
import type { InboxItem } from '../../shared/inbox.ts'
import { useApp } from '../shell/appStore.ts'
import { Panes } from '../shell/Panes.tsx'
import { HistoryButtons, SearchField, SidebarButton, TitleBar } from '../shell/TitleBar.tsx'
import { useNow } from '../shell/useNow.ts'
import { Sidebar } from '../sidebar/Sidebar.tsx'
import { age } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import css from './InboxScreen.module.css'
import { markRead, openItem, useInbox } from './inboxStore.ts'

const c = classesOf(css)
const icons = {
  mention: AtSign,
  comment: MessageSquare,
  approvalRequest: BadgeCheck,
  approvalChange: BadgeCheck,
  share: Share2,
  other: Bell,
} as const

/** Mentions, questions for approval, and what else wants the user, of every connection. */
export function InboxScreen() {
  const isSidebarShown = useApp((app) => app.settings.sidebarShown)
  return (
    <>
      <TitleBar end={<SearchField />}>
        <SidebarButton />
        <HistoryButtons />
      </TitleBar>
      <Panes sidebar={isSidebarShown ? <Sidebar /> : null} content={<Content />} inspector={null} />
    </>
  )
}

function Content() {
  const { items, unread, isLoaded } = useInbox()
  const hasInbox = useApp((app) => app.connections.some((each) => each.powers.includes('inbox')))
  const words = text.inbox
  return (
    <main className={c('page')} aria-label={words.title} aria-busy={!isLoaded}>
      <div className={c('inside')}>
        <header className={c('head')}>
          <div>
            <h1>{words.title}</h1>
            <p>{unread === 0 ? '' : words.unread(unread)}</p>
          </div>
          {unread > 0 ? <Button onClick={() => void markRead(items)}>{words.allRead}</Button> : null}
        </header>
        {isLoaded && items.length === 0 ? (
          <EmptyState title={words.empty} more={hasInbox ? words.emptyMore : words.notConnected} />
        ) : null}
        {isLoaded ? null : <Blank />}
        <ul className={c('list')}>
          {items.map((item) => (
            <ItemRow key={`${item.connectionId} ${item.key}`} item={item} />
          ))}
        </ul>
      </div>
    </main>
  )
}

const blanks = [1, 2, 3, 4]
function Blank() {
  return (
    <div aria-hidden="true">
      {blanks.map((each) => (
        <div key={each} className={c('blank')} />
      ))}
    </div>
  )
}

/** The service's own sentence where it has one, without the name before it. */
function said({ kind, title }: InboxItem, from: string): string {
  if (title === '') return text.inbox.kinds[kind]
  return title.startsWith(`${from} `) ? title.slice(from.length + 1) : title
}

function ItemRow({ item }: { readonly item: InboxItem }) {
  const now = useNow()
  const Icon = icons[item.kind]
  const from = item.from ?? text.inbox.somebody
  return (
    <li>
      <button
        type="button"
        className={c('item', !item.isRead && 'unread')}
        onClick={() => void openItem(item)}
      >
        <span className={c('sign')}>
          <Icon size={16} aria-hidden="true" />
        </span>
        <span className={c('words')}>
          <span className={c('line')}>
            <b>{from}</b> {said(item, from)}
          </span>
          {item.text === '' ? null : <span className={c('text')}>{item.text}</span>}
        </span>
        <span className={c('age')}>{age(item.at, now)}</span>
      </button>
    </li>
  )
}
