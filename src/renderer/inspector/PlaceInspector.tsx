import type { PlaceId } from '../../shared/ids.ts'
import { useLibrary } from '../library/libraryStore.ts'
import { useConnection } from '../shell/appStore.ts'
import { useNow } from '../shell/useNow.ts'
import { usePlaces } from '../sidebar/placeStore.ts'
import { moment } from '../text/format.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import css from './Inspector.module.css'

const c = classesOf(css)

/** With nothing chosen: the place itself. */
export function PlaceInspector({ placeId }: { readonly placeId: PlaceId }) {
  const place = usePlaces((places) => places.byId[placeId])
  const connection = useConnection(place?.connectionId)
  const facts = useLibrary((library) => library.facts)
  const now = useNow()
  if (place === undefined) return null
  const words = text.inspector
  return (
    <>
      <div className={c('top')}>
        <h2 className={c('title')} style={{ marginTop: 0 }}>
          <span>{place.shelf === 'found' ? text.search.here : place.name}</span>
        </h2>
        <p className={c('quiet')} style={{ marginTop: 4 }}>
          {words.nothingMore}
        </p>
      </div>
      <div className={c('block')}>
        <h3 className={c('head')}>{words.details}</h3>
        <dl className={c('facts')}>
          {place.shelf === null ? (
            <>
              <dt>{words.kind}</dt>
              <dd>{text.palette.kinds[place.kind]}</dd>
            </>
          ) : null}
          {place.status ? (
            <>
              <dt>{words.status}</dt>
              <dd>{place.status}</dd>
            </>
          ) : null}
          {facts ? (
            <>
              <dt>{words.holds}</dt>
              <dd>{text.library.facts(facts.counts.all, facts.bytes)}</dd>
            </>
          ) : null}
          {facts?.syncedAt ? (
            <>
              <dt>{words.updated}</dt>
              <dd>{moment(facts.syncedAt, now)}</dd>
            </>
          ) : null}
          {connection ? (
            <>
              <dt>{words.place}</dt>
              <dd title={connection.host}>{connection.name}</dd>
            </>
          ) : null}
        </dl>
      </div>
    </>
  )
}
