import { classesOf } from './classes.ts'
import css from './StateLabel.module.css'
import { StatusIcon, type StatusShape } from './StatusIcon.tsx'

const c = classesOf(css)

export type StatusTone = 'done' | 'wait' | 'check' | 'stop' | 'idle' | 'live'

export interface StatusLook {
  readonly tone: StatusTone
  readonly shape: StatusShape
}

interface StateLabelProps {
  readonly look: StatusLook
  readonly words: string
  readonly share?: number
}

/** A status as colour, shape and word. */
export function StateLabel({ look, words, share }: StateLabelProps) {
  return (
    <span className={c('state', look.tone)}>
      <StatusIcon shape={look.shape} {...(share === undefined ? {} : { share })} />
      <span className={c('words')}>{words}</span>
    </span>
  )
}

export function ToneIcon({ look, size, share }: { look: StatusLook; size?: number; share?: number }) {
  return (
    <span className={c('state', look.tone)}>
      <StatusIcon
        shape={look.shape}
        {...(size === undefined ? {} : { size })}
        {...(share === undefined ? {} : { share })}
      />
    </span>
  )
}
