import { useState } from 'react'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Share } from '../../shared/share.ts'
import { useConnection } from '../shell/appStore.ts'
import { useNow } from '../shell/useNow.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { Check } from '../ui/Check.tsx'
import { classesOf } from '../ui/classes.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/Notice.tsx'
import { EndShares } from './EndShares.tsx'
import { ShareLine } from './ShareLine.tsx'
import css from './ShareList.module.css'
import { copyLink, useShares } from './shareStore.ts'

const c = classesOf(css)

interface AllSharesDialogProps {
  readonly connectionId: ConnectionId
  readonly onClose: () => void
}

/** Everything one connection has given to people outside, also what opens nothing any more; chosen ones end together. */
export function AllSharesDialog({ connectionId, onClose }: AllSharesDialogProps) {
  const name = useConnection(connectionId)?.name ?? ''
  const { shares, failure, end, revoke } = useShares(connectionId, null)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [ending, setEnding] = useState<readonly string[]>([])
  const now = useNow()
  const words = text.shares
  const all = shares ?? []
  const dead = all.filter(
    (share) => share.isTargetGone || (share.expiresAt !== null && share.expiresAt < now),
  )
  const picked = all.flatMap(({ key }) => (chosen.has(key) ? [key] : []))
  const choose = (key: string, isOn: boolean) => {
    const next = new Set(chosen)
    if (isOn) next.add(key)
    else next.delete(key)
    setChosen(next)
  }
  return (
    <Dialog
      title={words.allTitle(name)}
      more={words.allMore}
      width={680}
      onClose={onClose}
      foot={
        <>
          <span className={c('quiet', 'count')}>{shares === null ? '' : words.count(all.length)}</span>
          {dead.length > 0 ? (
            <Button onClick={() => setChosen(new Set(dead.map(({ key }) => key)))}>
              {words.chooseDead(dead.length)}
            </Button>
          ) : null}
          <Button look="danger" disabled={picked.length === 0} onClick={() => setEnding(picked)}>
            {picked.length === 0 ? words.endChosenNone : words.endChosen(picked.length)}
          </Button>
        </>
      }
    >
      {failure === null ? null : (
        <Notice tone="stop" what={errorWords(failure).what} more={errorWords(failure).more} />
      )}
      {shares === null && failure === null ? <div className={c('blank')} aria-busy="true" /> : null}
      {shares?.length === 0 ? <p className={c('quiet')}>{words.noneAtAll}</p> : null}
      <ul className={c('all')} aria-label={words.allTitle(name)}>
        {all.map((share) => (
          <li key={share.key}>
            <ShareLine
              share={share}
              before={
                <Check
                  isBare
                  isOn={chosen.has(share.key)}
                  words={words.choose(share.title)}
                  onChange={(isOn) => choose(share.key, isOn)}
                />
              }
              shows={showsOf(share)}
              onCopy={() => void copyLink(connectionId, share.key)}
              onEnd={() => setEnding([share.key])}
              onRevoke={(guestKey) => void revoke(share.key, guestKey)}
            />
          </li>
        ))}
      </ul>
      <EndShares
        keys={ending}
        onKeep={() => setEnding([])}
        onEnd={() => {
          setEnding([])
          setChosen(new Set())
          void end(ending)
        }}
      />
    </Dialog>
  )
}

/** What it opens, in the words that fit; the title alone where it says the same. */
function showsOf(share: Share): string | undefined {
  if (share.isTargetGone) return text.shares.gone
  return share.targetName === null || share.targetName === share.title ? undefined : share.targetName
}
