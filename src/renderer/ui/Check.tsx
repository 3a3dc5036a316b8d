import { Check as Tick } from 'lucide-react'
import { Checkbox } from 'radix-ui'
import { useId } from 'react'
import css from './Check.module.css'
import { classesOf } from './classes.ts'

const c = classesOf(css)

interface CheckProps {
  readonly isOn: boolean
  readonly words: string
  /** The words are there for who cannot see what it stands beside. */
  readonly isBare?: boolean
  readonly onChange: (isOn: boolean) => void
}

/** One thing that is so or is not. */
export function Check({ isOn, words, isBare = false, onChange }: CheckProps) {
  const id = useId()
  return (
    <div className={c('line')}>
      <Checkbox.Root
        id={id}
        aria-label={isBare ? words : undefined}
        className={c('check')}
        checked={isOn}
        onCheckedChange={(checked) => onChange(checked === true)}
      >
        <Checkbox.Indicator>
          <Tick size={12} strokeWidth={3} />
        </Checkbox.Indicator>
      </Checkbox.Root>
      {isBare ? null : <label htmlFor={id}>{words}</label>}
    </div>
  )
}
