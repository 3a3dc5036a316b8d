import { type ReactNode, useId } from 'react'
import type { Failure } from '../../shared/errors.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/Notice.tsx'
import css from './Settings.module.css'

const c = classesOf(css)

interface FormDialogProps {
  readonly title: string
  readonly more: string
  readonly width: number
  /** Said beside the buttons; may be empty. */
  readonly footWords: string
  readonly action: string
  /** What the button says while it is sent. */
  readonly busyWords?: string
  readonly isBusy: boolean
  /** Said below the fields. */
  readonly failure: Failure | null
  readonly onClose: () => void
  readonly onSend: () => void
  readonly children: ReactNode
}

/** A form over the window: Enter sends it, Escape closes it, what went wrong stands below its fields. */
export function FormDialog(props: FormDialogProps) {
  const { title, more, width, footWords, action, busyWords, isBusy, failure, onClose, onSend, children } =
    props
  const formId = useId()
  const said = failure && errorWords(failure)
  return (
    <Dialog
      title={title}
      more={more === '' ? undefined : more}
      width={width}
      onClose={onClose}
      foot={
        <>
          <span className={c('footWords')}>{footWords}</span>
          <Button onClick={onClose}>{text.app.cancel}</Button>
          <Button look="primary" type="submit" form={formId} disabled={isBusy}>
            {isBusy ? (busyWords ?? action) : action}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSend()
        }}
      >
        {children}
        {said === null ? null : <Notice tone="stop" what={said.what} more={said.more} />}
      </form>
    </Dialog>
  )
}
