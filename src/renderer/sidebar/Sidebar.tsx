import { CircleQuestionMark, Inbox, Plus, Settings, Upload } from 'lucide-react'
import { keysOf } from '../../shared/actions.ts'
import { useInbox } from '../inbox/inboxStore.ts'
import { PlaylistRows } from '../playlists/PlaylistRows.tsx'
import { setQueueOpen, useTransfers } from '../queue/transferStore.ts'
import { runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { useRoute } from '../shell/routeStore.ts'
import { count } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import fill from '../ui/Fill.module.css'
import { IconButton } from '../ui/IconButton.tsx'
import { PlaceTree } from './PlaceTree.tsx'
import css from './Sidebar.module.css'

const c = classesOf(css)

export function Sidebar() {
  const hasConnections = useApp((app) => app.connections.length > 0)
  const version = useApp((app) => app.about?.version)
  const settingsKeys = useApp((app) => keysOf('app.settings', app.settings.shortcuts)[0])
  return (
    <nav className={c('side')} aria-label={text.shell.sidebar}>
      <div className={c('top')}>
        <Uploads />
        <InboxRow />
      </div>
      <div className={c('head')}>
        <h2>{text.sidebar.connections}</h2>
        <IconButton label={text.sidebar.addConnection} onClick={() => runAction('app.addConnection')}>
          <Plus size={14} />
        </IconButton>
      </div>
      {hasConnections ? <PlaceTree /> : <NoConnections />}
      <PlaylistRows />
      <div className={c('foot')}>
        <span>{version ? `${text.app.name} ${version}` : text.app.name}</span>
        <IconButton label={text.sidebar.shortcuts} keys="?" onClick={() => runAction('app.shortcuts')}>
          <CircleQuestionMark size={16} />
        </IconButton>
        <IconButton
          label={text.sidebar.settings}
          keys={settingsKeys}
          onClick={() => runAction('app.settings')}
        >
          <Settings size={16} />
        </IconButton>
      </div>
    </nav>
  )
}

function Uploads() {
  const isOpen = useTransfers((transfers) => transfers.isOpen)
  const left = useTransfers(({ summary }) => (summary === null ? 0 : summary.total - summary.done))
  return (
    <button type="button" className={c('row')} aria-pressed={isOpen} onClick={() => setQueueOpen(!isOpen)}>
      <Upload size={15} aria-hidden="true" />
      <span className={fill['fill']}>{text.sidebar.uploads}</span>
      {left > 0 ? <span className={c('count')}>{count(left)}</span> : null}
    </button>
  )
}

function InboxRow() {
  const hasInbox = useApp((app) => app.connections.some((each) => each.powers.includes('inbox')))
  const unread = useInbox((inbox) => inbox.unread)
  const isHere = useRoute((history) => history.route.screen === 'inbox')
  if (!hasInbox) return null
  return (
    <button type="button" className={c('row')} aria-pressed={isHere} onClick={() => runAction('go.inbox')}>
      <Inbox size={15} aria-hidden="true" />
      <span className={fill['fill']}>{text.inbox.title}</span>
      {unread > 0 ? <span className={c('count')}>{count(unread)}</span> : null}
    </button>
  )
}

function NoConnections() {
  const canOpenStudio = useApp((app) => app.about?.canOpenStudio ?? false)
  return (
    <div className={c('none')} style={{ flex: 1 }}>
      <p>{text.sidebar.none}</p>
      {canOpenStudio ? (
        <Button size="small" style={{ marginTop: 8 }} onClick={() => runAction('app.openStudio')}>
          {text.settings.openStudio}
        </Button>
      ) : null}
    </div>
  )
}
