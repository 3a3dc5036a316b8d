import { useState } from 'react'
import type { ConnectionId } from '../../shared/ids.ts'
import type { ShareTarget } from '../../shared/share.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { EndShares } from './EndShares.tsx'
import { ShareLine } from './ShareLine.tsx'
import css from './ShareList.module.css'
import { copyLink, useShares } from './shareStore.ts'

const c = classesOf(css)

interface ShareListProps {
  readonly connectionId: ConnectionId
  readonly target: ShareTarget
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
      <EndShares
        keys={ending}
        onKeep={() => setEnding([])}
        onEnd={() => {
          setEnding([])
          void end(ending)
        }}
      />
    </section>
  )
}
