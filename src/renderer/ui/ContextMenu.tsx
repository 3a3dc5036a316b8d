import { ContextMenu as Radix } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { text } from '../text/text.ts'
import { classesOf } from './classes.ts'
import css from './Menu.module.css'
import { ItemFace } from './Menu.tsx'
import { useFilling } from './useFilling.ts'

const c = classesOf(css)

interface ContextMenuProps {
  /** Called first with what lies under the pointer, so that the menu can be about it. */
  readonly onPress?: (target: EventTarget | null) => void
  /** Null: nothing can be done, and nothing opens. */
  readonly items: ReactNode
  /** What is pressed: one element. */
  readonly children: ReactNode
}

/** What can be done with something, where it stands. */
export function ContextMenu({ onPress, items, children }: ContextMenuProps) {
  const filling = useFilling()
  const [isOpen, setOpen] = useState(false)
  const isEmpty = items === null
  // A press where nothing can be done is over: what can be done later must not open at its place.
  if (isOpen && isEmpty) setOpen(false)
  return (
    <Radix.Root modal={false} open={isOpen && !isEmpty} onOpenChange={setOpen}>
      <Radix.Trigger asChild onContextMenu={(event) => onPress?.(event.target)}>
        {children}
      </Radix.Trigger>
      {isEmpty ? null : (
        <Radix.Portal container={filling}>
          <section aria-label={text.app.menu}>
            <Radix.Content className={c('menu')} collisionPadding={8} loop>
              {items}
            </Radix.Content>
          </section>
        </Radix.Portal>
      )}
    </Radix.Root>
  )
}

interface ChoiceProps {
  readonly icon: ReactNode
  readonly words: string
  readonly keys?: string | undefined
  readonly isDanger?: boolean | undefined
  readonly run: () => void
}

export function Choice({ isDanger, run, ...face }: ChoiceProps) {
  return (
    <Radix.Item className={c('item', isDanger && 'danger')} onSelect={run}>
      <ItemFace {...face} />
    </Radix.Item>
  )
}
