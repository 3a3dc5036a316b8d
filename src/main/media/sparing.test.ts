import { beforeEach, describe, expect, test } from 'vitest'
import { AppError } from '../../shared/errors.ts'
import { parseRange } from './range.ts'
import { type Budget, sparingAnswer } from './sparing.ts'

const MiB = 2 ** 20
const file = Uint8Array.from({ length: 3 * MiB }, (_, at) => (at * 31) % 251)
let asked: string[]
let given: number

/** A store that gives ranges, or, as some do, always everything. */
const store = (knowsRanges: boolean) => (request: Request) => {
  const header = request.headers.get('range')
  asked.push(header ?? 'all')
  const range = knowsRanges ? parseRange(header, file.length) : undefined
  if (range === 'unsatisfiable') return Promise.resolve(new Response(null, { status: 416 }))
  const { start, end } = range ?? { start: 0, end: file.length - 1 }
  given += end - start + 1
  const headers: Record<string, string> = { 'content-length': String(end - start + 1) }
  if (range !== undefined) headers['content-range'] = `bytes ${start}-${end}/${file.length}`
  return Promise.resolve(
    new Response(file.slice(start, end + 1), { status: range === undefined ? 200 : 206, headers }),
  )
}
const ask = (range: string | null, budget: Budget, knowsRanges = true) =>
  sparingAnswer(
    store(knowsRanges),
    new Request('http://clip.invalid/', { headers: range === null ? {} : { range } }),
    budget,
  )
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())
/** Comparing millions of bytes one by one takes longer than reading them. */
const isSame = async (response: Response, from: number, to?: number) =>
  (await bytesOf(response)).equals(file.subarray(from, to))

beforeEach(() => {
  asked = []
  given = 0
})

describe('a medium of which one picture is taken', () => {
  test('comes as asked for, whatever the pieces', async () => {
    const budget = { bytes: 16 * MiB }
    const all = await ask('bytes=0-', budget)
    expect(all.status).toBe(206)
    expect(all.headers.get('content-range')).toBe(`bytes 0-${file.length - 1}/${file.length}`)
    expect(all.headers.get('content-length')).toBe(String(file.length))
    expect(await isSame(all, 0)).toBe(true)
    expect(asked.length).toBe(12)
    expect(await isSame(await ask('bytes=1000-1999', budget), 1000, 2000)).toBe(true)
    expect(await isSame(await ask('bytes=2000000-', budget), 2_000_000)).toBe(true)
    expect(await isSame(await ask(null, budget), 0)).toBe(true)
    expect((await ask(`bytes=${file.length}-`, budget)).status).toBe(416)
    expect(16 * MiB - budget.bytes).toBe(given)
  })

  test('is fetched as far as it is read, and no window further', async () => {
    const answer = await ask('bytes=0-', { bytes: 16 * MiB })
    const reader = answer.body?.getReader()
    await reader?.read()
    await reader?.read()
    // Nobody reads: whatever wants to run ahead has its turns.
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    await reader?.cancel()
    expect(asked).toEqual(['bytes=0-262143', 'bytes=262144-524287'])
  })

  test('ends with its budget, over all requests', async () => {
    const budget = { bytes: MiB }
    expect((await bytesOf(await ask('bytes=0-599999', budget))).length).toBe(600_000)
    const rest = await ask('bytes=1000000-', budget)
    await expect(bytesOf(rest)).rejects.toMatchObject({ code: 'media.unplayable' })
    expect(given).toBe(MiB)
    await expect(ask('bytes=0-', budget)).rejects.toBeInstanceOf(AppError)
    expect(given).toBe(MiB)
  })

  test('is not begun where a store gives only all of it, and that is too much', async () => {
    await expect(ask('bytes=0-', { bytes: MiB }, false)).rejects.toMatchObject({ code: 'media.unplayable' })
    expect(await isSame(await ask('bytes=0-', { bytes: 4 * MiB }, false), 0)).toBe(true)
  })
})
