import type { ReactNode } from 'react'
import { classesOf } from '../ui/classes.ts'
import css from './Form.module.css'

const c = classesOf(css)

interface FieldLineProps {
  readonly label: string
  /** The field's id; without one the field carries the same name itself. */
  readonly of?: string
  /** The field may grow over several lines: the label stays beside the first. */
  readonly isTall?: boolean
  readonly children: ReactNode
}

/** A label with its field beside it, and what is said below the field. */
export function FieldLine({ label, of, isTall, children }: FieldLineProps) {
  return (
    <div className={c('field', isTall && 'top')}>
      {of === undefined ? <span>{label}</span> : <label htmlFor={of}>{label}</label>}
      {children}
    </div>
  )
}
