import { ChevronLeft, ChevronRight, PanelLeft, PanelRight, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import { keysOf } from '../../shared/actions.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Keys } from '../ui/Keys.tsx'
import { isMac } from '../ui/platform.ts'
import { runAction } from './actionRunner.ts'
import { useApp } from './appStore.ts'
import { useOverlays } from './overlayStore.ts'
import { useRoute } from './routeStore.ts'
import css from './TitleBar.module.css'
import { useNarrow } from './useNarrow.ts'

const c = classesOf(css)

/** The top of the window. Around its children: the window's own buttons, and room to drag it by. */
export function TitleBar({ children, end }: { readonly children: ReactNode; readonly end?: ReactNode }) {
  return (
    <header className={c('bar', isMac && 'mac')}>
      {children}
      <div className={c('grow')} />
      {end}
    </header>
  )
}

const useKeys = (id: Parameters<typeof keysOf>[0]): string | undefined =>
  useApp((app) => keysOf(id, app.settings.shortcuts)[0])

export function SidebarButton() {
  const isShown = useApp((app) => app.settings.sidebarShown)
  const keys = useKeys('view.sidebar')
  return (
    <IconButton
      label={text.shell.sidebar}
      keys={keys}
      aria-pressed={isShown}
      onClick={() => runAction('view.sidebar')}
    >
      <PanelLeft size={16} />
    </IconButton>
  )
}

export function HistoryButtons() {
  const hasPast = useRoute((history) => history.past.length > 0)
  const hasFuture = useRoute((history) => history.future.length > 0)
  const backKeys = useKeys('go.back')
  const forwardKeys = useKeys('go.forward')
  return (
    <>
      <IconButton
        label={text.shell.back}
        keys={backKeys}
        disabled={!hasPast}
        onClick={() => runAction('go.back')}
      >
        <ChevronLeft size={16} />
      </IconButton>
      <IconButton
        label={text.shell.forward}
        keys={forwardKeys}
        disabled={!hasFuture}
        onClick={() => runAction('go.forward')}
      >
        <ChevronRight size={16} />
      </IconButton>
    </>
  )
}

/** Looks like a field and opens the palette. */
export function SearchField() {
  const keys = useKeys('app.palette')
  return (
    <button
      type="button"
      className={c('search')}
      title={text.shell.search}
      onClick={() => runAction('app.palette')}
    >
      <Search size={14} aria-hidden="true" />
      <span className={c('words')}>{text.shell.search}</span>
      {keys ? <Keys text={keys} /> : null}
    </button>
  )
}

export function InspectorButton() {
  const isNarrow = useNarrow()
  const isPaneShown = useApp((app) => app.settings.inspectorShown)
  const isSheetOpen = useOverlays((overlays) => overlays.isInspectorSheetOpen)
  const keys = useKeys('view.inspector')
  return (
    <IconButton
      label={text.shell.inspector}
      keys={keys}
      aria-pressed={isNarrow ? isSheetOpen : isPaneShown}
      onClick={() => runAction('view.inspector')}
    >
      <PanelRight size={16} />
    </IconButton>
  )
}
