import { expect, test } from 'vitest'
import { createSlots } from './slots.ts'

const never = new AbortController().signal

function held() {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

test('so many at once, the others in the order they came', async () => {
  const inSlot = createSlots(2)
  const gates = [held(), held(), held(), held()]
  const begun: number[] = []
  const all = gates.map(({ opened }, at) =>
    inSlot(async () => {
      begun.push(at)
      await opened
    }, never),
  )
  expect(begun).toEqual([0, 1])
  gates[1]?.open()
  await all[1]
  expect(begun).toEqual([0, 1, 2])
  for (const { open } of gates) open()
  await Promise.all(all)
  expect(begun).toEqual([0, 1, 2, 3])
})

test('what gives up before its turn never begins, and what fails frees its slot', async () => {
  const inSlot = createSlots(1)
  const gate = held()
  const stop = new AbortController()
  const first = inSlot(async () => {
    await gate.opened
    throw new Error('no')
  }, never)
  const begun: string[] = []
  const second = inSlot(async () => begun.push('second'), stop.signal)
  const third = inSlot(async () => begun.push('third'), never)
  stop.abort(new Error('enough'))
  await expect(second).rejects.toThrow('enough')
  gate.open()
  await expect(first).rejects.toThrow('no')
  await third
  await expect(inSlot(async () => begun.push('late'), stop.signal)).rejects.toThrow('enough')
  await inSlot(async () => begun.push('last'), never)
  expect(begun).toEqual(['third', 'last'])
})
