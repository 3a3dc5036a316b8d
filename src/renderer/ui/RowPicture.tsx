import type { ComponentProps } from 'react'
import { classesOf } from './classes.ts'
import css from './RowPicture.module.css'

const c = classesOf(css)

/** A small picture in a list, over what stands for it until it is there. Size and colours are the list's. */
export function RowPicture({ className = '', ...props }: ComponentProps<'span'>) {
  return <span className={`${c('picture')} ${className}`} {...props} />
}
