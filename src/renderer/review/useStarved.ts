import { type RefObject, useEffect, useState } from 'react'
import type { Connection } from '../../shared/connection.ts'
import type { Media } from './assetStore.ts'

/** A picture that comes within it was not missed. */
const patienceMs = 400

const tellsOf = [
  ...['loadstart', 'loadeddata', 'canplay', 'playing', 'pause', 'waiting', 'seeking', 'seeked'],
  ...['ended', 'emptied', 'error'],
] as const

/** The frame that is wanted is not there: nothing loaded, a seek under way, or playing with nothing to go on with. */
function isWithout(element: HTMLVideoElement): boolean {
  const { readyState, seeking, paused, ended } = element
  if (seeking || readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return true
  return readyState === HTMLMediaElement.HAVE_CURRENT_DATA && !paused && !ended
}

/** Whether the bytes of a medium stop coming with the session: a proxy of this computer needs none. */
export const needsSession = (
  media: Pick<Media, 'own'> | null,
  state: Connection['state'] | undefined,
): boolean => state === 'signedOut' && media?.own === null

/**
 * Whether a medium waits for bytes, and it shows; looked at only while `isWatched`.
 * @param source names the element: another medium has another
 */
export function useStarved(
  video: RefObject<HTMLVideoElement | null>,
  source: string | null,
  isWatched: boolean,
): boolean {
  const [isStarved, setStarved] = useState(false)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element behind the ref is the source's
  useEffect(() => {
    const element = video.current
    if (element === null || !isWatched) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      if (isWithout(element)) timer ??= setTimeout(() => setStarved(true), patienceMs)
      else {
        clearTimeout(timer)
        timer = undefined
        setStarved(false)
      }
    }
    look()
    for (const name of tellsOf) element.addEventListener(name, look)
    return () => {
      clearTimeout(timer)
      for (const name of tellsOf) element.removeEventListener(name, look)
      setStarved(false)
    }
  }, [video, source, isWatched])
  return isStarved
}
