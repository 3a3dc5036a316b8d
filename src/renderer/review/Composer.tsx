import { useState } from 'react'
import { type ClipTiming, formatClipFrame } from '../../shared/clipTiming.ts'
import type { VersionId } from '../../shared/ids.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Keys } from '../ui/Keys.tsx'
import css from './CommentPanel.module.css'
import { createComment } from './commentCalls.ts'
import { composerId, focusStage } from './composerFocus.ts'
import type { FrameClock } from './frameClock.ts'
import { player } from './playerControl.ts'
import { useClockElement } from './useClock.ts'

const c = classesOf(css)
const longest = 10_000

interface ComposerProps {
  readonly versionId: VersionId
  /** Null for what has no time: a comment is on the whole of it. */
  readonly timing: ClipTiming | null
  readonly clock: FrameClock
}

/** Writes at the playhead. Enter sends, Shift+Enter is a new line, Escape goes back to the picture. */
export function Composer({ versionId, timing, clock }: ComposerProps) {
  const [words, setWords] = useState('')
  const send = async () => {
    const said = words.trim()
    if (said === '') return
    const { frame } = clock
    setWords('')
    const isKept = await createComment({
      versionId,
      text: said,
      span: timing === null ? null : { startFrame: frame, endFrame: frame, rate: timing.rate },
    })
    if (!isKept) setWords(said)
  }
  return (
    <div className={c('compose')}>
      <div className={c('box')}>
        <div className={c('boxLine')}>
          {timing === null ? (
            <span className={c('timecode')}>{text.room.whole}</span>
          ) : (
            <Now timing={timing} clock={clock} />
          )}
        </div>
        <textarea
          id={composerId}
          value={words}
          maxLength={longest}
          rows={2}
          aria-label={text.room.composeAt}
          placeholder={text.room.composeAt}
          onFocus={() => player()?.pause()}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (event.key === 'Escape') {
              event.preventDefault()
              focusStage()
            } else if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault()
              void send()
            }
          }}
        />
        <div className={c('boxLine')}>
          <span />
          <Button look="primary" disabled={words.trim() === ''} onClick={() => void send()}>
            {text.room.send}
            <Keys text="Enter" />
          </Button>
        </div>
      </div>
    </div>
  )
}

function Now({ timing, clock }: { readonly timing: ClipTiming; readonly clock: FrameClock }) {
  const chip = useClockElement<HTMLSpanElement>(clock, (element, frame) => {
    element.textContent = formatClipFrame(frame, timing)
  })
  return <span ref={chip} className={c('timecode')} />
}

interface SmallComposerProps {
  readonly label: string
  readonly start: string
  readonly action: string
  readonly onSend: (words: string) => Promise<boolean>
  readonly onClose: () => void
}

/** For a reply or a change, in its place. */
export function SmallComposer({ label, start, action, onSend, onClose }: SmallComposerProps) {
  const [words, setWords] = useState(start)
  const send = async () => {
    if (words.trim() !== '' && (await onSend(words.trim()))) onClose()
  }
  return (
    <div className={c('box', 'small')}>
      <textarea
        ref={(element) => element?.focus()}
        value={words}
        maxLength={longest}
        rows={1}
        aria-label={label}
        placeholder={label}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape') {
            event.preventDefault()
            onClose()
          } else if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            void send()
          }
        }}
      />
      <div className={c('boxLine')}>
        <Button look="bare" size="small" onClick={onClose}>
          {text.app.cancel}
        </Button>
        <Button size="small" disabled={words.trim() === ''} onClick={() => void send()}>
          {action}
        </Button>
      </div>
    </div>
  )
}
