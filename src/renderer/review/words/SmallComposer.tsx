import { useEffect, useRef, useState } from 'react'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import css from '../comments/CommentPanel.module.css'
import { ColourMenu } from './ColourMenu.tsx'
import { Losses } from './Losses.tsx'
import { useMentions } from './mentionStore.ts'
import { WordsField } from './WordsField.tsx'

const c = classesOf(css)

interface SmallComposerProps {
  readonly label: string
  readonly start: string
  readonly action: string
  /** Absent: its colour is not asked for. */
  readonly startColour?: string | null
  readonly isReply?: boolean
  /** A comment may be a drawing alone. */
  readonly mayBeEmpty?: boolean
  readonly onSend: (words: string, colour: string | null) => Promise<boolean>
  readonly onClose: () => void
}

/** For a reply or a change, in its place. */
export function SmallComposer(props: SmallComposerProps) {
  const { label, start, action, startColour, isReply = false, mayBeEmpty = false, onSend, onClose } = props
  const [words, setWords] = useState(start)
  const [colour, setColour] = useState(startColour ?? null)
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    const element = field.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])
  // What was begun before it was deleted is there to be copied.
  const isGone = useMentions((room) => room.isGone)
  const isHeld = isGone || (words.trim() === '' && !mayBeEmpty)
  const send = async () => {
    if (!isHeld && (await onSend(words.trim(), colour))) onClose()
  }
  return (
    <div className={c('box', 'small')}>
      <Losses isReply={isReply} isColoured={startColour !== undefined && colour !== null} />
      <WordsField
        ref={field}
        value={words}
        rows={1}
        label={label}
        placeholder={label}
        onChange={setWords}
        onSend={() => void send()}
        onEscape={onClose}
      />
      <div className={c('boxLine')}>
        <Button look="bare" size="small" onClick={onClose}>
          {text.app.cancel}
        </Button>
        <span className={c('boxTools')}>
          {startColour === undefined ? null : <ColourMenu colour={colour} onChange={setColour} />}
          <Button size="small" disabled={isHeld} onClick={() => void send()}>
            {action}
          </Button>
        </span>
      </div>
    </div>
  )
}
