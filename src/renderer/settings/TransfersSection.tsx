import { useState } from 'react'
import formCss from '../forms/Form.module.css'
import { changeSettings, useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { ProxyGroup } from './ProxyGroup.tsx'
import { Group, Section, SettingRow, SwitchRow } from './SettingRow.tsx'
import css from './Settings.module.css'

const c = classesOf(css)
const f = classesOf(formCss)
const million = 1_000_000

export function TransfersSection() {
  const settings = useApp((app) => app.settings)
  const words = text.settings
  return (
    <Section title={words.sections.transfers} more={words.saved}>
      <Group>
        <SettingRow words={words.limit} more={words.limitMore}>
          <LimitField key={settings.uploadLimit} limit={settings.uploadLimit} />
          <span className={c('more')}>{words.limitUnit}</span>
        </SettingRow>
        <SwitchRow
          words={words.keepAwake}
          more={words.keepAwakeMore}
          isOn={settings.keepAwake}
          onChange={(keepAwake) => void changeSettings({ keepAwake })}
        />
        <SwitchRow
          words={words.notify}
          more={words.notifyMore}
          isOn={settings.notifyWhenDone}
          onChange={(notifyWhenDone) => void changeSettings({ notifyWhenDone })}
        />
      </Group>
      <ProxyGroup />
    </Section>
  )
}

function LimitField({ limit }: { readonly limit: number }) {
  const [typed, setTyped] = useState(String(limit / million))
  const value = Number(typed.replace(',', '.'))
  const isGood = typed.trim() !== '' && Number.isFinite(value) && value >= 0 && value <= 100_000
  const keep = () => {
    if (isGood) void changeSettings({ uploadLimit: Math.round(value * million) })
    else setTyped(String(limit / million))
  }
  return (
    <input
      className={f('input', 'number')}
      inputMode="decimal"
      value={typed}
      aria-label={text.settings.limit}
      aria-invalid={!isGood}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
      }}
    />
  )
}
