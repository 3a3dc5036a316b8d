const playing = new Set<HTMLMediaElement>()
const ends = ['pause', 'ended', 'emptied', 'error']

/** Something on the page plays, with pictures or without. */
export const isPlaying = (): boolean => playing.size > 0

/** Notes what plays and tells of every change, until the returned function is called. */
export function followPlaying(changed: () => void): () => void {
  const began = ({ target }: Event) => {
    if (!(target instanceof HTMLMediaElement) || playing.has(target)) return
    playing.add(target)
    // On the element itself: one that was taken off the page pauses, and only it says so.
    const stopped = () => {
      for (const name of ends) target.removeEventListener(name, stopped)
      playing.delete(target)
      changed()
    }
    for (const name of ends) target.addEventListener(name, stopped)
    changed()
  }
  // These events do not bubble, but they can be caught on their way down.
  document.addEventListener('play', began, true)
  return () => document.removeEventListener('play', began, true)
}
