import { Command } from 'cmdk'
import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { ConnectionId } from '../../shared/ids.ts'
import { emailSchema, type Person, type PersonGroup } from '../../shared/people.ts'
import { ask } from '../bridge.ts'
import { text } from '../text/text.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { classesOf } from '../ui/classes.ts'
import css from './PeopleField.module.css'

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

interface Found {
  readonly people: readonly Person[]
  readonly groups: readonly PersonGroup[]
}
const nobody: Found = { people: [], groups: [] }
const pause = 150

/** Asks the service for people whose name begins so. A service without a directory finds nobody. */
function useFoundPeople(connectionId: ConnectionId, typed: string): Found {
  const [found, setFound] = useState<Found & { readonly for: string }>({ ...nobody, for: '' })
  useEffect(() => {
    if (typed.trim() === '') return
    let isMeant = true
    const timer = setTimeout(() => {
      ask('people.find', { connectionId, text: typed.trim() }).then(
        (answer) => isMeant && setFound({ ...answer, for: typed }),
        // An address can be typed all the same.
        () => isMeant && setFound({ ...nobody, for: typed }),
      )
    }, pause)
    return () => {
      isMeant = false
      clearTimeout(timer)
    }
  }, [connectionId, typed])
  return typed.trim() === '' ? nobody : found
}

/** Names and addresses as chips; typing looks people up, Enter or a comma takes an address. */
export function PeopleField(props: PeopleFieldProps) {
  const { connectionId, label, chosen, isMailOnly = false, problem, onChange } = props
  const [typed, setTyped] = useState('')
  const found = useFoundPeople(connectionId, typed)
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
      {problem === undefined ? null : <p className={c('problem')}>{problem}</p>}
      {/* Always there, since the field names it as what it controls. */}
      <Command.List
        hidden={isNobody}
        className={c(!isNobody && 'list')}
        onMouseDown={(event) => event.preventDefault()}
      >
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
      </Command.List>
    </Command>
  )
}
