import { useId } from 'react'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { FieldLine } from './FieldLine.tsx'
import css from './Form.module.css'

const c = classesOf(css)

/** What is wrong with a field; its words are `text.connect`'s. */
export type FieldProblem = 'required' | 'badAddress' | 'badEmail' | 'appIdNeeded' | 'badNumber'

interface FieldProps {
  readonly label: string
  readonly value: string
  readonly problem?: FieldProblem | undefined
  readonly placeholder?: string
  readonly isSecret?: boolean
  readonly onChange: (value: string) => void
}

/** One line of a form with its label and what is wrong with it. */
export function Field({ label, value, problem, placeholder, isSecret, onChange }: FieldProps) {
  const id = useId()
  return (
    <FieldLine label={label} of={id}>
      <input
        id={id}
        className={c('input')}
        type={isSecret ? 'password' : 'text'}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={problem === undefined ? undefined : `${id}-problem`}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {problem === undefined ? null : (
        <p id={`${id}-problem`} className={c('problem')}>
          {text.connect[problem]}
        </p>
      )}
    </FieldLine>
  )
}
