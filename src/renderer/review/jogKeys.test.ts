import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ActionId } from '../../shared/actions.ts'
import { JogKeys } from './jogKeys.ts'
import type { PlayerControl } from './playerControl.ts'

/** By its action, as the key map would find it. The codes are nobody's usual keys. */
const codes: Partial<Record<ActionId, string>> = {
  'player.toggle': 'KeyP',
  'player.faster': 'F9',
  'player.backward': 'F7',
}
const [pause, on, back] = ['player.toggle', 'player.faster', 'player.backward'] as const

let acts: string[]
let playing: boolean
let shown: PlayerControl | null
let jog: JogKeys

function fakePlayer(): PlayerControl {
  const control: Partial<PlayerControl> = {
    get isPlaying() {
      return playing
    },
    toggle() {
      playing = !playing
      acts.push(playing ? 'play' : 'pause')
    },
    pause() {
      playing = false
      acts.push('pause')
    },
    step: (frames) => acts.push(frames === 0 ? 'settle' : `step ${frames}`),
    creep(way) {
      playing = true
      acts.push(`creep ${way}`)
    },
  }
  return control as PlayerControl
}

const down = (id: ActionId, more: { repeat?: boolean; key?: string; metaKey?: boolean } = {}) =>
  jog.pressed(id, { code: codes[id] ?? '', key: 'x', repeat: false, metaKey: false, ...more })
const up = (id: ActionId) => jog.released(codes[id] ?? '')
const tap = (id: ActionId) => {
  down(id)
  vi.advanceTimersByTime(60)
  up(id)
}
const took = () => acts.splice(0)

beforeEach(() => {
  vi.useFakeTimers()
  acts = []
  playing = false
  shown = fakePlayer()
  jog = new JogKeys(() => shown)
})
afterEach(() => vi.useRealTimers())

test('alone it pauses at once, and begins when it is let go', () => {
  playing = true
  down(pause)
  expect(took()).toEqual(['pause'])
  up(pause)
  expect(took()).toEqual([])
  down(pause)
  expect(took()).toEqual([])
  up(pause)
  expect(took()).toEqual(['play'])
})

test('Space begins at once, and a key that was held for long begins nothing', () => {
  down(pause, { key: ' ' })
  expect(took()).toEqual(['play'])
  up(pause)
  expect(took()).toEqual([])
  playing = false
  down(pause)
  vi.advanceTimersByTime(800)
  up(pause)
  expect(took()).toEqual([])
})

test('held, what it repeats is nothing', () => {
  playing = true
  down(pause)
  expect(down(pause, { repeat: true })).toBe(true)
  expect(took()).toEqual(['pause'])
})

test('the keys for either way do what they always do while it is up', () => {
  expect([down(on), down(back), down(on, { repeat: true })]).toEqual([false, false, false])
  vi.advanceTimersByTime(1_000)
  expect(took()).toEqual([])
})

test('held, a tap steps by one frame, and letting go begins nothing', () => {
  down(pause)
  tap(on)
  tap(on)
  tap(back)
  up(pause)
  vi.advanceTimersByTime(1_000)
  expect(took()).toEqual(['step 1', 'step 1', 'step -1'])
  expect(down(on)).toBe(false)
})

test.each([
  [on, 1],
  [back, -1],
] as const)('both held it plays slowly until %s is let go', (id, way) => {
  down(pause)
  down(id)
  vi.advanceTimersByTime(200)
  expect(took()).toEqual([`step ${way}`])
  vi.advanceTimersByTime(100)
  expect(down(id, { repeat: true })).toBe(true)
  expect(took()).toEqual([`creep ${way}`])
  up(id)
  expect(took()).toEqual(['pause', 'settle'])
  up(pause)
  vi.advanceTimersByTime(1_000)
  expect(took()).toEqual([])
})

test('letting go of the pause key ends it too, and the other key does not take over', () => {
  down(pause)
  down(on)
  vi.advanceTimersByTime(300)
  up(pause)
  expect(took()).toEqual(['step 1', 'creep 1', 'pause', 'settle'])
  expect(down(on, { repeat: true })).toBe(true)
  up(on)
  vi.advanceTimersByTime(1_000)
  expect(took()).toEqual([])
  expect(down(on)).toBe(false)
})

test('the newer of two ways counts', () => {
  down(pause)
  down(on)
  vi.advanceTimersByTime(300)
  down(back)
  vi.advanceTimersByTime(300)
  up(on)
  expect(took()).toEqual(['step 1', 'creep 1', 'pause', 'settle', 'step -1', 'creep -1'])
  up(back)
  expect(took()).toEqual(['pause', 'settle'])
})

test('the pause key may come second', () => {
  playing = true
  expect(down(on)).toBe(false)
  down(pause)
  vi.advanceTimersByTime(300)
  up(on)
  up(pause)
  expect(took()).toEqual(['pause', 'creep 1', 'pause', 'settle'])
})

test('when the window or a field takes the keys nothing sticks', () => {
  down(pause)
  down(on)
  jog.letGo()
  vi.advanceTimersByTime(1_000)
  expect(took()).toEqual(['step 1'])
  expect(down(on, { repeat: true })).toBe(true)
  down(pause)
  down(on)
  vi.advanceTimersByTime(300)
  jog.letGo()
  expect(took()).toEqual(['step 1', 'creep 1', 'pause', 'settle'])
  up(pause)
  expect(down(on)).toBe(false)
  down(pause)
  jog.letGo()
  up(pause)
  expect(took()).toEqual([])
})

test('another player, or none, has nothing to do with what was begun', () => {
  down(pause)
  down(on)
  vi.advanceTimersByTime(300)
  took()
  shown = fakePlayer()
  up(on)
  up(pause)
  expect(took()).toEqual([])
  shown = null
  expect([down(pause), down(on)]).toEqual([false, false])
})

test('a key whose release may never be heard of is not taken for held', () => {
  expect(down(pause, { metaKey: true })).toBe(false)
  expect(down(on)).toBe(false)
})
