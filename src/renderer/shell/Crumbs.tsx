import { ChevronRight } from 'lucide-react'
import { useShallow } from 'zustand/react/shallow'
import type { PlaceId } from '../../shared/ids.ts'
import { pathOf, usePlaces } from '../sidebar/placeStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { useConnection } from './appStore.ts'
import { go } from './routeStore.ts'
import css from './TitleBar.module.css'

const c = classesOf(css)

/** Where we are: the connection, then the places down to this one. */
export function Crumbs({ placeId }: { readonly placeId: PlaceId | null }) {
  const path = usePlaces(useShallow((places) => pathOf(places.byId, placeId)))
  const connection = useConnection(path[0]?.connectionId)
  if (path.length === 0) return null
  return (
    <nav className={c('crumbs')} aria-label={text.shell.location}>
      <ol>
        {connection && connection.name !== path[0]?.name ? (
          <li className={c('crumb')}>
            <span className={c('place')}>{connection.name}</span>
          </li>
        ) : null}
        {path.map((place, index) => {
          const isHere = index === path.length - 1
          const needsSign = index > 0 || (connection && connection.name !== place.name)
          return (
            <li key={place.id} className={c('crumb')}>
              {needsSign ? <ChevronRight size={12} aria-hidden="true" /> : null}
              {isHere ? (
                <span className={c('place', 'here')} aria-current="page">
                  {place.shelf === 'found' ? text.search.here : place.name}
                </span>
              ) : (
                <button
                  type="button"
                  className={c('place')}
                  onClick={() => go({ screen: 'library', placeId: place.id })}
                >
                  {place.name}
                </button>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
