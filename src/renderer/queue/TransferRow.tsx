// biome-ignore-all lint/a11y/useSemanticElements: rows are placed one by one as they scroll by, which a table's are not
import { ChevronsUp, Ellipsis, Pause } from 'lucide-react'
import { memo } from 'react'
import type { Transfer } from '../../shared/transfer.ts'
import { KindPicture, kindOfMediaType } from '../library/KindPicture.tsx'
import { SourcePicture } from '../library/SourcePicture.tsx'
import { go } from '../shell/routeStore.ts'
import { useNow } from '../shell/useNow.ts'
import { bytes, speed } from '../text/format.ts'
import { text } from '../text/text.ts'
import buttonCss from '../ui/Button.module.css'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Menu, MenuItem } from '../ui/Menu.tsx'
import { MiddleCut } from '../ui/MiddleCut.tsx'
import { RowPicture } from '../ui/RowPicture.tsx'
import rowsCss from '../ui/Rows.module.css'
import { StateLabel } from '../ui/StateLabel.tsx'
import { press, useCanSignIn } from './buttonCalls.ts'
import { askToCancel } from './cancelStore.ts'
import { PartStrip } from './PartStrip.tsx'
import css from './TransferList.module.css'
import { canCancel, mainButton, placeLine, storedShare, transferLine } from './transferWords.ts'

const c = classesOf(css)
const r = classesOf(rowsCss)
const b = classesOf(buttonCss)

interface TransferRowProps {
  /** Undefined while it is not here yet. */
  readonly transfer: Transfer | undefined
  readonly index: number
  readonly top: number
  readonly height: number
  readonly isChosen: boolean
  readonly isActive: boolean
}

export const TransferRow = memo(function TransferRow(props: TransferRowProps) {
  const { transfer, index, top, height, isChosen, isActive } = props
  const style = { top, height }
  if (transfer === undefined) return <BlankRow style={style} index={index} />
  const line = transferLine(transfer)
  const kind = kindOfMediaType(transfer.mediaType)
  return (
    <div
      id={`transfer-${transfer.id}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 1}
      aria-selected={isChosen}
      data-row={index}
      className={`${r('row', isChosen && 'chosen', isActive && 'active')} ${c('row', isChosen && 'chosen')}`}
      style={style}
    >
      <RowPicture role="gridcell" tabIndex={-1} className={c('picture')}>
        <KindPicture kind={kind} size={14} />
        <SourcePicture transfer={transfer} />
      </RowPicture>
      <span role="gridcell" tabIndex={-1} className={c('pair')}>
        <span className={c('name')}>
          <MiddleCut name={transfer.name} />
        </span>
        <span className={c('place')}>{placeLine(transfer)}</span>
      </span>
      <span role="gridcell" tabIndex={-1} className={c('pair')}>
        <span className={c('state')}>
          <StateLabel look={line.look} words={line.state} share={storedShare(transfer)} />
        </span>
        {line.more === '' ? null : (
          <span className={c('more')} title={line.more}>
            {line.more}
          </span>
        )}
      </span>
      <span role="gridcell" tabIndex={-1} className={c('strip')}>
        <PartStrip transfer={transfer} tone={line.look.tone} />
      </span>
      <span role="gridcell" tabIndex={-1} className={c('number')}>
        <When transfer={transfer} />
      </span>
      <span role="gridcell" tabIndex={-1} className={c('number')}>
        {bytes(transfer.bytes)}
      </span>
      <span role="gridcell" tabIndex={-1} className={c('buttons')}>
        <Buttons transfer={transfer} isReachable={isChosen} />
      </span>
    </div>
  )
})

/** Its speed, or when it tries again. */
function When({ transfer }: { readonly transfer: Transfer }) {
  const now = useNow()
  if (transfer.state === 'uploading' && transfer.bytesPerSecond > 0) return speed(transfer.bytesPerSecond)
  if (transfer.state === 'waiting' && transfer.nextAt !== null && transfer.nextAt > now)
    return text.transfers.triesIn((transfer.nextAt - now) / 1000)
  return null
}

interface ButtonsProps {
  readonly transfer: Transfer
  /** Only the chosen row's buttons are on the way of Tab; the others' keys do the same. */
  readonly isReachable: boolean
}

function Buttons({ transfer, isReachable }: ButtonsProps) {
  const words = text.transfers
  const tabIndex = isReachable ? 0 : -1
  const canSignIn = useCanSignIn(transfer)
  const main = mainButton(transfer, canSignIn)
  const { assetId } = transfer
  const icon = b('icon')
  const waitsForKeys = transfer.state === 'waiting' && transfer.waitReason === 'auth' && canSignIn
  return (
    <>
      {main === undefined ? null : main === 'pause' || main === 'sendFirst' ? (
        <button
          type="button"
          className={icon}
          tabIndex={tabIndex}
          aria-label={words[main]}
          title={words[main]}
          onClick={() => press(main, transfer)}
        >
          {main === 'pause' ? <Pause size={15} /> : <ChevronsUp size={15} />}
        </button>
      ) : (
        <Button size="small" tabIndex={tabIndex} onClick={() => press(main, transfer)}>
          {words[main]}
        </Button>
      )}
      {canCancel(transfer) || assetId !== null ? (
        <Menu
          align="end"
          trigger={
            <button
              type="button"
              className={icon}
              tabIndex={tabIndex}
              aria-label={text.app.more}
              title={text.app.more}
            >
              <Ellipsis size={15} />
            </button>
          }
        >
          {waitsForKeys && main !== 'signIn' ? (
            <MenuItem words={words.signInAgain} onChoose={() => press('signIn', transfer)} />
          ) : null}
          {waitsForKeys && main === 'signIn' ? (
            <MenuItem words={words.tryNow} onChoose={() => press('tryNow', transfer)} />
          ) : null}
          {canCancel(transfer) && transfer.state !== 'paused' && main !== 'pause' ? (
            <MenuItem words={words.pause} onChoose={() => press('pause', transfer)} />
          ) : null}
          {assetId === null ? null : (
            <MenuItem
              words={words.show}
              onChoose={() => go({ screen: 'library', placeId: transfer.destination.placeId })}
            />
          )}
          {canCancel(transfer) ? (
            <MenuItem words={words.cancel} isDanger onChoose={() => askToCancel([transfer])} />
          ) : null}
        </Menu>
      ) : null}
    </>
  )
}

function BlankRow({ style, index }: { readonly style: React.CSSProperties; readonly index: number }) {
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 1}
      className={`${r('row')} ${c('row')}`}
      style={style}
    >
      <RowPicture role="gridcell" tabIndex={-1} className={c('picture')} />
      <span role="gridcell" tabIndex={-1} className={c('blank')} />
      <span role="gridcell" tabIndex={-1} className={c('blank')} />
    </div>
  )
}
