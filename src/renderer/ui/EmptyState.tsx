import type { ReactNode } from 'react'
import { classesOf } from './classes.ts'
import css from './EmptyState.module.css'
import { StatusIcon } from './StatusIcon.tsx'

const c = classesOf(css)

interface EmptyStateProps {
  readonly title: string
  readonly more?: string | undefined
  readonly look?: 'plain' | 'failed'
  readonly picture?: ReactNode
  /** The one next step. */
  readonly children?: ReactNode
  readonly small?: boolean
  /** 1 where it is all there is on the screen. */
  readonly level?: 1 | 2
}

/** What stands where nothing is: what it means and the one next step. */
export function EmptyState({
  title,
  more,
  look = 'plain',
  picture,
  children,
  small,
  level = 2,
}: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2'
  return (
    <div className={c('empty', small && 'small')}>
      {picture}
      {look === 'failed' ? (
        <span className={c('failed')}>
          <StatusIcon shape="failed" size={24} />
        </span>
      ) : null}
      <Heading className={c('title')}>{title}</Heading>
      {more ? <p className={c('more')}>{more}</p> : null}
      {children ? <div className={c('steps')}>{children}</div> : null}
    </div>
  )
}
