/** How long the controls stay over the picture after the pointer rested. */
const restMs = 2500

/** The room as large as the screen, so that a list goes on from clip to clip in it; back again when it is that already. */
export function toggleFullScreen(stage: HTMLElement): void {
  if (document.fullscreenElement !== null) {
    leaveFullScreen()
    return
  }
  const room = stage.closest<HTMLElement>('#review-stage') ?? stage
  // Refused while nobody has touched the window: then it stays as it is.
  room.requestFullscreen().then(
    () => hideWhileResting(room),
    () => undefined,
  )
}

/** Does what is not on the picture: out of full screen first, and at once where it is none. */
export function withoutFullScreen(act: () => void): void {
  if (document.fullscreenElement === null) act()
  // Refused where it has ended meanwhile.
  else document.exitFullscreen().then(act, act)
}

/** Out of full screen, if that has not ended by itself. */
export const leaveFullScreen = (): void => withoutFullScreen(() => undefined)

/** Marks the room as resting while the pointer does, until it is no longer full screen. */
function hideWhileResting(room: HTMLElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const wake = () => {
    delete room.dataset['resting']
    clearTimeout(timer)
    timer = setTimeout(() => {
      room.dataset['resting'] = ''
    }, restMs)
  }
  const end = () => {
    if (document.fullscreenElement === room) return
    clearTimeout(timer)
    delete room.dataset['resting']
    room.removeEventListener('pointermove', wake)
    document.removeEventListener('fullscreenchange', end)
  }
  room.addEventListener('pointermove', wake)
  document.addEventListener('fullscreenchange', end)
  wake()
}
