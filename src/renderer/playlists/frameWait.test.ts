import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { FrameWait } from './frameWait.ts'

let frames: Map<number, () => void>
let asked: number

/** The screen draws its next picture. */
function draw(): void {
  const due = [...frames.values()]
  frames.clear()
  for (const run of due) run()
}

beforeEach(() => {
  frames = new Map()
  asked = 0
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => {
    asked += 1
    frames.set(asked, run)
    return asked
  })
  vi.stubGlobal('cancelAnimationFrame', (id: number) => frames.delete(id))
})
afterEach(() => vi.unstubAllGlobals())

test('looks with every picture and acts once, when it is no longer waiting', () => {
  const wait = new FrameWait()
  const seen: boolean[] = []
  let isDue = false
  wait.start(
    () => isDue,
    () => seen.push(wait.isOn),
  )
  draw()
  expect(wait.isOn).toBe(true)
  isDue = true
  expect(seen).toEqual([])
  draw()
  draw()
  expect(seen).toEqual([false])
})

test('what is waited for next takes the place of what was', () => {
  const wait = new FrameWait()
  const acts: string[] = []
  const isDue = () => true
  wait.start(isDue, () => acts.push('first'))
  wait.start(isDue, () => acts.push('second'))
  draw()
  expect(acts).toEqual(['second'])
})

test('what was given up does not come', () => {
  const wait = new FrameWait()
  const acts: string[] = []
  wait.start(
    () => true,
    () => acts.push('late'),
  )
  wait.stop()
  draw()
  expect(wait.isOn).toBe(false)
  expect(acts).toEqual([])
})
