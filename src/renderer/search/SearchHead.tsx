import { ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { Facet } from '../../shared/search.ts'
import { PlayAsOne } from '../library/PlayAsOne.tsx'
import { useConnection } from '../shell/appStore.ts'
import { errorWords } from '../text/errors.ts'
import { exactCount } from '../text/format.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { classesOf } from '../ui/classes.ts'
import { FindField } from '../ui/FindField.tsx'
import menu from '../ui/Menu.module.css'
import { Menu } from '../ui/Menu.tsx'
import { Notice } from '../ui/Notice.tsx'
import css from './SearchHead.module.css'
import { clearFacets, toggleFacet, typeSearch, useSearch } from './searchStore.ts'

const c = classesOf(css)
const m = classesOf(menu)

/** The question above its answer: words, and facets that narrow it. */
export function SearchHead() {
  const { connectionId, text: typed, chosen, facets, total, isAsking, failure } = useSearch()
  const connection = useConnection(connectionId ?? undefined)
  const words = text.search
  const isNarrowed = Object.values(chosen).some((values) => values.length > 0)
  const said = failure && errorWords(failure)
  return (
    <header className={c('head')}>
      <h1 className={c('title')}>{words.title(connection?.name ?? '')}</h1>
      <div className={c('line')}>
        <div className={c('field')}>
          <FindField
            id="service-search"
            label={words.label}
            placeholder={words.placeholder}
            value={typed}
            mostLength={400}
            isLarge
            leadsTo="assets"
            onChange={typeSearch}
          />
        </div>
        <span className={c('total')} aria-live="polite">
          {isAsking ? words.asking : words.found(total)}
        </span>
        <div className={c('end')}>
          <PlayAsOne />
        </div>
      </div>
      <div className={c('facets')}>
        {facets.map((facet) => (
          <FacetMenu key={facet.name} facet={facet} chosen={chosen[facet.name] ?? []} />
        ))}
        {isNarrowed ? (
          <Button look="bare" size="small" onClick={clearFacets}>
            {words.clear}
          </Button>
        ) : null}
      </div>
      {said === null ? null : <Notice tone="stop" what={said.what} more={said.more} />}
    </header>
  )
}

function FacetMenu({ facet, chosen }: { readonly facet: Facet; readonly chosen: readonly string[] }) {
  const only = chosen.length === 1 ? facet.values.find(({ value }) => value === chosen[0])?.words : undefined
  const named = chosen.length === 0 ? facet.words : `${facet.words}: ${only ?? chosen.length}`
  return (
    <Menu
      trigger={
        <button type="button" className={c('facet', chosen.length > 0 && 'on')}>
          {named}
          <ChevronDown size={12} aria-hidden="true" />
        </button>
      }
    >
      {facet.values.length === 0 ? (
        <DropdownMenu.Item className={m('item')} disabled>
          {text.search.noValues}
        </DropdownMenu.Item>
      ) : null}
      {facet.values.map(({ value, words, count }) => (
        <DropdownMenu.CheckboxItem
          key={value}
          className={m('item')}
          checked={chosen.includes(value)}
          // Several values are chosen without opening the menu again.
          onSelect={(event) => event.preventDefault()}
          onCheckedChange={() => toggleFacet(facet.name, value)}
        >
          <span className={c('box', chosen.includes(value) && 'ticked')} aria-hidden="true" />
          <span className={m('words')}>{words}</span>
          <span className={m('keys')}>{exactCount(count)}</span>
        </DropdownMenu.CheckboxItem>
      ))}
    </Menu>
  )
}
