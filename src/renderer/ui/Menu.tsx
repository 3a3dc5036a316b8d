import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { text } from '../text/text.ts'
import { classesOf } from './classes.ts'
import { Keys } from './Keys.tsx'
import css from './Menu.module.css'

const c = classesOf(css)

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode
  readonly align?: 'start' | 'end'
  readonly children: ReactNode
}

export function Menu({ trigger, align = 'start', children }: MenuProps) {
  // What is not inside of what fills the screen cannot be seen.
  const [around, setAround] = useState<Element | null>(null)
  return (
    <DropdownMenu.Root modal={false} onOpenChange={() => setAround(document.fullscreenElement)}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={around}>
        <section aria-label={text.app.menu}>
          <DropdownMenu.Content className={c('menu')} align={align} sideOffset={4} collisionPadding={8} loop>
            {children}
          </DropdownMenu.Content>
        </section>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps {
  readonly icon?: ReactNode
  readonly words: string
  readonly keys?: string | undefined
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  readonly onChoose: () => void
}

export function MenuItem({ icon, words, keys, isDanger, isDisabled, onChoose }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      className={c('item', isDanger && 'danger')}
      disabled={isDisabled ?? false}
      onSelect={onChoose}
    >
      {icon}
      <span className={c('words')}>{words}</span>
      {keys ? (
        <span className={c('keys')}>
          <Keys text={keys} />
        </span>
      ) : null}
    </DropdownMenu.Item>
  )
}

interface MenuChoiceProps<Value extends string> {
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly words: string }[]
  readonly onChoose: (value: Value) => void
}

/** One of a few in a menu, the present one marked. */
export function MenuChoice<Value extends string>({ value, choices, onChoose }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(chosen) => onChoose(chosen as Value)}>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={c('item')}>
          <span className={c('mark')}>
            <DropdownMenu.ItemIndicator>
              <Check size={14} />
            </DropdownMenu.ItemIndicator>
          </span>
          <span className={c('words')}>{choice.words}</span>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
