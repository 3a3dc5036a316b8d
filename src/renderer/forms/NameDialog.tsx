import { useState } from 'react'
import { Field } from './Field.tsx'
import { FormDialog } from './FormDialog.tsx'
import { useSending } from './useSending.ts'

interface NameDialogProps {
  readonly title: string
  readonly more?: string
  readonly label: string
  readonly start: string
  readonly action: string
  readonly footWords?: string
  /** Says whether it has that name now; if not, why was said elsewhere. What it rejects with is said here. */
  readonly onName: (name: string) => Promise<boolean>
  readonly onClose: () => void
}

/** One name. Stays open while it is sent and when it was refused, so that nothing typed is lost. */
export function NameDialog({ label, start, onName, ...dialog }: NameDialogProps) {
  const [typed, setTyped] = useState(start)
  const { isTried, isBusy, failure, send } = useSending()
  const name = typed.trim()
  const give = async () => {
    if (await onName(name)) dialog.onClose()
  }
  return (
    <FormDialog
      {...dialog}
      width={440}
      isBusy={isBusy}
      failure={failure}
      onSend={() => send(name === '' ? null : give)}
    >
      <Field
        label={label}
        value={typed}
        problem={isTried && name === '' ? 'required' : undefined}
        onChange={setTyped}
      />
    </FormDialog>
  )
}
