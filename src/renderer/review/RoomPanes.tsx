import type { ReactNode } from 'react'
import { useApp } from '../shell/appStore.ts'
import { Panes } from '../shell/Panes.tsx'
import { useNarrow } from '../shell/useNarrow.ts'

/** Below it the picture needs the whole window. */
const leastBoth = 900

/** The picture, and beside it what is said of it while that is wanted and there is room. */
export function RoomPanes({ picture, panel }: { readonly picture: ReactNode; readonly panel: ReactNode }) {
  const isShown = useApp((app) => app.settings.inspectorShown)
  const isNarrow = useNarrow()
  return (
    <Panes
      sidebar={null}
      content={picture}
      inspector={isShown && !(isNarrow && window.innerWidth < leastBoth) ? panel : null}
    />
  )
}
