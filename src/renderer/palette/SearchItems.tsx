import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import type { Connection } from '../../shared/connection.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { openSearch } from '../search/searchStore.ts'
import { closePalette } from '../shell/overlayStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import css from './Palette.module.css'

const c = classesOf(css)

/** The name of the row that searches a service. */
export const searchValue = (id: ConnectionId): string => `search ${id}`

interface SearchItemsProps {
  readonly services: readonly Connection[]
  readonly typed: string
}

/** What was never opened here is known to its service alone. */
export function SearchItems({ services, typed }: SearchItemsProps) {
  if (services.length === 0) return null
  return (
    <Command.Group heading={text.palette.services}>
      {services.map(({ id, name }) => (
        <Command.Item
          key={id}
          value={searchValue(id)}
          className={c('item')}
          onSelect={() => {
            closePalette()
            openSearch(id, typed)
          }}
        >
          <span className={c('icon')}>
            <Search size={15} aria-hidden="true" />
          </span>
          <span className={c('words')}>{text.palette.search(name, typed)}</span>
        </Command.Item>
      ))}
    </Command.Group>
  )
}
