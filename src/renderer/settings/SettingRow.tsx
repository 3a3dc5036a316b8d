import { Switch } from 'radix-ui'
import { type ReactNode, useId } from 'react'
import { classesOf } from '../ui/classes.ts'
import css from './Settings.module.css'

const c = classesOf(css)

interface SectionProps {
  readonly title: string
  readonly more?: string
  readonly end?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, more, end, children }: SectionProps) {
  return (
    <>
      <header className={c('head')}>
        <div>
          <h1>{title}</h1>
          {more === undefined ? null : <p>{more}</p>}
        </div>
        {end}
      </header>
      {children}
    </>
  )
}

export function Group({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <section className={c('group')}>
      {title === undefined ? null : <h2>{title}</h2>}
      <div className={c('set')}>{children}</div>
    </section>
  )
}

interface SettingRowProps {
  readonly words: string
  readonly more?: string
  readonly children: ReactNode
}

export function SettingRow({ words, more, children }: SettingRowProps) {
  return (
    <div className={c('row')}>
      <div className={c('words')}>
        <span>{words}</span>
        {more === undefined ? null : <span className={c('more')}>{more}</span>}
      </div>
      {children}
    </div>
  )
}

interface SwitchRowProps {
  readonly words: string
  readonly more?: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

export function SwitchRow({ words, more, isOn, onChange }: SwitchRowProps) {
  const id = useId()
  return (
    <div className={c('row')}>
      <label className={c('words')} htmlFor={id}>
        <span>{words}</span>
        {more === undefined ? null : <span className={c('more')}>{more}</span>}
      </label>
      <Switch.Root id={id} className={c('switch')} checked={isOn} onCheckedChange={onChange}>
        <Switch.Thumb className={c('knob')} />
      </Switch.Root>
    </div>
  )
}
