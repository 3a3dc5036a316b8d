import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { frameRates } from '../../shared/frameRate.ts'
import { entryIdSchema } from '../../shared/ids.ts'
import type { PlayerControl } from '../review/playerControl.ts'
import { Slot } from './slot.ts'

class FakeVideo extends EventTarget {
  readyState = 1
  readonly videoWidth = 640
  muted = false
  volume = 1
  readonly dataset: Record<string, string> = {}
}

const control = {
  timing: { rate: frameRates['25'], dropFrame: false, startFrame: 0, frameCount: 10 },
} as unknown as PlayerControl

let video: FakeVideo
let slot: Slot
let changes: string[]
/** Attached to a part of the page with this video in it. */
function slotOf(inside: FakeVideo): Slot {
  const made = new Slot(entryIdSchema.parse('01J00000000000000000000001'), {
    moved: () => undefined,
    reached: () => undefined,
    changed: ({ state }) => changes.push(state),
    limits: () => undefined,
  })
  const element = Object.assign(new EventTarget(), { inert: false, dataset: {}, querySelector: () => inside })
  made.attach(element as unknown as HTMLElement)
  return made
}

beforeEach(() => {
  vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 })
  video = new FakeVideo()
  changes = []
  slot = slotOf(video)
})
afterEach(() => vi.unstubAllGlobals())

test('opens with the first data of its medium', () => {
  slot.take(control)
  expect(slot.state).toBe('opening')
  video.dispatchEvent(new Event('loadeddata'))
  expect(slot.state).toBe('moving')
})

test('a player that takes over in the middle of a seek opens with the picture of that seek', () => {
  const leave = slot.take(control)
  video.dispatchEvent(new Event('loadeddata'))
  leave()
  expect(slot.state).toBe('opening')
  // The data of the first picture came long ago, and there is none until the seek has ended.
  slot.take(control)
  video.dispatchEvent(new Event('seeked'))
  expect(slot.state).toBe('moving')
  expect(changes.filter((state) => state === 'moving')).toHaveLength(2)
})

test('what is gone is a problem whatever its player does, and what it was once it is back', () => {
  slot.take(control)
  video.dispatchEvent(new Event('loadeddata'))
  slot.setGone(true)
  slot.setGone(true)
  // Whoever looks through what is still there does not open it again.
  video.dispatchEvent(new Event('seeked'))
  expect([slot.state, slot.isGone]).toEqual(['problem', true])
  slot.setGone(false)
  expect([slot.state, slot.isGone]).toEqual(['moving', false])
  expect(changes).toEqual(['opening', 'moving', 'problem', 'moving'])
})

test('it sounds as the one before; silent for the version beside it, that one was not meant to be', () => {
  const before = new FakeVideo()
  const sounds = () => {
    slot.show(slotOf(before))
    return !video.muted
  }
  expect(sounds()).toBe(true)
  before.muted = true
  expect(sounds()).toBe(false)
  before.dataset['muted'] = 'false'
  expect(sounds()).toBe(true)
  before.dataset['muted'] = 'true'
  expect(sounds()).toBe(false)
})
