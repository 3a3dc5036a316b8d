import type { PlaceId } from '../../shared/ids.ts'

const name = 'rushes.lastPlace'

/** The place to open with next time. An id means nothing outside of this app, so the page's own storage will do. */
export const rememberPlace = (id: PlaceId): void => localStorage.setItem(name, id)
export const lastPlace = (): PlaceId | null => localStorage.getItem(name) as PlaceId | null
export const forgetPlace = (): void => localStorage.removeItem(name)
