import { Command } from 'cmdk'
import type { ReactNode } from 'react'
import { classesOf } from '../ui/classes.ts'
import css from './PeopleField.module.css'

const c = classesOf(css)

interface FoundListProps {
  readonly isEmpty: boolean
  /** What is wrong with the field, said below it. */
  readonly problem: string | undefined
  readonly children: ReactNode
}

/** What a field found for what was typed. Always there, since the field names it as what it controls. */
export function FoundList({ isEmpty, problem, children }: FoundListProps) {
  return (
    <>
      {problem === undefined ? null : <p className={c('problem')}>{problem}</p>}
      <Command.List
        hidden={isEmpty}
        className={c(!isEmpty && 'list')}
        onMouseDown={(event) => event.preventDefault()}
      >
        {children}
      </Command.List>
    </>
  )
}
