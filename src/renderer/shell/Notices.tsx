import { X } from 'lucide-react'
import type { Notice } from '../../shared/notice.ts'
import { TransfersClosedLine } from '../queue/TransfersClosed.tsx'
import { useTransfers } from '../queue/transferStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Notice as Line } from '../ui/Notice.tsx'
import css from './Notices.module.css'
import { putAway, useNotices } from './noticeStore.ts'

const c = classesOf(css)

/** Over the tray, as long as it matters: what became of what is kept on this computer. */
export function Notices() {
  const notices = useNotices((state) => state.notices)
  const isQueueOpen = useTransfers((transfers) => transfers.isOpen)
  return (
    <div className={c('notices')}>
      {notices.map((notice) => {
        if (notice.kind !== 'closed') return <Recovered key={notice.of} notice={notice} />
        // The open list says it itself.
        return isQueueOpen ? null : <TransfersClosedLine key={notice.of} failure={notice.failure} />
      })}
    </div>
  )
}

function Recovered({ notice }: { readonly notice: Exclude<Notice, { kind: 'closed' }> }) {
  const words = text.notices[notice.of]
  const { what, more } = notice.kind === 'restored' ? words.restored(notice.backupAt) : words.rebuilt
  return (
    <Line tone="wait" what={what} more={more}>
      <IconButton label={text.app.close} onClick={() => void putAway(notice.of)}>
        <X size={14} />
      </IconButton>
    </Line>
  )
}
