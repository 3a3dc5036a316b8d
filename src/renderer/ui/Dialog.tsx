import { X } from 'lucide-react'
import { AlertDialog, Dialog as Radix } from 'radix-ui'
import type { CSSProperties, ReactNode } from 'react'
import { text } from '../text/text.ts'
import { Button } from './Button.tsx'
import { classesOf } from './classes.ts'
import css from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'

const c = classesOf(css)

interface DialogProps {
  readonly title: string
  readonly more?: string | undefined
  readonly width?: number
  /** Nothing in it takes the keys: it is scrolled by them itself. */
  readonly isText?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
  readonly foot?: ReactNode
}

const widthOf = (width: number | undefined) =>
  width === undefined ? undefined : ({ '--dialog-width': `${width}px` } as CSSProperties)

/** The focus starts in the first field, or on the sheet itself: never on Close, whose tooltip would greet the user. */
function focusFirst(event: Event) {
  event.preventDefault()
  const sheet = event.currentTarget
  if (!(sheet instanceof HTMLElement)) return
  const first = sheet.querySelector<HTMLElement>('input, textarea, [data-autofocus]')
  const target = first ?? sheet
  target.focus()
}

/** A sheet over the window: holds the focus, closes with Escape, gives the focus back. */
export function Dialog({ title, more, width, isText = false, onClose, children, foot }: DialogProps) {
  return (
    <Radix.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Radix.Portal>
        <Radix.Overlay className={c('scrim')} data-modal="" />
        <Radix.Content
          className={c('dialog')}
          style={widthOf(width)}
          onOpenAutoFocus={focusFirst}
          {...(more === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <header className={c('head')}>
            <div className={c('titles')}>
              <Radix.Title className={c('title')}>{title}</Radix.Title>
              {more === undefined ? null : (
                <Radix.Description className={c('more')}>{more}</Radix.Description>
              )}
            </div>
            <Radix.Close asChild>
              <IconButton label={text.app.close}>
                <X size={16} />
              </IconButton>
            </Radix.Close>
          </header>
          {/* biome-ignore lint/a11y/useSemanticElements: not a group of fields; named so that its place in the order of keys is heard */}
          <div role="group" aria-label={title} className={c('body')} tabIndex={isText ? 0 : undefined}>
            {children}
          </div>
          {foot === undefined ? null : <footer className={c('foot')}>{foot}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

interface QuestionProps {
  readonly title: string
  readonly more: string
  /** What the safe button says. */
  readonly keep: string
  readonly act: string
  readonly onKeep: () => void
  readonly onAct: () => void
}

/** One question before something that cannot be taken back. The focus starts on the safe answer. */
export function Question({ title, more, keep, act, onKeep, onAct }: QuestionProps) {
  return (
    <AlertDialog.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onKeep())}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={c('scrim')} data-modal="" />
        <AlertDialog.Content className={c('dialog')}>
          <header className={c('head')}>
            <div className={c('titles')}>
              <AlertDialog.Title className={c('title')}>{title}</AlertDialog.Title>
              <AlertDialog.Description className={c('more')}>{more}</AlertDialog.Description>
            </div>
          </header>
          <footer className={c('foot')}>
            <AlertDialog.Cancel asChild>
              <Button>{keep}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button
                look="danger"
                onClick={(event) => {
                  // Else it closes as if somebody had kept it, and takes a second question with it.
                  event.preventDefault()
                  onAct()
                }}
              >
                {act}
              </Button>
            </AlertDialog.Action>
          </footer>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
