import { useEffect, useRef, useState } from 'react'
import type { Approval } from '../../shared/approval.ts'
import type { VersionId } from '../../shared/ids.ts'
import { ask } from '../bridge.ts'
import { FieldLine } from '../forms/FieldLine.tsx'
import css from '../forms/Form.module.css'
import { FormDialog } from '../forms/FormDialog.tsx'
import { useSending } from '../forms/useSending.ts'
import { placeHere } from '../library/assetCommands.ts'
import { type Chosen, PeopleField } from '../people/PeopleField.tsx'
import { sayWords } from '../shell/sayStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { readApproval, useApproval } from './approvalStore.ts'

const c = classesOf(css)

interface ApprovalDialogProps {
  /** Of one connection; at least one. */
  readonly versionIds: readonly VersionId[]
  readonly name: string
  readonly onClose: () => void
}

const chosenOf = ({ approvers }: Approval): Chosen[] =>
  approvers.flatMap((each): Chosen[] => {
    if (each.key !== null) return [{ kind: 'person', key: each.key, name: each.name }]
    return each.email === null ? [] : [{ kind: 'email', key: each.email, name: each.email }]
  })

/** Asks people for their word on versions. Whoever was asked already about the one that it is about stands in it. */
export function ApprovalDialog({ versionIds, name, onClose }: ApprovalDialogProps) {
  const open = useApproval((state) => state.open)
  const [first, ...more] = versionIds
  const only = more.length === 0 ? first : undefined
  const connectionId =
    open !== null && open.versionId === only ? open.connectionId : placeHere()?.connectionId
  const [chosen, setChosen] = useState<readonly Chosen[]>([])
  const [minimum, setMinimum] = useState(1)
  const { isTried, isBusy, failure, send, fail } = useSending()
  // Once somebody fills it in, who was asked before comes too late.
  const isBegun = useRef(false)
  const begin = () => {
    isBegun.current = true
  }
  useEffect(() => {
    if (only === undefined) return
    ask('approvals.get', { versionId: only }).then(
      (approval) => {
        if (isBegun.current || approval.state === 'none') return
        setChosen(chosenOf(approval))
        setMinimum(approval.minimum)
      },
      (error) => {
        if (!isBegun.current) fail(error)
      },
    )
  }, [only, fail])
  const words = text.approvals
  if (connectionId === undefined) return null
  const isNobody = chosen.length === 0
  const request = async () => {
    const keysOf = (kind: Chosen['kind']) => chosen.filter((each) => each.kind === kind).map(({ key }) => key)
    // Asked again after a failure, those that were asked about already are asked about the same way once more.
    for (const versionId of versionIds)
      await ask('approvals.request', {
        versionId,
        people: keysOf('person'),
        groups: keysOf('group'),
        emails: keysOf('email'),
        minimum: Math.min(minimum, chosen.length),
      })
    void readApproval()
    sayWords(words.asked(chosen.length))
    onClose()
  }
  return (
    <FormDialog
      title={words.askTitle(name)}
      more={words.askMore(versionIds.length)}
      width={520}
      footWords={words.willMail}
      action={words.ask}
      isBusy={isBusy}
      failure={failure}
      onClose={onClose}
      onSend={() => send(isNobody ? null : request)}
    >
      <FieldLine label={words.who} isTall>
        <PeopleField
          connectionId={connectionId}
          label={words.who}
          chosen={chosen}
          problem={isTried && isNobody ? text.connect.required : undefined}
          onChange={(next) => {
            begin()
            setChosen(next)
          }}
        />
      </FieldLine>
      <FieldLine label={words.minimum} of="approval-minimum">
        <input
          id="approval-minimum"
          className={c('input', 'number')}
          type="number"
          min={1}
          max={Math.max(1, chosen.length)}
          value={minimum}
          onChange={(event) => {
            begin()
            setMinimum(Math.max(1, Math.min(100, event.currentTarget.valueAsNumber || 1)))
          }}
        />
      </FieldLine>
    </FormDialog>
  )
}
