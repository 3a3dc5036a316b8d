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
  /** False where its words already stand beside it. */
  readonly hasTip?: boolean
}

export function IconButton({ label, keys, roomy, soft, hasTip = true, className, ...rest }: IconButtonProps) {
  const own = c('icon', roomy && 'roomy', soft && 'soft')
  const button = (
    <button type="button" aria-label={label} className={className ? `${own} ${className}` : own} {...rest} />
  )
  return hasTip ? (
    <Tip words={label} keys={keys}>
      {button}
    </Tip>
  ) : (
    button
  )
}
