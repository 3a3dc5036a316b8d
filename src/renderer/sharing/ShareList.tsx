import { Link2, Lock, Mail, X } from 'lucide-react'
import { useState } from 'react'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Share, ShareTarget } from '../../shared/share.ts'
import { useNow } from '../shell/useNow.ts'
import { errorWords } from '../text/errors.ts'
import { day } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Question } from '../ui/Dialog.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import css from './ShareList.module.css'
import { copyLink, useShares } from './shareStore.ts'

const c = classesOf(css)

interface ShareListProps {
  readonly connectionId: ConnectionId
  readonly target: ShareTarget | null
}

/** Who can see it already, and the way to end that. */
export function ShareList({ connectionId, target }: ShareListProps) {
  const { shares, failure, end, revoke } = useShares(connectionId, target)
  const [ending, setEnding] = useState<readonly string[]>([])
  const words = text.shares
  if (failure !== null) return <p className={c('quiet')}>{errorWords(failure).what}</p>
  if (shares === null) return <div className={c('blank')} aria-busy="true" />
  if (shares.length === 0) return null
  return (
    <section className={c('list')} aria-label={words.there}>
      <div className={c('head')}>
        <h3>{words.there}</h3>
        {shares.length > 1 ? (
          <Button size="small" look="bare" onClick={() => setEnding(shares.map(({ key }) => key))}>
            {words.endAll}
          </Button>
        ) : null}
      </div>
      {shares.map((share) => (
        <ShareLine
          key={share.key}
          share={share}
          onCopy={() => void copyLink(connectionId, share.key)}
          onEnd={() => setEnding([share.key])}
          onRevoke={(guestKey) => void revoke(share.key, guestKey)}
        />
      ))}
      {ending.length > 0 ? (
        <Question
          title={words.endTitle(ending.length)}
          more={words.endMore}
          keep={text.library.keep}
          act={words.end}
          onKeep={() => setEnding([])}
          onAct={() => {
            setEnding([])
            void end(ending)
          }}
        />
      ) : null}
    </section>
  )
}

interface ShareLineProps {
  readonly share: Share
  readonly onCopy: () => void
  readonly onEnd: () => void
  readonly onRevoke: (guestKey: string) => void
}

function ShareLine({ share, onCopy, onEnd, onRevoke }: ShareLineProps) {
  const now = useNow()
  const words = text.shares
  const isOver = share.expiresAt !== null && share.expiresAt < now
  return (
    <div className={c('share', isOver && 'over')}>
      <div className={c('line')}>
        {share.kind === 'link' ? (
          <Link2 size={15} aria-hidden="true" />
        ) : (
          <Mail size={15} aria-hidden="true" />
        )}
        <span className={c('name')}>
          {share.title}
          {share.hasPassword ? <Lock size={12} aria-label={words.password} /> : null}
        </span>
        <span className={c('quiet')}>
          {share.expiresAt === null ? '' : isOver ? words.over : words.ends(day(share.expiresAt))}
        </span>
        {share.hasLink && !isOver ? (
          <Button size="small" onClick={onCopy}>
            {words.copy}
          </Button>
        ) : null}
        <Button size="small" look="bare" onClick={onEnd}>
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
