import type { Transfer } from '../../shared/transfer.ts'
import { classesOf } from '../ui/classes.ts'
import type { StatusTone } from '../ui/StateLabel.tsx'
import css from './PartStrip.module.css'
import { storedShare } from './transferWords.ts'

const c = classesOf(css)
const cells = 40

/** A share as whole cells: some for something, all only for everything. */
const cellsOf = (share: number) =>
  share >= 1 ? cells : Math.min(cells - 1, share > 0 ? Math.max(1, Math.round(share * cells)) : 0)

interface PartStripProps {
  readonly transfer: Transfer
  readonly tone: StatusTone
}

/** How much is stored and how much is on its way, in forty cells. */
export function PartStrip({ transfer, tone }: PartStripProps) {
  const stored = cellsOf(storedShare(transfer))
  const flight = transfer.bytes === 0 ? 0 : transfer.bytesInFlight / transfer.bytes
  const moving = tone === 'live' && flight > 0 ? Math.max(1, Math.round(flight * cells)) : 0
  const from = (stored / cells) * 100
  return (
    <div className={c('strip', tone)} aria-hidden="true">
      <i className={c('bar')} style={{ width: `${from}%` }} />
      {moving > 0 ? (
        <i
          className={c('moving')}
          style={{ left: `${from}%`, width: `${(Math.min(moving, cells - stored) / cells) * 100}%` }}
        />
      ) : null}
    </div>
  )
}
