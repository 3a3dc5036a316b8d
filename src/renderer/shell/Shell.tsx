import { DropLayer } from '../drop/DropLayer.tsx'
import { InboxScreen } from '../inbox/InboxScreen.tsx'
import { LibraryScreen } from '../library/LibraryScreen.tsx'
import { PlayingRoom } from '../playlists/PlayingRoom.tsx'
import { PlaylistScreen } from '../playlists/PlaylistScreen.tsx'
import { Queue } from '../queue/Queue.tsx'
import { TransferTray } from '../queue/TransferTray.tsx'
import { useTransfers } from '../queue/transferStore.ts'
import { ReviewRoom } from '../review/ReviewRoom.tsx'
import { SettingsScreen } from '../settings/SettingsScreen.tsx'
import { classesOf } from '../ui/classes.ts'
import { Notices } from './Notices.tsx'
import { useRoute } from './routeStore.ts'
import css from './Shell.module.css'

const c = classesOf(css)

/** The window: a screen with its title bar, the transfers when they are open, and the tray. */
export function Shell() {
  const route = useRoute((history) => history.route)
  const isQueueOpen = useTransfers((transfers) => transfers.isOpen)
  return (
    <DropLayer>
      <div className={c('shell')}>
        {route.screen === 'library' ? <LibraryScreen placeId={route.placeId} /> : null}
        {route.screen === 'review' ? (
          <ReviewRoom key={route.assetId} assetId={route.assetId} versionId={route.versionId} />
        ) : null}
        {route.screen === 'playlist' ? <PlaylistScreen key={route.id} id={route.id} /> : null}
        {route.screen === 'playing' ? (
          <PlayingRoom key={JSON.stringify(route.list)} list={route.list} entryId={route.entryId} />
        ) : null}
        {route.screen === 'inbox' ? <InboxScreen /> : null}
        {route.screen === 'settings' ? <SettingsScreen section={route.section} /> : null}
        <div className={c('over')}>
          <Notices />
          {isQueueOpen ? <Queue /> : null}
        </div>
        <TransferTray />
      </div>
    </DropLayer>
  )
}
