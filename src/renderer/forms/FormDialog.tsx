import { type ReactNode, useEffect, useId, useRef } from 'react'
import type { Failure } from '../../shared/errors.ts'
import { errorWords } from '../text/errors.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Notice } from '../ui/Notice.tsx'
import css from './Form.module.css'

const c = classesOf(css)

interface FormDialogProps {
  readonly title: string
  readonly more?: string
  readonly width: number
  /** Said beside the buttons. */
  readonly footWords?: string
  readonly action: string
  /** What the button says while it is sent. */
  readonly busyWords?: string
  /** Its fields cannot be changed meanwhile. */
  readonly isBusy: boolean
  /** Said below the fields. */
  readonly failure?: Failure | null
  /** Below the fields and not one of them: it can be used while they are sent. */
  readonly below?: ReactNode
  readonly onClose: () => void
  readonly onSend: () => void
  readonly children: ReactNode
}

/** A form over the window: Enter sends it, Escape closes it, what went wrong stands below its fields. */
export function FormDialog(props: FormDialogProps) {
  const { title, more, width, footWords, action, busyWords, isBusy, failure = null, below } = props
  const formId = useId()
  const keepFocus = useFocusKept(isBusy)
  const said = failure && errorWords(failure)
  return (
    <Dialog
      title={title}
      more={more}
      width={width}
      onClose={props.onClose}
      foot={
        <>
          <span className={c('footWords')}>{footWords}</span>
          <Button onClick={props.onClose}>{text.app.cancel}</Button>
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
          keepFocus()
          props.onSend()
        }}
      >
        <fieldset disabled={isBusy}>{props.children}</fieldset>
        {below}
        {said === null ? null : <Notice tone="stop" what={said.what} more={said.more} />}
      </form>
    </Dialog>
  )
}

/**
 * What is disabled loses the focus: it has it again when it can be changed, unless the focus went elsewhere. What lost it
 * left it with the page, or with the dialog, which takes it wherever something was removed meanwhile.
 */
function useFocusKept(isBusy: boolean): () => void {
  const focused = useRef<Element | null>(null)
  useEffect(() => {
    if (isBusy) return
    const { current } = focused
    focused.current = null
    if (current instanceof HTMLElement && document.activeElement?.contains(current)) current.focus()
  }, [isBusy])
  return () => {
    focused.current = document.activeElement
  }
}
