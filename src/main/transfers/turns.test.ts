import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

const never = new AbortController().signal

/** An act that ends when it is told to. */
function gate() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

test('one at a time for a key, in order; other keys go their own way', async () => {
  const inTurn = createTurns()
  const said: string[] = []
  const first = gate()
  const act = async () => {
    said.push('a begins')
    await first.opened
    said.push('a ends')
  }
  const a = inTurn('x', act, never)
  const b = inTurn('x', async () => said.push('b'), never)
  await inTurn('y', async () => said.push('other'), never)
  expect(said).toEqual(['a begins', 'other'])
  first.open()
  await Promise.all([a, b])
  expect(said).toEqual(['a begins', 'other', 'a ends', 'b'])
})

test('one that gives up waiting lets nobody past the one that is at it', async () => {
  const inTurn = createTurns()
  const said: string[] = []
  const first = gate()
  const a = inTurn('x', () => first.opened.then(() => said.push('a')), never)
  const impatient = new AbortController()
  const b = inTurn('x', async () => said.push('b'), impatient.signal)
  impatient.abort(new Error('enough'))
  await expect(b).rejects.toThrow('enough')
  const c = inTurn('x', async () => said.push('c'), never)
  await Promise.resolve()
  expect(said).toEqual([])
  first.open()
  await Promise.all([a, c])
  expect(said).toEqual(['a', 'c'])
})

test('a failure passes the turn on', async () => {
  const inTurn = createTurns()
  const a = inTurn('x', async () => Promise.reject(new Error('no')), never)
  const b = inTurn('x', async () => 'yes', never)
  await expect(a).rejects.toThrow('no')
  await expect(b).resolves.toBe('yes')
})
