import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { listEntry } from '../../../tests/fakes/listEntry.ts'
import { frameRates } from '../../shared/frameRate.ts'
import { ListTiming } from '../../shared/listTiming.ts'
import type { Entry } from '../../shared/playlist.ts'
import type { PlayerControl } from '../review/playerControl.ts'
import { clipOfEntry } from './lengths.ts'
import { ListPlayer } from './listPlayer.ts'
import type { Slot } from './slot.ts'

const rate = frameRates['25']

/** A part of the page with a video in it that shows at once what it is sent to. */
class FakeVideo extends EventTarget {
  readonly readyState = 4
  readonly videoWidth = 640
  readonly dataset: Record<string, string> = { presented: '0' }
  muted = false
  volume = 1
  seeking = false
}

interface Stage {
  readonly video: FakeVideo
  readonly element: EventTarget & { inert: boolean; dataset: Record<string, string> }
  readonly acts: string[]
}

/** Opens a slot as the page would: attached, and, where it can play, with a player. */
function open(slot: Slot, frameCount = 10): Stage {
  const video = new FakeVideo()
  const element = Object.assign(new EventTarget(), {
    inert: false,
    dataset: {},
    contains: () => false,
    querySelector: () => video,
  })
  const acts: string[] = []
  slot.attach(element as unknown as HTMLElement)
  const control: Partial<PlayerControl> = {
    timing: { rate, dropFrame: false, startFrame: 0, frameCount },
    seek(frame) {
      acts.push(`seek ${frame}`)
      slot.clock.moves(false, slot.clock.speed)
      slot.clock.show(frame)
      video.dataset['presented'] = String(frame)
    },
    play(speed) {
      acts.push(`play ${speed}`)
      slot.clock.moves(true, speed)
    },
    pause: () => slot.clock.moves(false, slot.clock.speed),
    creep: (way) => acts.push(`creep ${way}`),
    setSound: (volume, isMuted) => acts.push(`sound ${volume} ${isMuted}`),
  }
  slot.take(control as PlayerControl)
  return { video, element, acts }
}

describe('a list that plays', () => {
  let said: string[]

  beforeEach(() => {
    said = []
    vi.useFakeTimers()
    vi.stubGlobal('requestAnimationFrame', (run: (now: number) => void) =>
      setTimeout(() => run(performance.now()), 16),
    )
    vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id))
    vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 })
    vi.stubGlobal('document', { activeElement: null, querySelector: () => null })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const playerOf = (entries: readonly Entry[]) =>
    new ListPlayer({
      entries,
      timing: new ListTiming(entries.map(clipOfEntry)),
      index: 0,
      onSkipped: ({ name }) => said.push(`skipped ${name}`),
      onEnd: () => said.push('end'),
    })
  const settle = () => vi.advanceTimersByTimeAsync(20)
  /** Both are on the page and can play. */
  const twoClips = async () => {
    const entries = [listEntry(1), listEntry(2)]
    const player = playerOf(entries)
    const [one, two] = entries.map(({ id }) => player.slot(id)) as [Slot, Slot]
    const [first, second] = [open(one), open(two)]
    await settle()
    return { player, one, two, first, second }
  }
  const run = async (slot: Slot, to: number) => {
    for (let frame = slot.clock.frame + 1; frame <= to; frame += 1) slot.clock.show(frame)
    await vi.advanceTimersByTimeAsync(100)
  }

  test('goes from the last frame of one to the first of the next, at the same speed and loudness', async () => {
    const entries = [listEntry(1), listEntry(2, { range: { startFrame: 3, endFrame: 5 } }), listEntry(3)]
    const player = playerOf(entries)
    const [one, two, three] = entries.map(({ id }) => player.slot(id)) as [Slot, Slot, Slot]
    const first = open(one)
    const second = open(two)
    await settle()
    expect([first.element.inert, second.element.inert, two.clock.frame]).toEqual([false, true, 3])
    first.video.muted = true
    player.play(2)
    await run(one, 9)
    expect([player.index, two.isShown, one.isShown, second.video.muted]).toEqual([1, true, false, true])
    expect([first.element.inert, second.element.inert, second.acts.at(-1)]).toEqual([true, false, 'play 2'])
    expect([player.clock.frame, player.clock.isPlaying]).toEqual([10, true])
    const third = open(three)
    await settle()
    // Past its out point nothing more is shown.
    two.clock.show(4)
    two.clock.show(5)
    await vi.advanceTimersByTimeAsync(1)
    expect([second.acts.at(-1), player.index, player.isPlaying]).toEqual(['seek 5', 1, true])
    await vi.advanceTimersByTimeAsync(100)
    expect([two.clock.frame, second.acts.at(-1), third.acts.at(-1)]).toEqual([5, 'seek 5', 'play 2'])
    await run(three, 9)
    expect([said, player.index, player.isPlaying]).toEqual([['end'], 2, false])
  })

  test('a chosen speed starts nothing, and is that of every clip of the list', async () => {
    const entries = [listEntry(1), listEntry(2), listEntry(3)]
    const player = playerOf(entries)
    const [one, two] = entries.slice(0, 2).map(({ id }) => player.slot(id)) as [Slot, Slot]
    const first = open(one)
    const second = open(two)
    await settle()
    player.setSpeed(0.5)
    expect([player.isPlaying, one.clock.playSpeed, two.clock.playSpeed]).toEqual([false, 0.5, 0.5])
    expect(player.slot(entries[2]?.id as Entry['id']).clock.playSpeed).toBe(0.5)
    player.toggle()
    expect(first.acts.at(-1)).toBe('play 0.5')
    player.setSpeed(2)
    expect(first.acts.at(-1)).toBe('play 2')
    player.toClip(1)
    await settle()
    expect([player.index, second.acts.at(-1)]).toEqual([1, 'play 2'])
  })

  test('slowly it goes over the border of a clip, and at an end of the list no further', async () => {
    const { player, one, first, second } = await twoClips()
    player.creep(-1)
    expect(first.acts.at(-1)).toBe('creep -1')
    player.creep(1)
    expect(first.acts.at(-1)).toBe('play 0.25')
    await run(one, 9)
    // Its last frame stands four times as long.
    expect(player.index).toBe(0)
    await vi.advanceTimersByTimeAsync(100)
    expect([player.index, second.acts.at(-1)]).toEqual([1, 'play 0.25'])
    player.creep(1)
    expect(second.acts.at(-1)).toBe('creep 1')
    player.setSound(0.5, false)
    expect(second.acts.at(-1)).toBe('sound 0.5 false')
  })

  test('backwards it enters at the last frame', async () => {
    const entries = [listEntry(1, { range: { startFrame: 0, endFrame: 6 } }), listEntry(2)]
    const player = playerOf(entries)
    const [one, two] = entries.map(({ id }) => player.slot(id)) as [Slot, Slot]
    const first = open(one)
    open(two)
    await settle()
    player.go(1)
    await settle()
    player.shuttle(-1)
    await settle()
    expect([player.index, one.clock.frame, first.acts.at(-1)]).toEqual([0, 6, 'play -1'])
  })

  test('what cannot be played is passed over after its time, what does not open as well', async () => {
    const entries = [listEntry(1, { problem: 'asset' }), listEntry(2), listEntry(3)]
    const player = playerOf(entries)
    player.slot(entries[0]?.id as Entry['id']).become('problem')
    player.play(1)
    expect(player.isPlaying).toBe(true)
    await vi.advanceTimersByTimeAsync(1900)
    expect(player.index).toBe(0)
    await vi.advanceTimersByTimeAsync(200)
    expect(player.index).toBe(1)
    player.slot(entries[1]?.id as Entry['id']).attach(
      Object.assign(new EventTarget(), {
        dataset: {},
        contains: () => false,
        querySelector: () => null,
      }) as never,
    )
    await vi.advanceTimersByTimeAsync(12_100)
    expect([player.index, said]).toEqual([2, ['skipped clip 2']])
  })

  test('what is gone while it is looked at is passed over by the next play, though its player is there', async () => {
    const { player, one, first, second } = await twoClips()
    one.setGone(true)
    player.play(1)
    expect([player.index, first.acts.includes('play 1')]).toEqual([0, false])
    await vi.advanceTimersByTimeAsync(2_100)
    expect([player.index, second.acts.at(-1)]).toEqual([1, 'play 1'])
  })

  test('paused and played while it is on its way, it does what was said last', async () => {
    const entries = [listEntry(1), listEntry(2)]
    const player = playerOf(entries)
    const [one, two] = entries.map(({ id }) => player.slot(id)) as [Slot, Slot]
    open(one)
    const second = open(two)
    await settle()
    second.video.seeking = true
    player.go(1, 4, 1)
    player.pause()
    expect(player.isPlaying).toBe(false)
    second.video.seeking = false
    await settle()
    expect([two.isShown, second.acts.at(-1)]).toEqual([true, 'seek 4'])
    player.play(1)
    expect(second.acts.at(-1)).toBe('play 1')
  })

  test('sent to another frame while it is on its way, it arrives there', async () => {
    const entries = [listEntry(1), listEntry(2)]
    const player = playerOf(entries)
    const [one, two] = entries.map(({ id }) => player.slot(id)) as [Slot, Slot]
    open(one)
    const second = open(two)
    await settle()
    second.video.seeking = true
    player.step(20)
    player.seek(Number.MAX_SAFE_INTEGER)
    second.video.seeking = false
    await settle()
    expect([player.index, two.isShown, one.isShown, two.clock.frame]).toEqual([1, true, false, 9])
  })

  test('goes round in a loop, with one clip too', async () => {
    const entries = [listEntry(1)]
    const player = playerOf(entries)
    const one = player.slot(entries[0]?.id as Entry['id'])
    const only = open(one)
    await settle()
    player.setLooping(true)
    player.play(1)
    await run(one, 9)
    expect([only.acts.slice(-2), said]).toEqual([['seek 0', 'play 1'], []])
  })
})
