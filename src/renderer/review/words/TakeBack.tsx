import { X } from 'lucide-react'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Notice } from '../../ui/Notice.tsx'
import css from './TakeBack.module.css'

const c = classesOf(css)

interface TakeBackProps {
  /** What was done a moment ago. */
  readonly what: string
  readonly onTakeBack: () => void
  readonly onClose: () => void
}

/** Something done to comments a moment ago: it can be taken back while this stands. */
export function TakeBack({ what, onTakeBack, onClose }: TakeBackProps) {
  return (
    <div className={c('offer')}>
      <Notice tone="idle" what={what} action={{ words: text.room.takeBack, run: onTakeBack }}>
        <IconButton label={text.app.close} onClick={onClose}>
          <X size={14} />
        </IconButton>
      </Notice>
    </div>
  )
}
