import type { ComponentProps } from 'react'
import css from './Button.module.css'
import { classesOf } from './classes.ts'

const c = classesOf(css)

interface ButtonProps extends ComponentProps<'button'> {
  /** `primary` is the accent: one on a screen or sheet. */
  readonly look?: 'plain' | 'primary' | 'bare' | 'danger'
  readonly size?: 'small' | 'normal' | 'large'
}

export function Button({ look = 'plain', size = 'normal', className, ...rest }: ButtonProps) {
  const own = c('button', look, size)
  return <button type="button" className={className ? `${own} ${className}` : own} {...rest} />
}
