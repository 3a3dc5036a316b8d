import type { ReactNode } from 'react'
import { Button } from './Button.tsx'
import { classesOf } from './classes.ts'
import css from './Notice.module.css'
import { StatusIcon, type StatusShape } from './StatusIcon.tsx'

const c = classesOf(css)

interface NoticeProps {
  readonly tone: 'stop' | 'wait' | 'idle'
  readonly what: string
  /** What is safe and what to do. */
  readonly more?: string | undefined
  /** Read out when it comes; unless what it stands in does that. */
  readonly isHeard?: boolean
  readonly action?: { readonly words: string; readonly run: () => void } | undefined
  readonly children?: ReactNode
}

const shapes: Readonly<Record<NoticeProps['tone'], StatusShape>> = {
  stop: 'failed',
  wait: 'waiting',
  idle: 'idle',
}

/** One line over what is still there: what happened, what is safe, and the button that helps. */
export function Notice({ tone, what, more, isHeard = true, action, children }: NoticeProps) {
  return (
    <div className={c('notice', tone)} role={isHeard ? (tone === 'stop' ? 'alert' : 'status') : undefined}>
      <span className={c('icon')}>
        <StatusIcon shape={shapes[tone]} />
      </span>
      <p className={c('words')}>
        {what} {more ? <span className={c('safe')}>{more}</span> : null}
      </p>
      {children}
      {action ? (
        <Button size="small" onClick={action.run}>
          {action.words}
        </Button>
      ) : null}
    </div>
  )
}
