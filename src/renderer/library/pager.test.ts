import { describe, expect, test } from 'vitest'
import { Pager, type RowPage } from './pager.ts'

interface Asked {
  readonly offset: number
  readonly limit: number
  answer(page: RowPage<string>): Promise<void>
  fail(error: Error): Promise<void>
}

/** A server whose answers come when the test says so. */
function server() {
  const asked: Asked[] = []
  const failures: unknown[] = []
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  const pager = new Pager<string>({
    pageSize: 10,
    keep: 3,
    onFailure: (error) => failures.push(error),
    read: (offset, limit) =>
      new Promise((resolve, reject) => {
        asked.push({
          offset,
          limit,
          answer: (page) => {
            resolve(page)
            return settled()
          },
          fail: (error) => {
            reject(error)
            return settled()
          },
        })
      }),
  })
  return { pager, asked, failures }
}

const rows = (from: number, count = 10, name = 'row') =>
  Array.from({ length: count }, (_, at) => `${name} ${from + at}`)

describe('Pager', () => {
  test('asks for each page once', async () => {
    const { pager, asked } = server()
    pager.want(0, 15)
    pager.want(5, 18)
    expect(asked.map((each) => each.offset)).toEqual([0, 10])
    await asked[0]?.answer({ rows: rows(0), total: 100 })
    pager.want(0, 15)
    expect(asked).toHaveLength(2)
    expect(pager.rowAt(3)).toBe('row 3')
    expect(pager.rowAt(13)).toBeUndefined()
    expect(pager.total).toBe(100)
  })

  test('never asks past the end once it is known', async () => {
    const { pager, asked } = server()
    pager.want(0, 9)
    await asked[0]?.answer({ rows: rows(0, 4), total: 4 })
    pager.want(0, 60)
    expect(asked).toHaveLength(1)
  })

  test('a refresh keeps the old rows until the new ones are here, and drops a late old answer', async () => {
    const { pager, asked } = server()
    pager.want(0, 9)
    await asked[0]?.answer({ rows: rows(0), total: 10 })
    pager.refresh()
    expect(pager.rowAt(0)).toBe('row 0')
    await asked[1]?.answer({ rows: rows(0, 10, 'new'), total: 10 })
    expect(pager.rowAt(0)).toBe('new 0')
  })

  test('forgets the pages looked at longest ago, never the ones on the screen', async () => {
    const { pager, asked } = server()
    for (let page = 0; page < 5; page += 1) {
      pager.want(page * 10, page * 10 + 9)
      await asked[page]?.answer({ rows: rows(page * 10), total: 100 })
    }
    expect(pager.rowAt(0)).toBeUndefined()
    expect(pager.rowAt(45)).toBe('row 45')
    pager.want(0, 9)
    expect(asked.at(-1)?.offset).toBe(0)
  })

  test('tells of a failure and can be asked again', async () => {
    const { pager, asked, failures } = server()
    pager.want(0, 9)
    await asked[0]?.fail(new Error('gone'))
    expect(failures).toHaveLength(1)
    pager.want(0, 9)
    expect(asked).toHaveLength(2)
  })

  test('changes rows in place and tells only if one is another', async () => {
    const { pager, asked } = server()
    pager.want(0, 9)
    await asked[0]?.answer({ rows: rows(0), total: 10 })
    const before = pager.version()
    pager.change((row) => row)
    expect(pager.version()).toBe(before)
    pager.change((row) => (row === 'row 4' ? 'changed' : row))
    expect(pager.version()).toBe(before + 1)
    expect(pager.rowAt(4)).toBe('changed')
  })

  test('reads a stretch across pages that are not here', async () => {
    const { pager, asked } = server()
    pager.want(0, 9)
    await asked[0]?.answer({ rows: rows(0), total: 30 })
    const stretch = pager.rowsBetween(8, 12)
    await new Promise<void>((resolve) => setImmediate(resolve))
    await asked[1]?.answer({ rows: rows(10), total: 30 })
    expect(await stretch).toEqual(['row 8', 'row 9', 'row 10', 'row 11', 'row 12'])
  })

  test('says nothing any more once it is over', async () => {
    const { pager, asked } = server()
    let told = 0
    pager.subscribe(() => {
      told += 1
    })
    pager.want(0, 9)
    pager.end()
    await asked[0]?.answer({ rows: rows(0), total: 10 })
    expect(told).toBe(0)
  })
})
