import { changeSettings, useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { Segments } from '../ui/Segments.tsx'
import { Group, Section, SettingRow } from './SettingRow.tsx'

export function AppearanceSection() {
  const settings = useApp((app) => app.settings)
  const words = text.settings
  return (
    <Section title={words.sections.appearance} more={words.saved}>
      <Group>
        <SettingRow words={words.theme} more={words.themeMore}>
          <Segments
            label={words.theme}
            value={settings.theme}
            onChange={(theme) => void changeSettings({ theme })}
            segments={[
              { value: 'system', words: words.themes.system },
              { value: 'dark', words: words.themes.dark },
              { value: 'light', words: words.themes.light },
            ]}
          />
        </SettingRow>
        <SettingRow words={words.density}>
          <Segments
            label={words.density}
            value={settings.density}
            onChange={(density) => void changeSettings({ density })}
            segments={[
              { value: 'comfortable', words: words.densities.comfortable },
              { value: 'dense', words: words.densities.dense },
            ]}
          />
        </SettingRow>
      </Group>
    </Section>
  )
}
