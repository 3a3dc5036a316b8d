import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { ulid } from 'ulid'
import { openDatabase } from '../../src/main/store/database.ts'
import { transferMigrations } from '../../src/main/store/transferMigrations.ts'
import type { Random } from '../../src/main/transfers/clock.ts'
import { createEngine, type Engine, type EngineOptions } from '../../src/main/transfers/engine.ts'
import type { ConnectionAccess, HostEvents, StorageAccess } from '../../src/main/transfers/hostContract.ts'
import type { ObjectStore } from '../../src/main/transfers/objectStore.ts'
import type { EngineSizes, SourceFiles } from '../../src/main/transfers/run.ts'
import type { UploadTarget } from '../../src/main/transfers/uploadTarget.ts'
import type { BatchId, ConnectionId, PlaceId, ScanId, TransferId } from '../../src/shared/ids.ts'
import type { Transfer, TransferState } from '../../src/shared/transfer.ts'
import { FakeObjectStore } from '../fakes/FakeObjectStore.ts'
import { FakeService } from '../fakes/FakeService.ts'
import { seeded } from '../fakes/seeded.ts'
import { TestClock } from '../fakes/TestClock.ts'

const KiB = 1024
/** Sizes a thousand times smaller than real ones: a file of 200 KiB has many parts. */
export const smallSizes: EngineSizes = {
  smallFile: 4 * KiB,
  partSize: 16 * KiB,
  bufferedPart: 64 * KiB,
  memory: 1024 * KiB,
}
export const connectionId = ulid() as ConnectionId
export const placeId = ulid() as PlaceId
const installationId = 'station-1'

export interface BenchOptions {
  /** Of everything random on this bench. */
  readonly salt: number
  readonly clock?: TestClock
  readonly s3?: FakeObjectStore
  readonly service?: FakeService
  readonly sizes?: Partial<EngineSizes>
  readonly files?: SourceFiles
}

type Told = { [E in keyof HostEvents]: { event: E; payload: unknown } }[keyof HostEvents]

/** A station on the bench: files, a database, a store and a back end that outlive the engines run on them. */
export class Bench {
  readonly folder = mkdtempSync(join(tmpdir(), 'rushes-bench-'))
  readonly clock: TestClock
  readonly s3: FakeObjectStore
  readonly service: FakeService
  readonly random: Random
  readonly told: Told[] = []
  readonly sizes: EngineSizes
  readonly files: SourceFiles | undefined
  wrapStore: (store: ObjectStore) => ObjectStore = (store) => store
  wrapTarget: (target: UploadTarget) => UploadTarget = (target) => target
  /** How requests travel that a service signed. */
  openSigned: EngineOptions['openSigned']
  /** What the connection is, where it is not the usual one. */
  access: Partial<ConnectionAccess> = {}
  /** What every drop says besides its files. */
  sendMore: Partial<Parameters<Engine['calls']['send']>[0]> = {}
  /** Told before and after each transaction; may throw to end the process there. */
  onCommit: ((phase: 'before' | 'after') => void) | undefined
  /** The disk takes no more writes of the database. */
  isDiskFull = false
  #running: { readonly engine: Engine; close(): void; backup(): Promise<void> } | undefined

  constructor(options: BenchOptions) {
    this.clock = options.clock ?? new TestClock()
    this.s3 = options.s3 ?? new FakeObjectStore(() => this.clock.now())
    this.service = options.service ?? new FakeService()
    this.random = seeded(options.salt).next
    this.sizes = { ...smallSizes, ...options.sizes }
    this.files = options.files
  }

  get databaseFile(): string {
    return join(this.folder, 'transfers.db')
  }

  write(name: string, bytes: Buffer): string {
    const path = join(this.folder, 'card', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    return path
  }

  get engine(): Engine {
    if (this.#running === undefined) throw new Error('no engine runs on this bench')
    return this.#running.engine
  }

  /** Starts an engine on the same database, and connects it. */
  async start(isConnected = true): Promise<Engine> {
    const database = openDatabase({
      file: this.databaseFile,
      migrations: transferMigrations,
      exclusive: true,
    })
    const engine = createEngine({
      database: {
        ...database,
        db: watched(database.db, (phase) => {
          this.onCommit?.(phase)
          if (phase === 'before' && this.isDiskFull)
            throw new Database.SqliteError('database or disk is full', 'SQLITE_FULL')
        }),
      },
      clock: this.clock,
      random: this.random,
      newId: ulid,
      newToken: () => ulid(),
      openStore: () => this.wrapStore(this.s3.client()),
      openTarget: () => this.wrapTarget(this.service.target()),
      ...(this.openSigned === undefined ? {} : { openSigned: this.openSigned }),
      sizes: this.sizes,
      ...(this.files === undefined ? {} : { files: this.files }),
      tell: (event, payload) => this.told.push({ event, payload } as Told),
    })
    this.#running = { engine, close: () => database.db.close(), backup: database.backup }
    if (isConnected) await this.connect()
    return engine
  }

  async connect(storage: Partial<StorageAccess> = {}): Promise<void> {
    const access: ConnectionAccess = {
      connectionId,
      provider: 'candidio',
      api: {},
      storage: {
        region: 'local',
        bucket: this.s3.bucket,
        prefix: 'in/',
        forcePathStyle: true,
        accessKeyId: 'key',
        secretAccessKey: 'secret',
        ...storage,
      },
      ...this.access,
    }
    await this.engine.calls.configure({ installationId, connections: [access], uploadLimit: 0 })
  }

  async disconnect(): Promise<void> {
    await this.engine.calls.configure({ installationId, connections: [], uploadLimit: 0 })
  }

  /** Ends the engine as a kill would: nothing more is written or sent. */
  kill(): void {
    this.#running?.engine.kill()
    this.#running?.close()
    this.#running = undefined
  }

  async backup(): Promise<void> {
    await this.#running?.backup()
  }

  async drop(...paths: string[]): Promise<BatchId> {
    const scanId = ulid() as ScanId
    await this.engine.calls.scan({ scanId, paths })
    const { batchId } = await this.engine.calls.send({
      scanId,
      destination: { connectionId, placeId, path: ['Workspace', 'Production'], versionOf: null },
      remote: {},
      ...this.sendMore,
    })
    return batchId
  }

  async transfers(): Promise<readonly Transfer[]> {
    return (await this.engine.calls.list({ offset: 0, limit: 10_000, filter: 'all' })).rows
  }

  async only(name: string): Promise<Transfer> {
    const found = (await this.transfers()).find((transfer) => transfer.name === name)
    if (found === undefined) throw new Error(`no transfer of ${name}`)
    return found
  }

  keyOf(name: string, id: TransferId): string {
    return `in/${installationId}/${id}/${name}`
  }

  async object(name: string): Promise<Buffer | undefined> {
    const { id } = await this.only(name)
    return this.s3.object(this.keyOf(name, id))
  }

  /** Waits for a condition by turns of the event loop, never by time. */
  async until(condition: () => boolean | Promise<boolean>, what = 'the condition'): Promise<void> {
    const from = performance.now()
    while (!(await condition())) {
      if (performance.now() - from > 15_000) {
        const rows = this.#running === undefined ? [] : await this.transfers()
        const states = rows.map(
          ({ name, state, waitReason, failure }) => `${name} ${state} ${waitReason} ${failure?.code}`,
        )
        throw new Error(`${what} did not come: ${states.join(', ')}\n${this.logs().join('\n')}`)
      }
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  async untilAll(...states: TransferState[]): Promise<void> {
    await this.until(
      async () => (await this.transfers()).every((transfer) => states.includes(transfer.state)),
      `all ${states.join(' or ')}`,
    )
  }

  logs(): string[] {
    return this.told
      .filter(({ event }) => event === 'log')
      .map(({ payload }) => (payload as { text: string }).text)
  }

  dispose(): void {
    this.kill()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

type Sqlite = ReturnType<typeof openDatabase>['db']

/** A database that tells of its outermost transactions. */
function watched(db: Sqlite, onCommit: (phase: 'before' | 'after') => void): Sqlite {
  let depth = 0
  return new Proxy(db, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target)
      if (name !== 'transaction') return typeof value === 'function' ? value.bind(target) : value
      return (act: (...args: never[]) => unknown) => {
        const own = target.transaction((...args: never[]) => {
          const result = act(...args)
          if (depth === 1) onCommit('before')
          return result
        })
        const run = (...args: never[]) => {
          depth += 1
          try {
            const result = own.immediate(...args)
            if (depth === 1) onCommit('after')
            return result
          } finally {
            depth -= 1
          }
        }
        return Object.assign(run, { immediate: run, deferred: run, exclusive: run, default: run })
      }
    },
  })
}
