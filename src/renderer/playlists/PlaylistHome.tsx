import { CloudUpload } from 'lucide-react'
import type { Playlist, PlaylistService } from '../../shared/playlist.ts'
import { useApp, useConnection } from '../shell/appStore.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Choice } from '../ui/ContextMenu.tsx'
import { classesOf } from '../ui/classes.ts'
import { MenuItem } from '../ui/Menu.tsx'
import { Notice } from '../ui/Notice.tsx'
import css from './PlaylistScreen.module.css'
import { askKeepAt, homesFor, refreshPlaylists, usePlaylists } from './playlistStore.ts'

const c = classesOf(css)

/** Over a service's list that is not as it is there now: why, and as of when. */
export function HomeNotice({ playlist: { home } }: { readonly playlist: Playlist }) {
  const connection = useConnection(home?.connectionId)
  if (home === null || connection === undefined) return null
  const words = text.playlists
  const asOf = home.readAt === null ? undefined : words.asOf(home.readAt, Date.now())
  const isSignedOut = connection.state === 'signedOut'
  if (isSignedOut || connection.state === 'offline')
    return (
      <div className={c('notice')}>
        <Notice tone="wait" what={isSignedOut ? words.signedOutThere : words.away} more={asOf} />
      </div>
    )
  if (home.failure === null) return null
  return (
    <div className={c('notice')}>
      <Notice
        tone="stop"
        what={errorWords(home.failure).what}
        more={asOf}
        action={{ words: text.app.tryAgain, run: refreshPlaylists }}
      />
    </div>
  )
}

interface Home {
  readonly service: PlaylistService
  readonly words: string
}

/** Where else an own list can be kept, as words for a menu. */
function useHomes(playlist: Playlist): readonly Home[] {
  const services = usePlaylists((state) => state.services)
  const connections = useApp((app) => app.connections)
  return homesFor(playlist, services).flatMap((service) => {
    const connection = connections.find(({ id }) => id === service.connectionId)
    return connection === undefined ? [] : [{ service, words: text.playlists.keepAt(connection.name) }]
  })
}

interface HomesProps {
  readonly playlist: Playlist
}

export function KeepAtItems({ playlist }: HomesProps) {
  return useHomes(playlist).map(({ service, words }) => (
    <MenuItem
      key={service.connectionId}
      icon={<CloudUpload size={15} />}
      words={words}
      onChoose={() => void askKeepAt(playlist, service)}
    />
  ))
}

export function KeepAtChoices({ playlist }: HomesProps) {
  return useHomes(playlist).map(({ service, words }) => (
    <Choice
      key={service.connectionId}
      icon={<CloudUpload size={15} />}
      words={words}
      run={() => void askKeepAt(playlist, service)}
    />
  ))
}
