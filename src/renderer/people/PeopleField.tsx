import { Command } from 'cmdk'
import { X } from 'lucide-react'
import { useState } from 'react'
import type { ConnectionId } from '../../shared/ids.ts'
import { emailSchema } from '../../shared/people.ts'
import { text } from '../text/text.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { classesOf } from '../ui/classes.ts'
import { FoundList } from './FoundList.tsx'
import css from './PeopleField.module.css'
import { useFoundPeople } from './useFoundPeople.ts'

const c = classesOf(css)

/** Somebody who was chosen: known to the service, a group of it, or a mail address. */
export type Chosen =
  | { readonly kind: 'person'; readonly key: string; readonly name: string }
  | { readonly kind: 'group'; readonly key: string; readonly name: string }
  | { readonly kind: 'email'; readonly key: string; readonly name: string }

interface PeopleFieldProps {
  readonly connectionId: ConnectionId
  readonly label: string
  readonly chosen: readonly Chosen[]
  /** Only mail addresses: people are chosen by theirs. */
  readonly isMailOnly?: boolean
  readonly problem?: string | undefined
  readonly onChange: (chosen: readonly Chosen[]) => void
}

/** Names and addresses as chips; typing looks people up, Enter or a comma takes an address. */
export function PeopleField(props: PeopleFieldProps) {
  const { connectionId, label, chosen, isMailOnly = false, problem, onChange } = props
  const [typed, setTyped] = useState('')
  const found = useFoundPeople(connectionId, typed.trim() === '' ? null : typed)
  const isEmail = emailSchema.safeParse(typed.trim()).success
  const isNew = (key: string) => !chosen.some((each) => each.key === key)
  const add = (next: Chosen) => {
    if (isNew(next.key)) onChange([...chosen, next])
    setTyped('')
  }
  const people = found.people.filter((person) => isNew(person.key) && (!isMailOnly || person.email !== null))
  const groups = isMailOnly ? [] : found.groups.filter((group) => isNew(group.key))
  const isNobody = people.length + groups.length === 0 && !isEmail
  const addEmail = () => add({ kind: 'email', key: typed.trim(), name: typed.trim() })
  return (
    <Command className={c('field')} shouldFilter={false} label={label}>
      <div className={c('box', problem !== undefined && 'wrong')}>
        {chosen.map((each) => (
          <span key={each.key} className={c('chip')}>
            {each.name}
            <button
              type="button"
              aria-label={text.people.remove(each.name)}
              onClick={() => onChange(chosen.filter(({ key }) => key !== each.key))}
            >
              <X size={12} />
            </button>
          </span>
        ))}
        <Command.Input
          className={c('input')}
          value={typed}
          placeholder={chosen.length === 0 ? (isMailOnly ? text.people.mails : text.people.type) : ''}
          onValueChange={setTyped}
          onKeyDown={(event) => {
            if (event.key === 'Backspace' && typed === '' && chosen.length > 0) onChange(chosen.slice(0, -1))
            if ((event.key === ',' || event.key === ';' || event.key === 'Tab') && isEmail) {
              event.preventDefault()
              addEmail()
            }
            // Sends the form only when nothing is typed here.
            if (event.key === 'Enter' && typed !== '') event.stopPropagation()
          }}
          onBlur={() => (isEmail ? addEmail() : undefined)}
        />
      </div>
      <FoundList isEmpty={isNobody} problem={problem}>
        {people.map((person) => (
          <Command.Item
            key={person.key}
            value={person.key}
            className={c('item')}
            onSelect={() =>
              add(
                isMailOnly && person.email !== null
                  ? { kind: 'email', key: person.email, name: person.email }
                  : { kind: 'person', key: person.key, name: person.name },
              )
            }
          >
            <Avatar name={person.name} small />
            <span className={c('name')}>{person.name}</span>
            <span className={c('quiet')}>{person.email}</span>
          </Command.Item>
        ))}
        {groups.map((group) => (
          <Command.Item
            key={group.key}
            value={group.key}
            className={c('item')}
            onSelect={() => add({ kind: 'group', key: group.key, name: group.name })}
          >
            <span className={c('name')}>{group.name}</span>
            <span className={c('quiet')}>{text.people.group}</span>
          </Command.Item>
        ))}
        {isEmail ? (
          <Command.Item value={typed} className={c('item')} onSelect={addEmail}>
            <span className={c('name')}>{typed.trim()}</span>
            <span className={c('quiet')}>{text.people.byMail}</span>
          </Command.Item>
        ) : null}
      </FoundList>
    </Command>
  )
}
