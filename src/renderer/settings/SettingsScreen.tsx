import { ChevronLeft, Info, Keyboard, Palette, Plug, SlidersHorizontal, Upload } from 'lucide-react'
import type { ReactNode } from 'react'
import { useApp } from '../shell/appStore.ts'
import { leaveSettings } from '../shell/leaving.ts'
import { Panes } from '../shell/Panes.tsx'
import { replaceRoute, type SettingsSection } from '../shell/routeStore.ts'
import { SearchField, TitleBar } from '../shell/TitleBar.tsx'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { AboutSection } from './AboutSection.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { ConnectionsSection } from './ConnectionsSection.tsx'
import { GeneralSection } from './GeneralSection.tsx'
import css from './Settings.module.css'
import { ShortcutsSection } from './ShortcutsSection.tsx'
import { TransfersSection } from './TransfersSection.tsx'

const c = classesOf(css)

const icons: Readonly<Record<SettingsSection, ReactNode>> = {
  general: <SlidersHorizontal size={15} aria-hidden="true" />,
  connections: <Plug size={15} aria-hidden="true" />,
  transfers: <Upload size={15} aria-hidden="true" />,
  shortcuts: <Keyboard size={15} aria-hidden="true" />,
  appearance: <Palette size={15} aria-hidden="true" />,
  about: <Info size={15} aria-hidden="true" />,
}
const sections = Object.keys(icons) as SettingsSection[]

const pages: Readonly<Record<SettingsSection, () => ReactNode>> = {
  general: () => <GeneralSection />,
  connections: () => <ConnectionsSection />,
  transfers: () => <TransfersSection />,
  shortcuts: () => <ShortcutsSection />,
  appearance: () => <AppearanceSection />,
  about: () => <AboutSection />,
}

export function SettingsScreen({ section }: { readonly section: SettingsSection }) {
  const isReady = useApp((app) => app.state === 'ready')
  return (
    <>
      <TitleBar end={<SearchField />}>
        <Button look="bare" onClick={leaveSettings}>
          <ChevronLeft size={16} aria-hidden="true" />
          {text.settings.done}
        </Button>
        <span className={c('title')}>{text.settings.title}</span>
      </TitleBar>
      <Panes
        sidebar={
          <nav className={c('nav')} aria-label={text.settings.title}>
            {sections.map((each) => (
              <button
                key={each}
                type="button"
                className={c('entry')}
                aria-current={each === section ? 'page' : undefined}
                onClick={() => replaceRoute({ screen: 'settings', section: each })}
              >
                {icons[each]}
                {text.settings.sections[each]}
              </button>
            ))}
          </nav>
        }
        content={
          <main className={c('page')}>
            <div className={c('inside')}>{isReady ? pages[section]() : null}</div>
          </main>
        }
        inspector={null}
      />
    </>
  )
}
