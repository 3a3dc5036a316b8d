import { useEffect } from 'react'
import { toFailure } from '../../shared/errors.ts'
import type { PlaceId } from '../../shared/ids.ts'
import { Inspector } from '../inspector/Inspector.tsx'
import { InspectorSheet } from '../inspector/InspectorSheet.tsx'
import { useApp } from '../shell/appStore.ts'
import { Crumbs } from '../shell/Crumbs.tsx'
import { Panes } from '../shell/Panes.tsx'
import { say } from '../shell/sayStore.ts'
import { HistoryButtons, InspectorButton, SearchField, SidebarButton, TitleBar } from '../shell/TitleBar.tsx'
import { useNarrow } from '../shell/useNarrow.ts'
import { revealPlace } from '../sidebar/placeStore.ts'
import { Sidebar } from '../sidebar/Sidebar.tsx'
import { Library } from './Library.tsx'
import { rememberPlace } from './lastPlace.ts'
import { openPlace } from './libraryStore.ts'
import { Preview } from './Preview.tsx'

export function LibraryScreen({ placeId }: { readonly placeId: PlaceId | null }) {
  const isSidebarShown = useApp((app) => app.settings.sidebarShown)
  const isInspectorShown = useApp((app) => app.settings.inspectorShown)
  const isNarrow = useNarrow()
  useEffect(() => {
    openPlace(placeId)
    if (placeId === null) return
    rememberPlace(placeId)
    revealPlace(placeId).catch((error: unknown) => say(toFailure(error)))
  }, [placeId])
  return (
    <>
      <TitleBar
        end={
          <>
            <SearchField />
            <InspectorButton />
          </>
        }
      >
        <SidebarButton />
        <HistoryButtons />
        <Crumbs placeId={placeId} />
      </TitleBar>
      <Panes
        sidebar={isSidebarShown ? <Sidebar /> : null}
        content={<Library placeId={placeId} />}
        inspector={isInspectorShown && !isNarrow ? <Inspector /> : null}
      />
      {isNarrow ? <InspectorSheet /> : null}
      <Preview />
    </>
  )
}
