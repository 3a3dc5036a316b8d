import { X } from 'lucide-react'
import type { Notice } from '../../shared/notice.ts'
import { openTransfers } from '../queue/transferStore.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Notice as Line } from '../ui/Notice.tsx'
import { copyDetails } from './copyDetails.ts'
import css from './Notices.module.css'
import { putAway, useNotices } from './noticeStore.ts'

const c = classesOf(css)

/** Over the tray, as long as it matters: what became of what is kept on this computer. */
export function Notices() {
  const notices = useNotices((state) => state.notices)
  return (
    <div className={c('notices')}>
      {notices.map((notice) =>
        notice.kind === 'closed' ? (
          <Closed key={notice.of} notice={notice} />
        ) : (
          <Recovered key={notice.of} notice={notice} />
        ),
      )}
    </div>
  )
}

function Closed({ notice: { failure } }: { readonly notice: Extract<Notice, { kind: 'closed' }> }) {
  const words = errorWords(failure)
  const action =
    words.remedy === 'copyDetails'
      ? { words: text.app.copyDetails, run: () => copyDetails(failure) }
      : { words: text.app.tryAgain, run: () => void openTransfers() }
  return <Line tone="stop" what={`${text.notices.closed} ${words.what}`} more={words.more} action={action} />
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
