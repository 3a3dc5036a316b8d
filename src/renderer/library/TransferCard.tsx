import { memo } from 'react'
import type { Transfer } from '../../shared/transfer.ts'
import { storedShare, transferLine } from '../queue/transferWords.ts'
import { bytes, bytesOf, percent } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Meter } from '../ui/Meter.tsx'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { StateLabel } from '../ui/StateLabel.tsx'
import css from './Card.module.css'
import { KindPicture, kindOfMediaType } from './KindPicture.tsx'
import { SourcePicture } from './SourcePicture.tsx'

const c = classesOf(css)

interface TransferCardProps {
  readonly transfer: Transfer
  readonly index: number
  readonly isChosen: boolean
  readonly isActive: boolean
}

/** A file on its way, where it will be: the local picture, dimmed until the store has verified it. */
export const TransferCard = memo(function TransferCard({
  transfer,
  index,
  isChosen,
  isActive,
}: TransferCardProps) {
  const line = transferLine(transfer)
  const share = storedShare(transfer)
  const secondsLeft =
    transfer.bytesPerSecond > 0 && transfer.state === 'uploading'
      ? (transfer.bytes - transfer.bytesStored) / transfer.bytesPerSecond
      : null
  const kind = kindOfMediaType(transfer.mediaType)
  return (
    <div
      id={`item-${transfer.id}`}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      data-item={index}
      className={c('card', isChosen && 'chosen')}
      data-active={isActive || undefined}
    >
      <div className={c('picture', 'dim')}>
        <span className={c('kind')}>
          <KindPicture kind={kind} />
        </span>
        <SourcePicture transfer={transfer} />
        <div className={c('progress')}>
          <p>
            <span>
              {transfer.bytesStored === 0
                ? bytes(transfer.bytes)
                : line.look.tone === 'wait'
                  ? text.transfers.storedSize(transfer.bytesStored)
                  : bytesOf(transfer.bytesStored, transfer.bytes)}
            </span>
            <span>{percent(transfer.bytesStored, transfer.bytes)}</span>
          </p>
          <Meter share={share} />
        </div>
      </div>
      <div className={c('name')}>
        <MiddleCut name={transfer.name} />
      </div>
      <div className={c('facts')}>
        <StateLabel look={line.look} words={line.state} share={share} />
        {secondsLeft === null ? null : (
          <span className={c('number')}>{text.transfers.lasts(secondsLeft)}</span>
        )}
      </div>
    </div>
  )
})
