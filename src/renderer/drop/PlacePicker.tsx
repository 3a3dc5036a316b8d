import { Clapperboard, Folder } from 'lucide-react'
import { useMemo } from 'react'
import type { PlaceId } from '../../shared/ids.ts'
import { pathOf, usePlaces } from '../sidebar/placeStore.ts'
import { text } from '../text/text.ts'
import { classesOf } from '../ui/classes.ts'
import { Dialog } from '../ui/Dialog.tsx'
import fill from '../ui/Fill.module.css'
import { leaveHomeless, lookAt, useDrop } from './dropStore.ts'
import css from './PlacePicker.module.css'

const c = classesOf(css)
const most = 200

interface PlaceListProps {
  readonly chosen: PlaceId | null
  readonly onChoose: (id: PlaceId) => void
}

/** The places that are known here and take uploads. */
export function PlaceList({ chosen, onChoose }: PlaceListProps) {
  const byId = usePlaces((places) => places.byId)
  const open = useMemo(
    () =>
      Object.values(byId)
        .filter((place) => place.takesUploads)
        .sort((a, b) => a.name.localeCompare(b.name))
        .slice(0, most),
    [byId],
  )
  if (open.length === 0) return <p className={c('none')}>{text.drop.noPlaces}</p>
  return (
    <fieldset className={c('list')} aria-label={text.drop.chooseLabel}>
      {open.map((place) => (
        <button
          key={place.id}
          type="button"
          className={c('place')}
          aria-pressed={place.id === chosen}
          onClick={() => onChoose(place.id)}
        >
          {place.kind === 'folder' ? <Folder size={15} /> : <Clapperboard size={15} />}
          <span className={fill['fill']}>
            {place.name}
            <span className={c('above')}>
              {pathOf(byId, place.parentId)
                .map((above) => above.name)
                .join(' / ')}
            </span>
          </span>
        </button>
      ))}
    </fieldset>
  )
}

/** Dropped on nothing: asked once where it goes. */
export function PlacePicker() {
  const homeless = useDrop((drop) => drop.homeless)
  return (
    <Dialog title={text.drop.choosePlace} more={text.drop.choosePlaceMore} onClose={leaveHomeless}>
      <PlaceList
        chosen={null}
        onChoose={(id) => {
          leaveHomeless()
          void lookAt(homeless, id)
        }}
      />
    </Dialog>
  )
}
