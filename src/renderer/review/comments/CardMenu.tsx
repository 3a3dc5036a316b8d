import { Ellipsis } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, useRef, useState } from 'react'
import { text } from '../../text/text.ts'
import { classesOf } from '../../ui/classes.ts'
import { MenuSheet } from '../../ui/Menu.tsx'
import css from './CommentCard.module.css'

const c = classesOf(css)

const dots = <Ellipsis size={15} />

interface CardMenuProps {
  /** What the card shows: its element passes from one to another, an open menu does not. */
  readonly of: string
  /** The name of its button; absent: that of a card's. */
  readonly label?: string
  readonly children: ReactNode
}

/** A menu that exists while it is open: a list that flies past fills cards by the dozen, and most are never asked. */
export function CardMenu({ of, label = text.app.more, children }: CardMenuProps) {
  const [openOf, setOpenOf] = useState<string | null>(null)
  const isOpen = openOf === of
  const setOpen = (isWanted: boolean) => setOpenOf(isWanted ? of : null)
  const button = useRef<HTMLButtonElement>(null)
  // The press that closes it from outside is not one that opens it again.
  const wasOpen = useRef(false)
  return (
    <span className={c('menu')}>
      <button
        ref={button}
        type="button"
        className={c('more')}
        aria-label={label}
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
        {dots}
      </button>
      {isOpen ? (
        <DropdownMenu.Root open modal={false} onOpenChange={setOpen}>
          <DropdownMenu.Trigger asChild>
            <span className={c('anchor')} aria-hidden="true" tabIndex={-1} />
          </DropdownMenu.Trigger>
          <MenuSheet
            align="end"
            aria-label={label}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              // A choice may have moved the focus to a field already.
              if (document.activeElement === document.body) button.current?.focus()
            }}
          >
            {children}
          </MenuSheet>
        </DropdownMenu.Root>
      ) : null}
    </span>
  )
}
