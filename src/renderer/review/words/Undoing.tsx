import { X } from 'lucide-react'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import css from '../comments/CommentPanel.module.css'
import { stopOffering, undoComments, useUndo } from './undoStore.ts'

const c = classesOf(css)

/** Changed a moment ago: it can be taken back here, and with the key for as long as the room is open. */
export function Undoing() {
  const offered = useUndo((state) => state.offered)
  if (offered === null) return null
  return (
    <div className={c('leaving')}>
      <Notice
        tone="idle"
        what={text.remark.changed}
        action={{ words: text.room.takeBack, run: () => void undoComments() }}
      >
        <IconButton label={text.app.close} onClick={stopOffering}>
          <X size={14} />
        </IconButton>
      </Notice>
    </div>
  )
}
