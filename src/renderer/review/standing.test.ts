import { expect, test } from 'vitest'
import { frameRates } from '../../shared/frameRate.ts'
import type { Route } from '../shell/routeStore.ts'
import { FrameClock } from './frameClock.ts'
import { PlayRange } from './playRange.ts'
import { Standing, standAlike, standingAt } from './standing.ts'

const clip = (rate: keyof typeof frameRates, frameCount: number) => ({
  rate: frameRates[rate],
  dropFrame: false,
  startFrame: 0,
  frameCount,
})

/** A version that is opened: a clock and a range of its own. */
function opened() {
  const clock = new FrameClock()
  const range = new PlayRange()
  return { clock, range, where: () => [clock.frame, range.start, range.end, range.isLooping] }
}
type Opened = ReturnType<typeof opened>

function leftAt(standing: Standing, frame: number, marks: readonly [number, number] | null): Opened {
  const version = opened()
  version.clock.show(frame)
  if (marks !== null) version.range.set(...marks)
  version.range.loop(true)
  standing.leave(version.clock, version.range, clip('24', 288))
  return version
}

test('frame, in, out and loop go along to another version', () => {
  const standing = new Standing()
  leftAt(standing, 48, [24, 96])
  const next = opened()
  standing.enter(next.clock, next.range, clip('24', 288))
  expect(next.where()).toEqual([48, 24, 96, true])
})

test('what was never left begins where it is', () => {
  const next = opened()
  new Standing().enter(next.clock, next.range, clip('24', 288))
  expect(next.where()).toEqual([0, null, null, false])
})

test('one mark alone stays one', () => {
  const standing = new Standing()
  const first = opened()
  first.range.markOut(30)
  standing.leave(first.clock, first.range, clip('24', 288))
  const next = opened()
  standing.enter(next.clock, next.range, clip('24', 288))
  expect(next.where()).toEqual([0, null, 30, false])
})

test('at another rate it is the same moment', () => {
  const standing = new Standing()
  leftAt(standing, 48, [24, 96])
  const next = opened()
  standing.enter(next.clock, next.range, clip('48', 576))
  expect(next.where()).toEqual([96, 48, 192, true])
})

test('a shorter version cuts nothing off for the one after it, unless something was done there', () => {
  const standing = new Standing()
  leftAt(standing, 200, [150, 250])
  const short = opened()
  standing.enter(short.clock, short.range, clip('24', 100))
  expect(short.where()).toEqual([99, 99, 99, true])
  standing.leave(short.clock, short.range, clip('24', 100))
  const back = opened()
  standing.enter(back.clock, back.range, clip('24', 288))
  expect(back.where()).toEqual([200, 150, 250, true])

  standing.leave(back.clock, back.range, clip('24', 288))
  const again = opened()
  standing.enter(again.clock, again.range, clip('24', 100))
  again.clock.show(7)
  standing.leave(again.clock, again.range, clip('24', 100))
  const last = opened()
  standing.enter(last.clock, last.range, clip('24', 288))
  expect(last.where()).toEqual([7, 99, 99, true])
})

test('a length that is known late is heeded, and what was done meanwhile stays', () => {
  const standing = new Standing()
  leftAt(standing, 48, null)
  const late = opened()
  standing.enter(late.clock, late.range, clip('24', 1))
  expect(late.clock.frame).toBe(0)
  standing.enter(late.clock, late.range, clip('24', 288))
  expect(late.clock.frame).toBe(48)
  late.clock.show(12)
  standing.enter(late.clock, late.range, clip('24', 288))
  expect(late.clock.frame).toBe(12)
})

test('two that are compared change places on the frames they show, and find them again', () => {
  const standing = new Standing()
  const offsets = { own: 2, other: -5 }
  const changed = { own: offsets.other, other: offsets.own }
  const first = opened()
  first.clock.show(100)
  first.range.set(4, 120)
  standing.changePlaces(offsets)
  standing.leave(first.clock, first.range, clip('24', 288))
  const second = opened()
  standing.enter(second.clock, second.range, clip('24', 288))
  expect(second.where()).toEqual([93, 0, 113, false])
  standing.changePlaces(changed)
  standing.leave(second.clock, second.range, clip('24', 288))
  const third = opened()
  standing.enter(third.clock, third.range, clip('24', 288))
  expect(third.where()).toEqual([100, 4, 120, false])

  // Somebody went on, and moved it, before they change places again.
  third.clock.show(150)
  standing.changePlaces({ own: 0, other: 10 })
  standing.leave(third.clock, third.range, clip('24', 288))
  const fourth = opened()
  standing.enter(fourth.clock, fourth.range, clip('24', 288))
  expect(fourth.clock.frame).toBe(160)
  standing.changePlaces({ own: 11, other: 0 })
  standing.leave(fourth.clock, fourth.range, clip('24', 288))
  const fifth = opened()
  standing.enter(fifth.clock, fifth.range, clip('24', 288))
  expect(fifth.clock.frame).toBe(149)

  // Its tab is another matter: the frame stays.
  standing.leave(fifth.clock, fifth.range, clip('24', 288))
  const sixth = opened()
  standing.enter(sixth.clock, sixth.range, clip('24', 288))
  expect(sixth.clock.frame).toBe(149)
})

test('the way back finds it, a route to another version takes it along, and a new one begins anew', () => {
  const asset = 'a' as Extract<Route, { screen: 'review' }>['assetId']
  const route: Route = { screen: 'review', assetId: asset }
  leftAt(standingAt(route), 48, null)
  const other = standAlike(route, { screen: 'review', assetId: asset })
  for (const [at, frame] of [
    [route, 48],
    [other, 48],
    [{ screen: 'review', assetId: asset } as const, 0],
  ] as const) {
    const version = opened()
    standingAt(at).enter(version.clock, version.range, clip('24', 288))
    expect(version.clock.frame).toBe(frame)
  }
})
