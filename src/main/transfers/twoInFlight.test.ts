import { afterEach, beforeEach, expect, test } from 'vitest'
import { twoInFlight } from './twoInFlight.ts'

const never = new Promise<void>(() => undefined)
const uncaught: unknown[] = []
const keep = (error: unknown) => void uncaught.push(error)

beforeEach(() => {
  uncaught.length = 0
  process.on('unhandledRejection', keep)
})
afterEach(() => void process.off('unhandledRejection', keep))

async function* numbers(count: number) {
  for (let number = 1; number <= count; number += 1) yield number
}

test('never more than two are on their way, in order', async () => {
  let inFlight = 0
  let most = 0
  const arrived: number[] = []
  const send = async (number: number) => {
    inFlight += 1
    most = Math.max(most, inFlight)
    await new Promise((resolve) => setImmediate(resolve))
    inFlight -= 1
    arrived.push(number)
  }
  await twoInFlight(numbers(6), send, never, () => false)
  expect([most, arrived]).toEqual([2, [1, 2, 3, 4, 5, 6]])
})

test('two that fail at once are one failure, and none that nobody catches', async () => {
  const fails: (() => void)[] = []
  const send = (number: number) =>
    new Promise<void>((_resolve, reject) => {
      fails.push(() => reject(new Error(`lost ${number}`)))
      if (number === 2) setImmediate(() => fails.map((fail) => fail()))
    })
  await expect(twoInFlight(numbers(3), send, never, () => false)).rejects.toThrow('lost 1')
  await new Promise((resolve) => setImmediate(resolve))
  expect(uncaught).toEqual([])
})

test('an end from outside ends it, and nothing more is sent', async () => {
  let isOver = false
  const sent: number[] = []
  const send = (number: number) => {
    sent.push(number)
    isOver = true
    return never
  }
  await twoInFlight(numbers(5), send, Promise.resolve(), () => isOver)
  expect(sent).toEqual([1])
})
