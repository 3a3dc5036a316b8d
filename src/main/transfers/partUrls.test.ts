import { expect, test } from 'vitest'
import type { Clock } from './clock.ts'
import { createPartUrls } from './partUrls.ts'

const never = new AbortController().signal
let ticks = 0
const clock: Clock = { now: () => ticks, ticks: () => ticks, wait: async () => undefined }
const page = (first: number, count: number, query = '') =>
  Array.from({ length: count }, (_, index) => ({
    number: first + index,
    url: `https://store.test/${first + index}${query}`,
  }))

test('parts that come up together share one question', async () => {
  const asked: number[] = []
  const urls = createPartUrls(clock, async (number) => {
    asked.push(number)
    return page(number <= 100 ? 1 : 101, 100)
  })
  const taken = await Promise.all([1, 2, 3, 100, 101].map((number) => urls.take(number, never)))
  expect(taken.map((url) => url.split('/').at(-1))).toEqual(['1', '2', '3', '100', '101'])
  expect(asked).toEqual([1, 101])
})

test('a used URL is dropped, a dead one takes the others with it', async () => {
  let asked = 0
  const urls = createPartUrls(clock, async () => {
    asked += 1
    return page(1, 3)
  })
  await urls.take(1, never)
  urls.used(1)
  await urls.take(2, never)
  expect(asked).toBe(1)
  urls.forget()
  await urls.take(3, never)
  expect(asked).toBe(2)
})

test('a URL about to run out is asked for anew, one that lives a moment is tried once', async () => {
  let asked = 0
  const urls = createPartUrls(clock, async (number) => {
    asked += 1
    return page(number, 2, number === 1 ? '?X-Amz-Expires=60' : '?X-Amz-Expires=5')
  })
  await urls.take(1, never)
  ticks += 20_000
  await urls.take(1, never)
  expect(asked).toBe(1)
  ticks += 20_000
  await urls.take(1, never)
  expect(asked).toBe(2)
  await urls.take(9, never)
  expect(asked).toBe(3)
})

test('a failure is told to whoever asked; the others ask for themselves', async () => {
  let asked = 0
  const urls = createPartUrls(clock, async () => {
    asked += 1
    if (asked === 1) throw new Error('no')
    return page(1, 3)
  })
  const [first, second] = await Promise.allSettled([urls.take(1, never), urls.take(2, never)])
  expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled'])
  expect(asked).toBe(2)
})

test('an answer without the part that was asked for is no answer', async () => {
  const urls = createPartUrls(clock, async () => page(4, 1))
  await expect(urls.take(1, never)).rejects.toMatchObject({ code: 'remote.badReply' })
})
