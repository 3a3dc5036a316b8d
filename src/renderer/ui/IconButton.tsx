import { Tooltip } from 'radix-ui'
import type { ComponentProps } from 'react'
import css from './Button.module.css'
import { classesOf } from './classes.ts'
import { Keys } from './Keys.tsx'

const c = classesOf(css)

interface IconButtonProps extends ComponentProps<'button'> {
  /** The name for screen readers and the tooltip. */
  readonly label: string
  /** Key text of the action behind it, shown in the tooltip. */
  readonly keys?: string | undefined
  readonly roomy?: boolean
  readonly soft?: boolean
}

export function IconButton({ label, keys, roomy, soft, className, ...rest }: IconButtonProps) {
  const own = c('icon', roomy && 'roomy', soft && 'soft')
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>
        <button
          type="button"
          aria-label={label}
          className={className ? `${own} ${className}` : own}
          {...rest}
        />
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={c('tip')} sideOffset={6} collisionPadding={8}>
          {label}
          {keys ? <Keys text={keys} /> : null}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
