import { beforeEach, describe, expect, test } from 'vitest'
import { PictureLine } from './pictureLine.ts'

const restMs = 200
const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** Ends the wait for rest; undefined while nobody waits. */
let rest: (() => void) | undefined
let most: number
let line: PictureLine
/** What is being made, with its end and whether it was told to stop. */
let making: Map<string, { readonly signal: AbortSignal; readonly finish: () => Promise<void> }>
let begun: string[]

const make = (key: string) => (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    begun.push(key)
    const finish = () => {
      making.delete(key)
      resolve()
      return settled()
    }
    making.set(key, { signal, finish })
    signal.addEventListener('abort', () => void finish())
  })
const later = (milliseconds: number, run: () => void) => {
  expect(milliseconds).toBe(restMs)
  rest = run
  return () => {
    rest = undefined
  }
}
const want = (...keys: string[]) => keys.map((key) => line.want(key, make(key)))

beforeEach(() => {
  rest = undefined
  most = 2
  making = new Map()
  begun = []
  line = new PictureLine({ atOnce: () => most, restMs, later })
})

describe('pictures in line', () => {
  test('a few at a time, in the order they were asked for', async () => {
    want('a', 'b', 'c', 'd')
    rest?.()
    expect(begun).toEqual(['a', 'b'])
    await making.get('b')?.finish()
    expect(begun).toEqual(['a', 'b', 'c'])
    await making.get('a')?.finish()
    await making.get('c')?.finish()
    expect(begun).toEqual(['a', 'b', 'c', 'd'])
    expect([...making.keys()]).toEqual(['d'])
  })

  test('nothing begins while others still come, and what has flown by never does', () => {
    const [leave] = want('a')
    const early = rest
    leave?.()
    want('b')
    line.look()
    expect(rest).not.toBe(early)
    expect(begun).toEqual([])
    rest?.()
    expect(begun).toEqual(['b'])
  })

  test('nothing begins while what they look at moves', async () => {
    want('a', 'b', 'c')
    rest?.()
    line.moved()
    await making.get('a')?.finish()
    expect(begun).toEqual(['a', 'b'])
    rest?.()
    expect(begun).toEqual(['a', 'b', 'c'])
  })

  test('what nobody looks at any more is stopped, and the next takes its place', async () => {
    const [leave] = want('a', 'b', 'c')
    rest?.()
    const signal = making.get('a')?.signal
    leave?.()
    expect(signal?.aborted).toBe(true)
    expect(making.get('b')?.signal.aborted).toBe(false)
    await settled()
    expect(begun).toEqual(['a', 'b', 'c'])
    leave?.()
    expect([...making.keys()]).toEqual(['b', 'c'])
  })

  test('made once for two who look, until the second has left', async () => {
    const [first, second] = want('a', 'a')
    rest?.()
    expect(begun).toEqual(['a'])
    first?.()
    expect(making.get('a')?.signal.aborted).toBe(false)
    second?.()
    await settled()
    expect(making.size).toBe(0)
    want('a')
    rest?.()
    expect(begun).toEqual(['a', 'a'])
  })

  test('held while something plays: stopped, and begun again afterwards', async () => {
    want('a', 'b', 'c')
    rest?.()
    most = 0
    line.look()
    await settled()
    expect(making.size).toBe(0)
    most = 1
    line.look()
    expect(begun).toEqual(['a', 'b', 'a'])
    await making.get('a')?.finish()
    expect(begun).toEqual(['a', 'b', 'a', 'b'])
  })
})
