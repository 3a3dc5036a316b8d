import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useRef, useState } from 'react'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import menu from '../ui/Menu.module.css'
import css from './CommentPanel.module.css'

const c = classesOf(css)
const m = classesOf(menu)

/** A menu that exists while it is open: a list that flies past builds cards by the dozen, and most are never asked. */
export function CardMenu({ children }: { readonly children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  // The press that closes it from outside is not one that opens it again.
  const wasOpen = useRef(false)
  return (
    <span className={c('menu')}>
      <button
        ref={button}
        type="button"
        className={c('more')}
        aria-label={text.app.more}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPointerDown={() => {
          wasOpen.current = isOpen
        }}
        onClick={() => {
          if (!wasOpen.current) setOpen(true)
          wasOpen.current = false
        }}
      >
        <Ellipsis size={15} />
      </button>
      {isOpen ? (
        <DropdownMenu.Root open modal={false} onOpenChange={setOpen}>
          <DropdownMenu.Trigger asChild>
            <span className={c('anchor')} aria-hidden="true" tabIndex={-1} />
          </DropdownMenu.Trigger>
          <DropdownMenu.Portal>
            <DropdownMenu.Content
              className={m('menu')}
              align="end"
              sideOffset={4}
              collisionPadding={8}
              loop
              aria-label={text.app.more}
              onCloseAutoFocus={(event) => {
                event.preventDefault()
                // A choice may have moved the focus to a field already.
                if (document.activeElement === document.body) button.current?.focus()
              }}
            >
              {children}
            </DropdownMenu.Content>
          </DropdownMenu.Portal>
        </DropdownMenu.Root>
      ) : null}
    </span>
  )
}
