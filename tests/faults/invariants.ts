import { expect } from 'vitest'
import { openDatabase } from '../../src/main/store/database.ts'
import { transferMigrations } from '../../src/main/store/transferMigrations.ts'
import { planParts } from '../../src/main/transfers/partPlan.ts'
import type { Bench } from './bench.ts'

/** What must hold after every fault, once all transfers are done: each file whole, once, and nothing left over. */
export async function expectWhole(
  bench: Bench,
  files: Readonly<Record<string, Buffer>>,
  { resentParts = 0 }: { readonly resentParts?: number } = {},
): Promise<void> {
  const partSize = bench.sizes.partSize ?? 0
  for (const [name, content] of Object.entries(files)) {
    const transfer = await bench.only(name)
    expect(transfer, name).toMatchObject({ state: 'done', bytesStored: content.byteLength, failure: null })
    const key = bench.keyOf(name, transfer.id)
    expect(bench.s3.object(key)?.equals(content), `the bytes of ${name}`).toBe(true)
    const assets = bench.service.assets.filter((asset) => asset.objectKey === key)
    expect(assets, `assets of ${name}`).toHaveLength(1)
    expect(assets[0]).toMatchObject({ name, bytes: content.byteLength })
    if (content.byteLength <= bench.sizes.smallFile) continue
    const stores = [...bench.s3.storesOf(key).values()].reduce((sum, count) => sum + count, 0)
    expect(stores, `parts of ${name} sent`).toBeLessThanOrEqual(
      planParts(content.byteLength, partSize).length + resentParts,
    )
  }
  expect(bench.s3.uploads(), 'uploads left over').toEqual([])
}

/** The database is intact and holds no part of a finished transfer. Ends the engine. */
export function expectSoundDatabase(bench: Bench): void {
  bench.kill()
  const { db, close } = openDatabase({ file: bench.databaseFile, migrations: transferMigrations })
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(
    db
      .prepare(
        "SELECT count(*) AS n FROM part p JOIN transfer t ON t.id = p.transfer_id WHERE t.state = 'done'",
      )
      .get(),
  ).toEqual({ n: 0 })
  close()
}
