import { useState } from 'react'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Share, ShareTarget } from '../../shared/share.ts'
import { ask } from '../bridge.ts'
import { Field } from '../forms/Field.tsx'
import { FieldLine } from '../forms/FieldLine.tsx'
import css from '../forms/Form.module.css'
import { FormDialog } from '../forms/FormDialog.tsx'
import { useSending } from '../forms/useSending.ts'
import { PeopleField } from '../people/PeopleField.tsx'
import { sayWords } from '../shell/sayStore.ts'
import { useNow } from '../shell/useNow.ts'
import { day } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Check } from '../ui/Check.tsx'
import { classesOf } from '../ui/classes.ts'
import { Segments } from '../ui/Segments.tsx'
import { ShareList } from './ShareList.tsx'
import {
  dayText,
  emptyShare,
  endOfDay,
  lastDay,
  type ShareForm,
  type ShareProblem,
  shareInput,
  shareProblems,
} from './shareForm.ts'
import { copyLink } from './shareStore.ts'

const c = classesOf(css)

interface ShareDialogProps {
  /** Whose they are. */
  readonly connectionId: ConnectionId
  readonly targets: readonly ShareTarget[]
  readonly name: string
  readonly onClose: () => void
}

/** Makes a share, and shows those there are. Its link goes to the clipboard and nowhere else. */
export function ShareDialog({ connectionId, targets, name, onClose }: ShareDialogProps) {
  const [form, setForm] = useState<ShareForm>(() => emptyShare(name, Date.now()))
  const { isTried, isBusy, failure, send, startAnew } = useSending()
  const [made, setMade] = useState(0)
  const change = (part: Partial<ShareForm>) => setForm((before) => ({ ...before, ...part }))
  const words = text.shares
  const problems = shareProblems(form, Date.now())

  const create = async () => {
    await arrived(connectionId, await ask('shares.create', shareInput(form, targets)))
    setForm((before) => ({ ...before, people: [], password: '', message: '' }))
    setMade((count) => count + 1)
    startAnew()
  }

  return (
    <FormDialog
      title={words.title(name)}
      more={words.more}
      width={580}
      footWords={form.kind === 'people' ? words.willMail : ''}
      action={form.kind === 'people' ? words.send : words.makeLink}
      isBusy={isBusy}
      failure={failure}
      onClose={onClose}
      onSend={() => send(problems.length > 0 ? null : create)}
      below={
        targets.length === 1 && targets[0] !== undefined ? (
          <ShareList key={made} connectionId={connectionId} target={targets[0]} />
        ) : null
      }
    >
      <div className={c('ways')}>
        <Segments
          label={words.kind}
          value={form.kind}
          onChange={(kind) => change({ kind })}
          segments={[
            { value: 'link', words: words.link },
            { value: 'people', words: words.people },
          ]}
          fill
        />
      </div>
      {form.kind === 'people' ? (
        <FieldLine label={words.to} isTall>
          <PeopleField
            connectionId={connectionId}
            label={words.to}
            chosen={form.people}
            isMailOnly
            problem={isTried && problems.includes('people') ? text.connect.required : undefined}
            onChange={(people) => change({ people })}
          />
        </FieldLine>
      ) : null}
      <Field
        label={words.name}
        value={form.title}
        problem={isTried && problems.includes('title') ? 'required' : undefined}
        onChange={(title) => change({ title })}
      />
      {form.kind === 'people' ? (
        <Field
          label={words.message}
          value={form.message}
          placeholder={text.connect.optional}
          onChange={(message) => change({ message })}
        />
      ) : null}
      <Field
        label={words.password}
        value={form.password}
        placeholder={text.connect.optional}
        isSecret
        onChange={(password) => change({ password })}
      />
      <UntilField
        until={form.until}
        problem={problems.find((each) => each === 'untilTooFar' || (isTried && each === 'until'))}
        onChange={(until) => change({ until })}
      />
      <fieldset className={c('rights')}>
        <legend className={c('legend')}>{words.guestsMay}</legend>
        <Rights form={form} isPlace={targets.some((target) => 'placeId' in target)} onChange={change} />
      </fieldset>
    </FormDialog>
  )
}

interface UntilFieldProps {
  readonly until: string
  readonly problem: ShareProblem | undefined
  readonly onChange: (until: string) => void
}

/** The day that the share ends with. How far it may be is said before anything is sent. */
function UntilField({ until, problem, onChange }: UntilFieldProps) {
  const now = useNow()
  const words = text.shares
  const latest = lastDay(now)
  return (
    <FieldLine label={words.until} of="share-until">
      <input
        id="share-until"
        className={c('input')}
        type="date"
        min={dayText(now)}
        max={latest}
        value={until}
        aria-invalid={problem !== undefined}
        aria-describedby="share-until-more"
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <p id="share-until-more" className={c(problem === undefined ? 'below' : 'problem')}>
        {problem === undefined
          ? words.atMost
          : problem === 'untilTooFar'
            ? words.tooFar(day(endOfDay(latest) ?? now))
            : words.past}
      </p>
    </FieldLine>
  )
}

/** A new share is said, and its link, where it has one, is on the clipboard already. */
async function arrived(connectionId: ConnectionId, share: Share): Promise<void> {
  if (share.hasLink) await copyLink(connectionId, share.key)
  else sayWords(text.shares.sent(share.guests.length))
}

interface RightsProps {
  readonly form: ShareForm
  readonly isPlace: boolean
  readonly onChange: (part: Partial<ShareForm>) => void
}

function Rights({ form, isPlace, onChange }: RightsProps) {
  const words = text.shares.rights
  const right = (name: keyof ShareForm['rights']) => (
    <Check
      isOn={form.rights[name]}
      words={words[name]}
      onChange={(isOn) => onChange({ rights: { ...form.rights, [name]: isOn } })}
    />
  )
  return (
    <>
      {right('comment')}
      {right('approve')}
      {right('seeVersions')}
      {right('download')}
      {right('downloadProxy')}
      {right('seeTranscriptions')}
      {right('mention')}
      {isPlace ? right('upload') : null}
      <Check
        isOn={form.hasWatermark}
        words={text.shares.watermark}
        onChange={(hasWatermark) => onChange({ hasWatermark })}
      />
      <Check
        isOn={form.isApproval}
        words={text.shares.isApproval}
        onChange={(isApproval) => onChange({ isApproval })}
      />
    </>
  )
}
