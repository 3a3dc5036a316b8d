import type { ComponentProps } from 'react'
import css from './Button.module.css'
import { classesOf } from './classes.ts'
import { Tip } from './Tip.tsx'

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
    <Tip words={label} keys={keys}>
      <button
        type="button"
        aria-label={label}
        className={className ? `${own} ${className}` : own}
        {...rest}
      />
    </Tip>
  )
}
