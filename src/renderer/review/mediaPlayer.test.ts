import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { frameRates } from '../../shared/frameRate.ts'
import { FrameClock } from './frameClock.ts'
import { MediaPlayer } from './mediaPlayer.ts'
import { PlayRange } from './playRange.ts'

const timing = { rate: frameRates['25'], dropFrame: false, startFrame: 0, frameCount: 100 }

/** Seeks at once; gives out the picture of a seek unless it is to be lost. */
class FakeVideo extends EventTarget {
  readonly dataset: Record<string, string> = {}
  readonly seeks: number[] = []
  readonly readyState = 4
  paused = true
  seeking = false
  ended = false
  playbackRate = 1
  lose = 0
  #present: ((now: number, about: { mediaTime: number }) => void) | undefined

  requestVideoFrameCallback(run: (now: number, about: { mediaTime: number }) => void): number {
    this.#present = run
    return 1
  }
  cancelVideoFrameCallback(): void {
    this.#present = undefined
  }
  pause(): void {
    this.paused = true
  }
  set currentTime(seconds: number) {
    this.seeks.push(Math.floor(seconds * 25))
    setTimeout(() => {
      this.dispatchEvent(new Event('seeked'))
      if (this.lose > 0) this.lose -= 1
      else this.#present?.(0, { mediaTime: seconds })
    }, 5)
  }
}

let video: FakeVideo
let player: MediaPlayer
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => setTimeout(run, 16))
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id))
  vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 })
  video = new FakeVideo()
  const element = video as unknown as HTMLVideoElement
  player = new MediaPlayer({
    element,
    clock: new FrameClock(),
    range: new PlayRange(),
    timing,
    hasPicture: true,
  })
  stop = player.follow()
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const sought = async (act: () => void) => {
  await vi.advanceTimersByTimeAsync(2_000)
  video.seeks.length = 0
  act()
  await vi.advanceTimersByTimeAsync(5_000)
  return video.seeks
}

test('of several seeks in a row only the last one follows the first, and nothing more once its picture is there', async () => {
  const seeks = await sought(() => {
    for (const frame of [10, 11, 12]) player.seek(frame)
  })
  expect(seeks).toEqual([10, 12])
  expect(video.dataset['presented']).toBe('12')
})

test('a picture that was dropped is sought again', async () => {
  const seeks = await sought(() => {
    player.seek(20)
    video.lose = 2
  })
  expect(seeks).toEqual([20, 20, 20])
  expect(video.dataset['presented']).toBe('20')
})

test('one that never comes is not sought for ever, and the next seek begins anew', async () => {
  const seeks = await sought(() => {
    player.seek(30)
    video.lose = 4
  })
  expect(seeks).toEqual([30, 30, 30, 30])
  expect(await sought(() => player.seek(31))).toEqual([31])
})
