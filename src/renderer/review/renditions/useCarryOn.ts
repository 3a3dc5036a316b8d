import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import type { FrameClock } from '../frameClock.ts'
import type { Onward } from '../mediaPlayer.ts'

/** Enough for the moment until the new picture is there. */
const mostPixels = 1280

/** The picture on the screen; undefined where there is none. */
function stillOf(element: HTMLVideoElement): string | undefined {
  const { videoWidth, videoHeight } = element
  if (videoWidth === 0 || element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return undefined
  const scale = Math.min(1, mostPixels / videoWidth)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(videoWidth * scale)
  canvas.height = Math.round(videoHeight * scale)
  canvas.getContext('2d')?.drawImage(element, 0, 0, canvas.width, canvas.height)
  return canvas.toDataURL('image/jpeg', 0.9)
}

/**
 * When another medium takes the place of the one on the screen: the last picture stands until the new one is there, and
 * what played goes on. Answers what the next player takes up.
 * @param source names the element: another medium has another
 * @param playsOn false where somebody else decides what plays
 */
export function useCarryOn(
  video: RefObject<HTMLVideoElement | null>,
  source: string | null,
  clock: FrameClock,
  playsOn: boolean,
): Onward {
  const [onward] = useState<Onward>(() => ({ speed: 0 }))
  const still = useRef<string | undefined>(undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the element behind the ref is the source's
  useLayoutEffect(() => {
    const element = video.current
    if (element !== null && still.current !== undefined) element.poster = still.current
    still.current = undefined
    return () => {
      // Still in its place, it goes together with the whole room.
      if (element === null || element.isConnected) return
      still.current = stillOf(element)
      onward.speed = playsOn && clock.isPlaying ? clock.speed : 0
    }
  }, [video, source, clock, playsOn, onward])
  return onward
}
