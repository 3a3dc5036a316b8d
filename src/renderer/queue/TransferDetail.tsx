import { useEffect, useState } from 'react'
import { toFailure } from '../../shared/errors.ts'
import type { TransferDetail as Detail, Transfer, TransferNote } from '../../shared/transfer.ts'
import { ask } from '../bridge.ts'
import { copyDetails } from '../shell/copyDetails.ts'
import { say } from '../shell/sayStore.ts'
import { errorWords } from '../text/errors.ts'
import { bytes, bytesOf, clockSeconds } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { StateLabel } from '../ui/StateLabel.tsx'
import { press, useCanSignIn } from './buttonCalls.ts'
import { askToCancel } from './cancelStore.ts'
import { PartMap } from './PartMap.tsx'
import css from './TransferDetail.module.css'
import { canCancel, mainButton, storedShare, transferLine } from './transferWords.ts'

const c = classesOf(css)

/** Parts and history of one transfer, read again whenever the transfer has changed. */
function useDetail(transfer: Transfer): Detail | null {
  const [detail, setDetail] = useState<Detail | null>(null)
  const { id, updatedAt, partsStored, partsInFlight, state } = transfer
  // biome-ignore lint/correctness/useExhaustiveDependencies: the facts are what makes the answer old
  useEffect(() => {
    let isMeant = true
    ask('transfers.get', { id }).then(
      (value) => isMeant && setDetail(value),
      (error: unknown) => isMeant && say(toFailure(error)),
    )
    return () => {
      isMeant = false
    }
  }, [id, updatedAt, partsStored, partsInFlight, state])
  return detail
}

/** One transfer from inside: its parts, what happened, and what can be done. */
export function TransferDetail({ transfer }: { readonly transfer: Transfer }) {
  const detail = useDetail(transfer)
  const line = transferLine(transfer)
  const failure = transfer.failure && errorWords(transfer.failure)
  const left =
    transfer.state === 'uploading' && transfer.bytesPerSecond > 0
      ? text.transfers.lasts((transfer.bytes - transfer.bytesStored) / transfer.bytesPerSecond)
      : null
  const facts = [
    transfer.state === 'done' ? bytes(transfer.bytes) : bytesOf(transfer.bytesStored, transfer.bytes),
    detail?.partSize ? text.transfers.partsOf(detail.partSize) : null,
    left,
  ].filter((each) => each !== null)
  return (
    <>
      <section className={c('block')}>
        <h2 className={c('name')}>
          <MiddleCut name={transfer.name} />
        </h2>
        <p className={c('facts')}>{facts.join(', ')}</p>
        <p className={c('state')}>
          <StateLabel look={line.look} words={line.state} share={storedShare(transfer)} />
        </p>
        {failure === null ? (
          line.more === '' ? null : (
            <p className={c('words')}>{line.more}</p>
          )
        ) : (
          <p className={c('words')}>
            {failure.what} {failure.more}
          </p>
        )}
        <Buttons transfer={transfer} />
        {detail !== null && detail.parts.length > 0 ? <PartMap parts={detail.parts} /> : null}
      </section>
      <section className={c('block')}>
        <h3 className={c('head')}>{text.transfers.whatHappened}</h3>
        <Notes notes={detail?.notes ?? []} />
      </section>
    </>
  )
}

function Buttons({ transfer }: { readonly transfer: Transfer }) {
  const words = text.transfers
  const canSignIn = useCanSignIn(transfer)
  const main = mainButton(transfer, canSignIn)
  const { failure } = transfer
  return (
    <div className={c('buttons')}>
      {main === undefined ? null : (
        <Button size="small" onClick={() => press(main, transfer)}>
          {words[main]}
        </Button>
      )}
      {main !== 'signIn' && transfer.waitReason === 'auth' && canSignIn ? (
        <Button size="small" onClick={() => press('signIn', transfer)}>
          {words.signInAgain}
        </Button>
      ) : null}
      {failure !== null && errorWords(failure).remedy === 'copyDetails' ? (
        <Button size="small" onClick={() => copyDetails(failure)}>
          {text.app.copyDetails}
        </Button>
      ) : null}
      {canCancel(transfer) ? (
        <Button size="small" look="bare" onClick={() => askToCancel([transfer])}>
          {words.cancel}
        </Button>
      ) : null}
    </div>
  )
}

function Notes({ notes }: { readonly notes: readonly TransferNote[] }) {
  if (notes.length === 0) return <p className={c('quiet')}>{text.transfers.noHistory}</p>
  const newestFirst = [...notes].sort((a, b) => b.at - a.at)
  return (
    <dl className={c('notes')}>
      {newestFirst.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two notes may have the same time and kind
        <div key={`${note.at} ${index}`} style={{ display: 'contents' }}>
          <dt>{clockSeconds(note.at)}</dt>
          <dd>{text.transfers.notes[note.kind](note.facts)}</dd>
        </div>
      ))}
    </dl>
  )
}
