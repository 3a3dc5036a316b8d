import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import { text } from '../text/text.ts'
import { classesOf } from './classes.ts'
import css from './FindField.module.css'
import { IconButton } from './IconButton.tsx'

const c = classesOf(css)

interface FindFieldProps {
  readonly id?: string
  readonly label: string
  /** Where it is not the label. */
  readonly placeholder?: string
  readonly value: string
  readonly mostLength?: number
  /** The first thing on its screen. */
  readonly isLarge?: boolean
  /** The `data-focus` of what is narrowed by it. */
  readonly leadsTo: string
  readonly onChange: (value: string) => void
}

/**
 * Narrows what stands below it while somebody types. Enter and the arrow down go on to what was found; Escape and the
 * cross empty it, and Escape in an empty one goes back.
 */
export function FindField(props: FindFieldProps) {
  const {
    id,
    label,
    placeholder = label,
    value,
    mostLength = 200,
    isLarge = false,
    leadsTo,
    onChange,
  } = props
  const field = useRef<HTMLInputElement>(null)
  const pressed = (event: KeyboardEvent) => {
    const isEscape = event.key === 'Escape'
    if (event.nativeEvent.isComposing || !(isEscape || event.key === 'Enter' || event.key === 'ArrowDown'))
      return
    event.preventDefault()
    const found = document.querySelector<HTMLElement>(`[data-focus="${leadsTo}"]`)
    if (isEscape && value !== '') onChange('')
    else if (found !== null) found.focus()
    else if (isEscape) field.current?.blur()
  }
  return (
    <label className={c('find', isLarge && 'large')}>
      <Search size={isLarge ? 16 : 14} aria-hidden="true" />
      <input
        ref={field}
        id={id}
        type="text"
        value={value}
        maxLength={mostLength}
        spellCheck={false}
        autoComplete="off"
        aria-label={label}
        placeholder={placeholder}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={pressed}
      />
      {value === '' ? null : (
        <IconButton
          label={text.library.clearFind}
          className={c('clear')}
          onClick={() => {
            onChange('')
            field.current?.focus()
          }}
        >
          <X size={13} />
        </IconButton>
      )}
    </label>
  )
}
