import { Tooltip } from 'radix-ui'
import type { ReactElement } from 'react'
import css from './Button.module.css'
import { classesOf } from './classes.ts'
import { Keys } from './Keys.tsx'

const c = classesOf(css)

interface TipProps {
  readonly words: string
  /** Key text of the action behind it. */
  readonly keys?: string | undefined
  /** What it belongs to: one button. */
  readonly children: ReactElement
}

/** What a button does and by which key, while the pointer or the focus rests on it. */
export function Tip({ words, keys, children }: TipProps) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={c('tip')} sideOffset={6} collisionPadding={8}>
          {words}
          {keys ? <Keys text={keys} /> : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
