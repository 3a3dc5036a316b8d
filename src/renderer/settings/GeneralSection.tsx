import { changeSettings, useApp } from '../shell/appStore.ts'
import { useOverlays } from '../shell/overlayStore.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { Segments } from '../ui/Segments.tsx'
import { Group, Section, SettingRow, SwitchRow } from './SettingRow.tsx'

export function GeneralSection() {
  const settings = useApp((app) => app.settings)
  const words = text.settings
  return (
    <Section title={words.sections.general} more={words.saved}>
      <Group title={words.startup}>
        <SwitchRow
          words={words.sidebarShown}
          isOn={settings.sidebarShown}
          onChange={(sidebarShown) => void changeSettings({ sidebarShown })}
        />
        <SwitchRow
          words={words.inspectorShown}
          more={words.inspectorMore}
          isOn={settings.inspectorShown}
          onChange={(inspectorShown) => void changeSettings({ inspectorShown })}
        />
        <SettingRow words={words.contentView}>
          <Segments
            label={words.contentView}
            value={settings.contentView}
            onChange={(contentView) => void changeSettings({ contentView })}
            segments={[
              { value: 'grid', words: text.library.grid },
              { value: 'list', words: text.library.list },
            ]}
          />
        </SettingRow>
      </Group>
      <Group>
        <SettingRow words={words.welcome} more={words.welcomeMore}>
          <Button onClick={() => useOverlays.setState({ isWelcomeOpen: true })}>{words.welcomeAgain}</Button>
        </SettingRow>
      </Group>
    </Section>
  )
}
