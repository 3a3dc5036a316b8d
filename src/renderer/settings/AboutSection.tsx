import { useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { KeyStoreNotice } from './KeyStoreNotice.tsx'
import { Group, Section, SettingRow } from './SettingRow.tsx'
import css from './Settings.module.css'

const c = classesOf(css)

export function AboutSection() {
  const about = useApp((app) => app.about)
  const words = text.settings.about
  if (about === null) return null
  const lines = [
    [words.version, about.version],
    [words.electron, about.electron],
    [words.chromium, about.chromium],
    [words.keyStore, words.keyStores[about.keyStore]],
  ] as const
  return (
    <Section title={text.settings.sections.about} more={text.welcome.more}>
      <Group>
        {lines.map(([name, value]) => (
          <SettingRow key={name} words={name}>
            <span className={c('value')}>{value}</span>
          </SettingRow>
        ))}
      </Group>
      <KeyStoreNotice />
    </Section>
  )
}
