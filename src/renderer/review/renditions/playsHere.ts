import type { MediaInfo } from '../../../shared/place.ts'

/** A rendition that has shown nothing by then is not what somebody wants to wait for. */
const patienceMs = 20_000

/** Whether a medium gets to its first picture or sound on this computer; tried away from the screen. */
export function playsHere(url: string, kind: MediaInfo['kind']): Promise<boolean> {
  const element = document.createElement('video')
  return new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), patienceMs)
    const settle = (plays: boolean) => {
      clearTimeout(timer)
      resolve(plays)
    }
    element.muted = true
    element.preload = 'auto'
    element.crossOrigin = 'anonymous'
    // Sound that plays without the picture it belongs to is not what was meant.
    element.addEventListener('loadeddata', () => settle(kind !== 'video' || element.videoWidth > 0))
    element.addEventListener('error', () => settle(false))
    element.src = url
  }).finally(() => {
    element.removeAttribute('src')
    // Lets go of the decoder at once.
    element.load()
  })
}
