import { useMemo } from 'react'
import { cuesAt } from '../../../shared/captions.ts'
import type { ClipTiming } from '../../../shared/clipTiming.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { useApp } from '../../shell/appStore.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import type { FrameClock } from '../frameClock.ts'
import { useClockElement } from '../useClock.ts'
import css from './Captions.module.css'
import { useCaptions } from './captionStore.ts'
import { captionOffset, captionTimeOf } from './captionTime.ts'

const c = classesOf(css)

interface CaptionsProps {
  readonly versionId: VersionId
  readonly clock: FrameClock
  readonly timing: ClipTiming
}

/** The words of the frame that is shown, at the foot of the stage: as large however far the picture is zoomed. */
export function Captions({ versionId, clock, timing }: CaptionsProps) {
  const { cues, reading, isAwaited } = useCaptions(versionId)
  const busy = reading !== null ? text.captions.reading : isAwaited ? text.captions.looking : ''
  const isShown = useApp((app) => app.settings.captionsShown)
  const offset = useMemo(() => captionOffset(cues, timing), [cues, timing])
  const words = useClockElement<HTMLParagraphElement>(clock, (element, frame) => {
    const now = isShown && reading === null ? cuesAt(cues, captionTimeOf(frame, timing) + offset) : []
    const said = now.map((cue) => cue.text).join('\n')
    if (element.textContent !== said) element.textContent = said
    element.hidden = said === ''
  })
  return (
    <div className={c('captions')}>
      <p role="status" className={c('reading')} hidden={busy === ''}>
        {busy}
      </p>
      <p ref={words} className={c('words')} data-captions="" dir="auto" hidden />
    </div>
  )
}
