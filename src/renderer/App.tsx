import { Tooltip } from 'radix-ui'
import { useEffect } from 'react'
import { subscribe } from './bridge.ts'
import { followScan } from './drop/dropStore.ts'
import { followInbox } from './inbox/inboxStore.ts'
import { followLibrary } from './library/libraryStore.ts'
import { followPosters } from './library/posters.ts'
import { followPlaylists } from './playlists/playlistStore.ts'
import { followTransfers } from './queue/transferStore.ts'
import { followDrafts } from './review/words/keptDrafts.ts'
import { runAction } from './shell/actionRunner.ts'
import { followApp, startApp, useApp } from './shell/appStore.ts'
import { CrashBoundary } from './shell/CrashBoundary.tsx'
import { openFirstRoute } from './shell/firstRoute.ts'
import { keepFocus } from './shell/keptFocus.ts'
import { followKeys } from './shell/keyHandler.ts'
import { followNotices } from './shell/noticeStore.ts'
import { Overlays } from './shell/Overlays.tsx'
import { useOverlays } from './shell/overlayStore.ts'
import { Shell } from './shell/Shell.tsx'
import { StartFailed } from './shell/StartFailed.tsx'
import { Starting } from './shell/Starting.tsx'
import { applyTheme } from './shell/theme.ts'
import { followThumbnails } from './shell/thumbnailMaker.ts'
import { followUncaught } from './shell/uncaught.ts'
import { followPlaces } from './sidebar/placeStore.ts'
import { Welcome } from './welcome/Welcome.tsx'

/** Everything that listens to main or the window for as long as the window lives. */
function useFollowing() {
  useEffect(() => {
    const ends = [
      followUncaught(),
      followApp(),
      followPlaces(),
      followLibrary(),
      followNotices(),
      followTransfers(),
      followScan(),
      followThumbnails(),
      followPosters(),
      followInbox(),
      followPlaylists(),
      followDrafts(),
      followKeys(),
      keepFocus(),
      subscribe('actions.run', ({ id }) => {
        // The menu works behind dialogs too; an action must not start under one.
        if (document.querySelector('[data-modal]') === null) runAction(id)
      }),
    ]
    void startApp().then(openFirstRoute)
    return () => {
      for (const end of ends) end()
    }
  }, [])
}

function useTheme() {
  const theme = useApp((app) => app.settings.theme)
  const density = useApp((app) => app.settings.density)
  const isReady = useApp((app) => app.state === 'ready')
  useEffect(() => (isReady ? applyTheme(theme) : undefined), [theme, isReady])
  useEffect(() => {
    document.documentElement.dataset['density'] = density
  }, [density])
}

export function App() {
  useFollowing()
  useTheme()
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={200}>
      <CrashBoundary>
        <Screen />
      </CrashBoundary>
    </Tooltip.Provider>
  )
}

function Screen() {
  const state = useApp((app) => app.state)
  const isNew = useApp((app) => !app.settings.hasSeenWelcome && app.connections.length === 0)
  const isWelcomeOpen = useOverlays((overlays) => overlays.isWelcomeOpen)
  if (state === 'starting') return <Starting />
  if (state === 'failed') return <StartFailed />
  return (
    <>
      {isNew || isWelcomeOpen ? <Welcome /> : <Shell />}
      <Overlays />
    </>
  )
}
