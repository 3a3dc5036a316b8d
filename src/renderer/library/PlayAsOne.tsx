import { ListVideo } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { actions, keysOf } from '../../shared/actions.ts'
import type { Asset } from '../../shared/place.ts'
import { applies, runAction } from '../shell/actionRunner.ts'
import { useApp } from '../shell/appStore.ts'
import { text } from '../text/text.ts'
import { Button } from '../ui/Button.tsx'
import { Tip } from '../ui/Tip.tsx'
import { noPager } from './AssetGrid.tsx'
import { useLibrary } from './libraryStore.ts'
import type { Pager } from './pager.ts'

/** False once every row is read and none is footage, sound or a picture. */
function hasPlayable(pager: Pager<Asset> | null): boolean {
  if (pager === null || !pager.isLoaded) return false
  for (let index = 0; index < pager.total; index += 1) if (pager.rowAt(index)?.kind !== 'other') return true
  return false
}

/** Plays what is chosen, or everything here, without a gap; absent where nothing can be played. */
export function PlayAsOne() {
  const pager = useLibrary((library) => library.pager)
  const chosen = useLibrary((library) => library.selection.ids.size)
  const keys = useApp((app) => keysOf('playlist.playChosen', app.settings.shortcuts)[0])
  useSyncExternalStore((pager ?? noPager).subscribe, (pager ?? noPager).version)
  if (!hasPlayable(pager) || !applies('playlist.playChosen')) return null
  return (
    <Tip words={chosen > 1 ? text.playlists.playChosen(chosen) : text.playlists.playAll} keys={keys}>
      <Button onClick={() => runAction('playlist.playChosen')}>
        <ListVideo size={15} aria-hidden="true" />
        {actions['playlist.playChosen'].words}
      </Button>
    </Tip>
  )
}
