import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
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
  volume = 1
  muted = false
  lose = 0
  #present: ((now: number, about: { mediaTime: number }) => void) | undefined

  requestVideoFrameCallback(run: (now: number, about: { mediaTime: number }) => void): number {
    this.#present = run
    return 1
  }
  cancelVideoFrameCallback(): void {
    this.#present = undefined
  }
  /** The decoder gives out a picture that nobody sought. */
  present(frame: number): void {
    this.#present?.(0, { mediaTime: (frame + 0.5) / 25 })
  }
  pause(): void {
    this.paused = true
  }
  play(): Promise<void> {
    this.paused = false
    return Promise.resolve()
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
let range: PlayRange
let clock: FrameClock
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (run: (now: number) => void) =>
    setTimeout(() => run(performance.now()), 16),
  )
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id))
  vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 })
  video = new FakeVideo()
  range = new PlayRange()
  clock = new FrameClock()
  const element = video as unknown as HTMLVideoElement
  player = new MediaPlayer({
    element,
    clock,
    range,
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

test('a picture that comes after the pause is where it stands; one that comes after a seek is of no meaning', async () => {
  await vi.advanceTimersByTimeAsync(2_000)
  player.play(1)
  video.present(40)
  player.pause()
  expect(clock.frame).toBe(40)
  video.present(41)
  expect(clock.frame).toBe(41)
  player.seek(60)
  video.present(42)
  expect(clock.frame).toBe(60)
  await vi.advanceTimersByTimeAsync(1_000)
  video.present(43)
  expect(clock.frame).toBe(60)
})

test('a picture that comes after the pause at the end of a loop does not start it again', async () => {
  await vi.advanceTimersByTimeAsync(2_000)
  range.markOut(50)
  range.loop(true)
  player.play(1)
  video.present(49)
  player.pause()
  const { length } = video.seeks
  video.present(50)
  expect(video.paused).toBe(true)
  expect(video.seeks).toHaveLength(length)
})

test('a chosen speed starts nothing; play begins at it, and what plays goes on at it', async () => {
  player.setSpeed(0.5)
  await vi.advanceTimersByTimeAsync(100)
  expect([video.paused, video.playbackRate]).toEqual([true, 1])
  player.toggle()
  expect([video.paused, video.playbackRate]).toEqual([false, 0.5])
  video.dispatchEvent(new Event('play'))
  player.setSpeed(4)
  expect([video.paused, video.playbackRate]).toEqual([false, 4])
  player.pause()
  video.dispatchEvent(new Event('pause'))
  player.playRange()
  expect([video.paused, video.playbackRate]).toEqual([false, 4])
})

test('slowly either way, and never round from an end of the clip or the range', async () => {
  const creptFrom = async (frame: number, way: 1 | -1) => {
    player.seek(frame)
    await vi.advanceTimersByTimeAsync(100)
    video.playbackRate = 1
    video.seeks.length = 0
    player.creep(way)
    await vi.advanceTimersByTimeAsync(1_000)
    const speed = video.paused ? video.seeks.length : video.playbackRate
    player.pause()
    return speed
  }
  expect(await creptFrom(50, 1)).toBe(0.25)
  // A quarter of 25 frames in a second.
  const back = await creptFrom(50, -1)
  expect([back >= 5, back <= 7]).toEqual([true, true])
  expect([await creptFrom(99, 1), await creptFrom(0, -1)]).toEqual([0, 0])
  range.set(20, 60)
  expect([await creptFrom(60, 1), await creptFrom(61, 1), await creptFrom(20, -1)]).toEqual([0, 0, 0])
  expect([await creptFrom(59, 1), await creptFrom(70, 1)]).toEqual([0.25, 0.25])
})

test('a volume is heard at once, muted or not', () => {
  player.setSound(0.4, false)
  expect([video.volume, video.muted]).toEqual([0.4, false])
  player.setSound(0.8, true)
  player.mute()
  expect([video.volume, video.muted]).toEqual([0.8, false])
})

describe('in the place of a player that', () => {
  /** A second player, for another element, that takes over from one at this speed. */
  async function takeOver(speed: number) {
    stop()
    const clock = new FrameClock()
    clock.show(40)
    const next = new FakeVideo()
    const onward = { speed }
    const taken = new MediaPlayer({
      ...{ element: next as unknown as HTMLVideoElement, clock, range: new PlayRange(), timing },
      ...{ hasPicture: true, onward },
    })
    stop = taken.follow()
    return { taken, next, clock, onward }
  }

  test('played, it goes to the same frame and plays on from there', async () => {
    const { next, clock } = await takeOver(2)
    expect(clock.isPlaying).toBe(true)
    expect(next.paused).toBe(true)
    await vi.advanceTimersByTimeAsync(500)
    expect(next.seeks).toEqual([40])
    expect([next.paused, next.playbackRate]).toEqual([false, 2])
  })

  test('stood, it stands on the same frame', async () => {
    const { next, clock } = await takeOver(0)
    await vi.advanceTimersByTimeAsync(500)
    expect(next.seeks).toEqual([40])
    expect([next.paused, clock.isPlaying]).toEqual([true, false])
  })

  test.each([
    ['a pause', (taken: MediaPlayer) => taken.pause(), 40],
    ['a jump', (taken: MediaPlayer) => taken.seek(70), 70],
  ])('played, it stays where %s before its first picture wants it', async (_what, act, frame) => {
    const { taken, next, clock, onward } = await takeOver(1)
    act(taken)
    await vi.advanceTimersByTimeAsync(500)
    expect([next.paused, clock.isPlaying, clock.frame, onward.speed]).toEqual([true, false, frame, 0])
  })

  test('played is gone again before it came to that: the one after it plays on', async () => {
    const { onward } = await takeOver(1)
    expect(onward.speed).toBe(1)
    const { next } = await takeOver(onward.speed)
    await vi.advanceTimersByTimeAsync(500)
    expect(next.paused).toBe(false)
  })
})
