import { useEffect, useRef } from 'react'
import type { CommentId } from '../../../shared/ids.ts'
import { text } from '../../text/text.ts'
import { Button } from '../../ui/Button.tsx'
import { classesOf } from '../../ui/classes.ts'
import css from '../comments/Composer.module.css'
import { ColourMenu } from './ColourMenu.tsx'
import { changeSmall, closeSmall, dropSmall, type SmallKind, smallDraft, useDrafts } from './draftStore.ts'
import { Losses } from './Losses.tsx'
import { useMentions } from './mentionStore.ts'
import { WordsField } from './WordsField.tsx'

const c = classesOf(css)

interface SmallComposerProps {
  readonly kind: SmallKind
  /** The comment that it answers or changes. */
  readonly of: CommentId
  readonly label: string
  readonly start: string
  readonly action: string
  /** Absent: its colour is not asked for. */
  readonly startColour?: string | null
  /** A comment may be a drawing alone. */
  readonly mayBeEmpty?: boolean
  readonly onSend: (words: string, colour: string | null) => Promise<boolean>
}

/** For a reply or a change, in its place. Escape keeps what was begun, Cancel does not. */
export function SmallComposer(props: SmallComposerProps) {
  const { kind, of, label, start, action, startColour, mayBeEmpty = false, onSend } = props
  const before = { words: start, colour: startColour ?? null }
  const draft = useDrafts((drafts) => smallDraft(kind, of, drafts))
  const { words, colour } = draft ?? before
  const isAsked = draft?.isAsked ?? false
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    if (!isAsked) return
    const element = field.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
    changeSmall(kind, of, { isAsked: false })
  }, [isAsked, kind, of])
  // What was begun before it was deleted is there to be copied.
  const isGone = useMentions((room) => room.isGone)
  const isHeld = isGone || (words.trim() === '' && !mayBeEmpty)
  const send = async () => {
    if (!isHeld && (await onSend(words.trim(), colour))) dropSmall(kind, of)
  }
  return (
    <div className={c('box', 'small')}>
      <Losses isReply={kind === 'reply'} isColoured={startColour !== undefined && colour !== null} />
      <WordsField
        ref={field}
        value={words}
        rows={1}
        label={label}
        placeholder={label}
        onChange={(next) => changeSmall(kind, of, { words: next })}
        onSend={() => void send()}
        onEscape={() => closeSmall(kind, of, before)}
      />
      <div className={c('boxLine')}>
        <Button look="bare" size="small" onClick={() => dropSmall(kind, of)}>
          {text.app.cancel}
        </Button>
        <span className={c('boxTools')}>
          {startColour === undefined ? null : (
            <ColourMenu colour={colour} onChange={(next) => changeSmall(kind, of, { colour: next })} />
          )}
          <Button size="small" disabled={isHeld} onClick={() => void send()}>
            {action}
          </Button>
        </span>
      </div>
    </div>
  )
}
