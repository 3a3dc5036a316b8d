import { expect } from 'vitest'
import { createIconikTarget } from '../../src/main/connectors/iconik/upload.ts'
import { FakeIconik, type FakeIconikOptions } from '../fakes/FakeIconik.ts'
import { TestClock } from '../fakes/TestClock.ts'
import { Bench, type BenchOptions } from './bench.ts'

export const origin = 'https://iconik.test'

/** A station whose connection is an iconik account, storage and all on the service's side. */
export class SignedBench extends Bench {
  readonly iconik: FakeIconik

  constructor(
    options: BenchOptions,
    service: Omit<FakeIconikOptions, 'now'> = {},
    clock: TestClock = new TestClock(),
  ) {
    super({ ...options, clock })
    this.iconik = new FakeIconik({ ...service, now: () => clock.now() })
    this.openSigned = () => this.iconik.http()
    this.wrapTarget = () => createIconikTarget(this.iconik.client(), origin)
    this.access = { provider: 'iconik', storage: null }
    this.sendMore = { remote: { domainId: 'domain', collectionId: 'root', storageId: null } }
  }

  /** What became of a file: its record at the service and the bytes behind it. */
  stored(name: string) {
    const { files, assets } = this.iconik
    const file = files.find((one) => one['original_name'] === name)
    const asset = assets.find(({ id }) => id === file?.['asset_id'])
    return { file, asset, bytes: this.iconik.storage.object(String(file?.['name'])) }
  }
}

/** What must hold once all transfers are done: each file whole, once, its records in order, and nothing left open. */
export async function expectAllThere(
  bench: SignedBench,
  contents: Readonly<Record<string, Buffer>>,
): Promise<void> {
  const { iconik } = bench
  const names = Object.keys(contents)
  for (const [name, content] of Object.entries(contents)) {
    expect(await bench.only(name), name).toMatchObject({
      state: 'done',
      bytesStored: content.byteLength,
      failure: null,
    })
    const { file, asset, bytes } = bench.stored(name)
    expect(bytes?.equals(content), `the bytes of ${name}`).toBe(true)
    expect(file, name).toMatchObject({ status: 'CLOSED', size: content.byteLength })
    expect(asset, name).toMatchObject({ title: name, hasAcls: true })
  }
  const count = (rows: readonly object[], what: string) => expect(rows, what).toHaveLength(names.length)
  count(iconik.assets, 'assets')
  count(iconik.versions, 'versions')
  count(iconik.formats, 'formats')
  count(iconik.fileSets, 'file sets')
  count(iconik.files, 'files')
  // Canceled ones may have left jobs that tell so.
  const there = new Set(iconik.assets.map(({ id }) => id))
  const jobs = iconik.jobs.filter(({ object_id }) => there.has(String(object_id)))
  const uploads = jobs.filter(({ type }) => type === 'TRANSFER')
  count(uploads, 'jobs')
  for (const job of uploads) expect(job).toMatchObject({ status: 'FINISHED', progress_processed: 100 })
  count(
    jobs.filter(({ type }) => type === 'TRANSCODE'),
    'proxies ordered',
  )
  expectNothingOpen(bench)
}

export function expectNothingOpen({ iconik }: SignedBench): void {
  expect(iconik.leftovers()).toEqual({ uploads: 0, openFiles: 0, startedJobs: 0, emptyVersions: 0 })
}
