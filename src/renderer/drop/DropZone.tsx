import { Film } from 'lucide-react'
import { usePlaceId } from '../shell/routeStore.ts'
import { pathOf, usePlaces } from '../sidebar/placeStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import css from './DropZone.module.css'
import { useDrop } from './dropStore.ts'

const c = classesOf(css)

/** While something hangs on the pointer: where it would go, in large words. */
export function DropZone() {
  const target = useDrop((drop) => drop.target)
  const items = useDrop((drop) => drop.items)
  const placeId = usePlaceId()
  const byId = usePlaces((places) => places.byId)
  const path = pathOf(byId, target)
  const here = placeId === null ? undefined : byId[placeId]
  const name = path
    .slice(-2)
    .filter((place) => place.kind !== 'workspace')
    .map((place) => place.name)
    .join(' / ')
  const isClosed = target === null && here !== undefined && !here.takesUploads
  const add = items > 0 ? text.drop.add(items, name) : text.drop.addUnknown(name)
  return (
    <div className={c('zone', target !== null && target === placeId && 'here')} role="status">
      <div className={c('say')}>
        <div className={c('stack')} aria-hidden="true">
          <i className={c('sheet')} />
          <i className={c('sheet')} />
          <i className={c('sheet')}>
            <Film size={28} strokeWidth={1.25} />
          </i>
          {items > 0 ? <b className={c('count')}>{items}</b> : null}
        </div>
        <p className={c('title')}>
          {target === null ? (
            isClosed ? (
              text.drop.closed
            ) : (
              text.drop.anywhere
            )
          ) : (
            <>
              {add.what} <span className={c('where')}>{add.where}</span>
            </>
          )}
        </p>
        <p className={c('more')}>
          {target === null ? (isClosed ? text.drop.closedMore : text.drop.anywhereMore) : text.drop.drop}
        </p>
      </div>
    </div>
  )
}
