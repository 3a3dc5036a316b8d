import { Check } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { text } from '../text/text.ts'
import { classesOf } from './classes.ts'
import { Keys } from './Keys.tsx'
import css from './Menu.module.css'
import { useFilling } from './useFilling.ts'

const c = classesOf(css)

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactNode
  readonly align?: 'start' | 'end'
  /** Its name, where that is not the button's. */
  readonly label?: string
  /** Its button does not take the focus from where it is; closing, the menu does not give it to the button either. */
  readonly leavesFocus?: boolean
  readonly onOpen?: () => void
  readonly children: ReactNode
}

/** The focus is back where it was before the menu, unless that is nowhere. */
function leaveFocus(event: Event) {
  if (document.activeElement !== document.body) event.preventDefault()
}

export function Menu({ trigger, align = 'start', label, leavesFocus = false, onOpen, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} onOpenChange={(isOpen) => (isOpen ? onOpen?.() : undefined)}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <MenuSheet align={align} aria-label={label} {...(leavesFocus ? { onCloseAutoFocus: leaveFocus } : {})}>
        {children}
      </MenuSheet>
    </DropdownMenu.Root>
  )
}

/** What opens of a menu. Its name is its `aria-label`, or else the button's. */
export function MenuSheet(props: ComponentProps<typeof DropdownMenu.Content>) {
  // The content points at its button by itself, and being pointed at beats a label.
  const ownName = props['aria-label'] === undefined ? {} : { 'aria-labelledby': undefined }
  return (
    <DropdownMenu.Portal container={useFilling()}>
      <section aria-label={text.app.menu}>
        <DropdownMenu.Content
          className={c('menu')}
          sideOffset={4}
          collisionPadding={8}
          loop
          {...ownName}
          {...props}
        />
      </section>
    </DropdownMenu.Portal>
  )
}

interface ItemFaceProps {
  readonly icon?: ReactNode
  readonly words: string
  readonly keys?: string | undefined
}

/** What stands on one line of a menu. */
export function ItemFace({ icon, words, keys }: ItemFaceProps) {
  return (
    <>
      {icon}
      <span className={c('words')}>{words}</span>
      {keys ? (
        <span className={c('keys')}>
          <Keys text={keys} />
        </span>
      ) : null}
    </>
  )
}

interface MenuItemProps extends ItemFaceProps {
  readonly isDanger?: boolean
  readonly isDisabled?: boolean
  readonly onChoose: () => void
}

export function MenuItem({ isDanger, isDisabled, onChoose, ...face }: MenuItemProps) {
  return (
    <DropdownMenu.Item
      className={c('item', isDanger && 'danger')}
      disabled={isDisabled ?? false}
      onSelect={onChoose}
    >
      <ItemFace {...face} />
    </DropdownMenu.Item>
  )
}

interface MenuChoiceProps<Value extends string> {
  readonly value: Value
  readonly choices: readonly (Pick<ItemFaceProps, 'words' | 'keys'> & { readonly value: Value })[]
  readonly onChoose: (value: Value) => void
}

/** One of a few in a menu, the present one marked. */
export function MenuChoice<Value extends string>({ value, choices, onChoose }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={(chosen) => onChoose(chosen as Value)}>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={c('item')}>
          <ItemFace
            icon={
              <span className={c('mark')}>
                <DropdownMenu.ItemIndicator>
                  <Check size={14} />
                </DropdownMenu.ItemIndicator>
              </span>
            }
            words={choice.words}
            keys={choice.keys}
          />
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
