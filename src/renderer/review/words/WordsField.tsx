import { Popover } from 'radix-ui'
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react'
import { useFoundPeople } from '../../people/useFoundPeople.ts'
import { text } from '../../text/text.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { classesOf } from '../../ui/classes.ts'
import heard from '../../ui/Heard.module.css'
import menu from '../../ui/Menu.module.css'
import { directoryOf, learnNames, useMentions } from './mentionStore.ts'
import { mentionAt, type TypedMention, withMention } from './mentionText.ts'
import css from './Words.module.css'

const c = classesOf(css)
const m = classesOf(menu)
const longest = 10_000
const mostShown = 8

interface WordsFieldProps {
  readonly id?: string
  readonly value: string
  readonly rows: number
  readonly label: string
  readonly placeholder: string
  readonly ref?: Ref<HTMLTextAreaElement>
  readonly onChange: (words: string) => void
  /** Enter without Shift. */
  readonly onSend: () => void
  readonly onEscape: () => void
  readonly onFocus?: () => void
}

interface Candidate {
  readonly key: string
  readonly name: string
  /** What is written after the `@`: an address where two have one name. */
  readonly written: string
  readonly more: string
}

/** Who fits what is typed after an `@`. */
function useCandidates(mention: TypedMention | null): readonly Candidate[] {
  const connectionId = useMentions(directoryOf)
  const { people, groups } = useFoundPeople(connectionId, mention?.typed ?? null)
  if (mention === null) return []
  const wanted = mention.typed.toLocaleLowerCase().trim()
  const isSame = (name: string) => people.filter((person) => person.name === name).length > 1
  return [
    ...people.map(({ key, name, email }) => ({
      key,
      name,
      written: isSame(name) && email !== null ? email : name,
      more: email ?? '',
    })),
    ...groups.map(({ key, name }) => ({ key, name, written: name, more: text.remark.group })),
  ]
    .filter(({ name, more }) => `${name} ${more}`.toLocaleLowerCase().includes(wanted))
    .slice(0, mostShown)
}

/**
 * Where a comment's words are typed. `@` opens the service's people, filtered as typed: arrows choose, Enter or Tab takes,
 * Escape closes the list alone. A text of several lines is a text box with a list, not a combo box.
 */
export function WordsField(props: WordsFieldProps) {
  const { value, rows, label, placeholder, onChange } = props
  const field = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(props.ref, () => field.current as HTMLTextAreaElement)
  const listId = useId()
  const [mention, setMention] = useState<TypedMention | null>(null)
  const [at, setAt] = useState(0)
  /** Where the caret goes once the words are drawn. */
  const caret = useRef<number | null>(null)
  const candidates = useCandidates(mention)
  const chosen = candidates[Math.min(at, candidates.length - 1)]
  const isOpen = chosen !== undefined
  useEffect(() => {
    if (caret.current === null) return
    field.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  })
  const look = (element: HTMLTextAreaElement) => {
    const { selectionStart, selectionEnd } = element
    const found = selectionStart === selectionEnd ? mentionAt(element.value, selectionStart) : null
    if (found?.start === mention?.start && found?.typed === mention?.typed) return
    setMention(found)
    setAt(0)
  }
  const take = (candidate: Candidate) => {
    if (mention === null) return
    const next = withMention(value, mention, candidate.written)
    learnNames([candidate.name])
    caret.current = next.caret
    setMention(null)
    onChange(next.words)
  }
  const choose = (event: KeyboardEvent): boolean => {
    if (chosen === undefined) return false
    const index = candidates.indexOf(chosen)
    if (event.key === 'ArrowDown') setAt((index + 1) % candidates.length)
    else if (event.key === 'ArrowUp') setAt((index + candidates.length - 1) % candidates.length)
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) take(chosen)
    else if (event.key === 'Escape') setMention(null)
    else return false
    return true
  }
  return (
    <Popover.Root open={isOpen}>
      <Popover.Anchor asChild>
        <textarea
          {...(props.id === undefined ? {} : { id: props.id })}
          ref={field}
          value={value}
          maxLength={longest}
          rows={rows}
          dir="auto"
          aria-label={label}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={isOpen ? listId : undefined}
          aria-activedescendant={chosen === undefined ? undefined : `${listId}-${chosen.key}`}
          placeholder={placeholder}
          onFocus={props.onFocus}
          onBlur={() => setMention(null)}
          onSelect={(event) => look(event.currentTarget)}
          onChange={(event) => {
            onChange(event.currentTarget.value)
            look(event.currentTarget)
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return
            if (choose(event)) {
              event.preventDefault()
              event.stopPropagation()
            } else if (event.key === 'Escape') {
              event.preventDefault()
              props.onEscape()
            } else if (event.key === 'Enter' && !event.shiftKey) {
              event.preventDefault()
              props.onSend()
            }
          }}
        />
      </Popover.Anchor>
      <span role="status" className={heard['heard']}>
        {text.remark.peopleFound(candidates.length)}
      </span>
      <Popover.Portal>
        <Popover.Content
          className={`${m('menu')} ${c('people')}`}
          id={listId}
          role="listbox"
          aria-label={text.remark.people}
          side="top"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          // The field closes it itself, and must not lose its words over it.
          onEscapeKeyDown={(event) => event.preventDefault()}
          onMouseDown={(event) => event.preventDefault()}
        >
          {candidates.map((candidate) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the field names it as its active descendant
            <div
              key={candidate.key}
              id={`${listId}-${candidate.key}`}
              role="option"
              aria-selected={candidate === chosen}
              data-highlighted={candidate === chosen ? '' : undefined}
              className={m('item')}
              onClick={() => take(candidate)}
            >
              <Avatar name={candidate.name} small />
              <span className={c('name')}>{candidate.name}</span>
              <span className={c('more')}>{candidate.more}</span>
            </div>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
