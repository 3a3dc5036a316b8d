import { Link2, Lock, Mail, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Share } from '../../shared/share.ts'
import { useNow } from '../shell/useNow.ts'
import { day } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import css from './ShareList.module.css'

const c = classesOf(css)

interface ShareLineProps {
  readonly share: Share
  /** Stands before it; in place of the picture of its kind. */
  readonly before?: ReactNode
  /** What it shows, where that is not plain from where the line stands. */
  readonly shows?: string | undefined
  readonly onCopy: () => void
  readonly onEnd: () => void
  readonly onRevoke: (guestKey: string) => void
}

/** One share: whom it is for, until when, and how to end it. */
export function ShareLine({ share, before, shows, onCopy, onEnd, onRevoke }: ShareLineProps) {
  const now = useNow()
  const words = text.shares
  const isOver = share.expiresAt !== null && share.expiresAt < now
  const isDead = isOver || share.isTargetGone
  return (
    <div className={c('share', isDead && 'over')}>
      <div className={c('line')}>
        {before ??
          (share.kind === 'link' ? (
            <Link2 size={15} aria-hidden="true" />
          ) : (
            <Mail size={15} aria-hidden="true" />
          ))}
        <span className={c('name')}>
          <span className={c('title')}>{share.title}</span>
          {share.hasPassword ? <Lock size={12} aria-label={words.password} /> : null}
          {shows === undefined ? null : <span className={c('quiet', 'shows')}>{shows}</span>}
        </span>
        <span className={c('quiet')}>
          {share.expiresAt === null ? '' : isOver ? words.over : words.ends(day(share.expiresAt))}
        </span>
        {share.hasLink && !isDead ? (
          <Button size="small" aria-label={words.copyOf(share.title)} onClick={onCopy}>
            {words.copy}
          </Button>
        ) : null}
        <Button size="small" look="bare" aria-label={words.endOf(share.title)} onClick={onEnd}>
          {words.end}
        </Button>
      </div>
      {share.guests.map((guest) => (
        <div key={guest.key} className={c('guest')}>
          <span className={c('name')}>{guest.email}</span>
          <span className={c('quiet')}>
            {guest.opens === 0 ? words.notOpened : words.opened(guest.opens)}
          </span>
          <IconButton label={words.revoke(guest.email)} onClick={() => onRevoke(guest.key)}>
            <X size={13} />
          </IconButton>
        </div>
      ))}
    </div>
  )
}
