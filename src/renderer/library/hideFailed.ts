import type { SyntheticEvent } from 'react'

/** A picture that does not come is no picture: the surface under it stays. */
export const hideFailed = (event: SyntheticEvent<HTMLImageElement>): void => {
  event.currentTarget.dataset['failed'] = ''
}
