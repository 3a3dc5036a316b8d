import { useLibrary } from '../library/libraryStore.ts'
import { go, goBack, useRoute } from './routeStore.ts'

/** Out of the review room: to where it was opened from, or to the place that was looked at last. */
export function leaveRoom(): void {
  const before = useRoute.getState().past.at(-1)?.screen
  if (before === 'library' || before === 'playlist') goBack()
  else go({ screen: 'library', placeId: useLibrary.getState().query?.placeId ?? null })
}

export function leaveSettings(): void {
  if (useRoute.getState().past.length > 0) goBack()
  else go({ screen: 'library', placeId: null })
}
