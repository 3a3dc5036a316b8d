import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { count as countText } from '../text/format.ts'
import { classesOf } from './classes.ts'
import css from './Segments.module.css'

const c = classesOf(css)

export interface Segment<Value extends string> {
  readonly value: Value
  readonly words: string
  readonly count?: number | undefined
  readonly icon?: ReactNode
  /** Shows the icon only; the words are its name. */
  readonly isIconOnly?: boolean
  /** What it is called where its words alone say too little. */
  readonly name?: string
  /** Why it cannot be chosen now; it is told where the pointer rests, and is part of its name. */
  readonly lack?: string | undefined
}

interface SegmentsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly segments: readonly Segment<Value>[]
  readonly onChange: (value: Value) => void
  readonly fill?: boolean
}

/** One of a few, always one of them chosen. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      className={c('segments', props.fill && 'fill')}
      aria-label={props.label}
      value={props.value}
      onValueChange={(value) => {
        // An empty value is a second press on the chosen one, which stays chosen.
        const chosen = props.segments.find((segment) => segment.value === value)
        if (chosen !== undefined && chosen.lack === undefined) props.onChange(chosen.value)
      }}
    >
      {props.segments.map((segment) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          className={c('segment')}
          {...(segment.isIconOnly ? { 'aria-label': segment.words, title: segment.words } : {})}
          {...(segment.name === undefined ? {} : { 'aria-label': segment.name, title: segment.name })}
          {...(segment.lack === undefined
            ? {}
            : { 'aria-disabled': true, 'aria-label': segment.lack, title: segment.lack })}
        >
          {segment.icon}
          {segment.isIconOnly ? null : segment.words}
          {segment.count === undefined ? null : (
            <span className={c('count')}>{countText(segment.count)}</span>
          )}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
