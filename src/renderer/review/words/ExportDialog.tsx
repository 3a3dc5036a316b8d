import { useState } from 'react'
import { type ClipTiming, frameNumberOf, isVariableClip } from '../../../shared/clipTiming.ts'
import type { VersionId } from '../../../shared/ids.ts'
import { ask } from '../../bridge.ts'
import { FormDialog } from '../../forms/FormDialog.tsx'
import { useSending } from '../../forms/useSending.ts'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { Segments } from '../../ui/Segments.tsx'
import { useCommentView } from '../comments/commentView.ts'
import css from './Words.module.css'

const c = classesOf(css)

type Audience = 'clients' | 'team'
const formats = ['csv', 'srt', 'vtt'] as const

/** Frames of different length have no timecode: their numbers stand alone. */
function labelsOf(timing: ClipTiming | null) {
  if (timing === null || isVariableClip(timing)) return null
  const { rate, dropFrame, startFrame, frameCount } = timing
  return { rate, dropFrame, startFrame, frameCount }
}

interface ExportDialogProps {
  readonly versionId: VersionId
  readonly timing: ClipTiming | null
  /** A guest's session knows nothing internal, and offers nothing of it. */
  readonly isShare: boolean
  readonly onClose: () => void
}

/** Saves the comments of a version: in which form, and who is going to read them. */
export function ExportDialog({ versionId, timing, isShare, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<(typeof formats)[number]>('csv')
  const [audience, setAudience] = useState<Audience>('clients')
  const { isBusy, failure, send } = useSending()
  const words = text.remark
  const save = async () => {
    const kinds = [...useCommentView.getState().view.kinds]
    const { isSaved } = await ask('comments.export', {
      ...{ versionId, format, kinds, audience },
      timing: labelsOf(timing),
      firstNumber: frameNumberOf(0, timing ?? {}),
    })
    if (isSaved) onClose()
  }
  const choices: readonly { readonly value: Audience; readonly words: string; readonly more: string }[] = [
    {
      value: 'clients',
      words: words.forClients,
      more: isShare ? words.guestSave : words.forClientsMore,
    },
    ...(isShare ? [] : [{ value: 'team' as const, words: words.forTeam, more: words.forTeamMore }]),
  ]
  return (
    <FormDialog
      title={words.saveTitle}
      width={420}
      action={words.saveAction}
      isBusy={isBusy}
      failure={failure}
      onClose={onClose}
      onSend={() => send(save)}
    >
      <fieldset className={c('field')}>
        <legend>{words.audience}</legend>
        <div className={c('choices')}>
          {choices.map((choice) => (
            <label key={choice.value} className={c('choice')}>
              <input
                type="radio"
                name="audience"
                value={choice.value}
                checked={audience === choice.value}
                onChange={() => setAudience(choice.value)}
              />
              {choice.words}
              <small>{choice.more}</small>
            </label>
          ))}
        </div>
      </fieldset>
      <div className={c('field')}>
        <span className={c('label')}>{words.format}</span>
        <Segments
          label={words.format}
          value={format}
          onChange={setFormat}
          fill
          segments={formats.map((value) => ({ value, words: words.formats[value] }))}
        />
      </div>
    </FormDialog>
  )
}
