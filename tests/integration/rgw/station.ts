import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { ulid } from 'ulid'
import { openDatabase } from '../../../src/main/store/database.ts'
import { transferMigrations } from '../../../src/main/store/transferMigrations.ts'
import type { ConnectionId, PlaceId, ScanId } from '../../../src/shared/ids.ts'
import { startTransferHost, type TransferHostProcess } from '../../fakes/transferHostProcess.ts'
import { type AssetService, assetPlace, startAssetService } from './assetService.ts'
import { type StoredObject, storedObjects } from './bucket.ts'
import type { RgwCluster } from './cluster.ts'

const installationId = 'station-1'

/** How far the queue has come. */
export interface Progress {
  readonly done: number
  readonly failed: number
  /** Stored, and on their way. */
  readonly bytesSent: number
}

/** What a killed host had written. */
export interface Snapshot {
  readonly at: number
  readonly states: readonly string[]
  /** `upload id/part number` of every stored row: parts that are not to be sent again. */
  readonly parts: ReadonlySet<string>
}

/** A transfer host that sends a folder to the gateway and tells a stand-in of Candidio about it; it can be killed and started again. */
export class RgwStation {
  readonly folder = mkdtempSync(join(tmpdir(), 'rushes-rgw-station-'))
  /** The folder that is dropped. */
  readonly card = join(this.folder, 'card')
  /** SHA-256 of every file in it, by name. */
  readonly files = new Map<string, { readonly bytes: number; readonly sha256: string }>()
  readonly cluster: RgwCluster
  readonly service: AssetService
  readonly s3: S3Client
  readonly #connectionId = ulid() as ConnectionId
  #host: TransferHostProcess | undefined

  private constructor(cluster: RgwCluster, service: AssetService, s3: S3Client) {
    this.cluster = cluster
    this.service = service
    this.s3 = s3
    mkdirSync(this.card)
  }

  static async open(cluster: RgwCluster): Promise<RgwStation> {
    const s3 = cluster.s3()
    const service = await startAssetService(s3)
    return new RgwStation(cluster, service, s3)
  }

  write(name: string, bytes: Buffer): void {
    writeFileSync(join(this.card, name), bytes)
    this.#remember(name, bytes)
  }

  copy(path: string): void {
    copyFileSync(path, join(this.card, basename(path)))
    this.#remember(basename(path), readFileSync(path))
  }

  #remember(name: string, bytes: Buffer): void {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    this.files.set(name, { bytes: bytes.byteLength, sha256 })
  }

  get host(): TransferHostProcess {
    if (this.#host === undefined) throw new Error('no host runs')
    return this.#host
  }

  async start(uploadLimit: number): Promise<void> {
    this.#host = await startTransferHost(this.folder)
    await this.configure(uploadLimit)
  }

  async configure(uploadLimit: number): Promise<void> {
    const { address, token } = this.service
    await this.host.call.configure({
      installationId,
      uploadLimit,
      connections: [
        {
          connectionId: this.#connectionId,
          provider: 'candidio',
          api: { address, token },
          storage: this.cluster.storage,
        },
      ],
    })
  }

  async drop(): Promise<void> {
    const scanId = ulid() as ScanId
    await this.host.call.scan({ scanId, paths: [this.card] })
    const destination = {
      connectionId: this.#connectionId,
      placeId: ulid() as PlaceId,
      path: ['Samples', 'Uploads'],
    }
    await this.host.call.send({ scanId, destination, remote: assetPlace })
  }

  /** SIGKILL, and a look at what the host left in its database. */
  async kill(): Promise<Snapshot> {
    await this.host.kill()
    const at = Date.now()
    const { db, close } = openDatabase({
      file: join(this.folder, 'transfers.db'),
      migrations: transferMigrations,
    })
    const states = db.prepare<[], string>('SELECT state FROM transfer').pluck().all()
    const parts = db
      .prepare<[], string>(
        "SELECT t.upload_id || '/' || p.n FROM part p JOIN transfer t ON t.id = p.transfer_id",
      )
      .pluck()
      .all()
    close()
    return { at, states, parts: new Set(parts) }
  }

  /** Waits until the queue has come so far. A transfer that fails ends the wait. */
  async until(hasCome: (progress: Progress) => boolean, withinMs: number): Promise<void> {
    const end = Date.now() + withinMs
    for (;;) {
      const { done, failed, bytesStored } = await this.host.call.summary()
      const moving = await this.host.call.list({ offset: 0, limit: 100, filter: 'moving' })
      const inFlight = moving.rows.reduce((sum, { bytesInFlight }) => sum + bytesInFlight, 0)
      const progress = { done, failed, bytesSent: bytesStored + inFlight }
      if (failed === 0 && hasCome(progress)) return
      if (failed > 0 || Date.now() > end) throw new Error(await this.#report(progress))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async #report(progress: Progress): Promise<string> {
    const { rows } = await this.host.call.list({ offset: 0, limit: 1000, filter: 'all' })
    const states = rows
      .filter(({ state }) => state !== 'done')
      .map(
        ({ name, state, waitReason, failure }) => `${name} ${state} ${waitReason} ${JSON.stringify(failure)}`,
      )
    const logs = this.host.events.flatMap(({ name, payload }) =>
      name === 'log' ? [JSON.stringify(payload)] : [],
    )
    return [
      `not so in time: ${JSON.stringify(progress)}`,
      ...states.slice(0, 20),
      ...logs.slice(-20),
      this.host.errorText(),
    ].join('\n')
  }

  /** Every object of this station in the bucket. */
  objects(): Promise<StoredObject[]> {
    return storedObjects(this.cluster, `${installationId}/`)
  }

  async dispose(): Promise<void> {
    await this.#host?.kill()
    await this.service.stop()
    this.s3.destroy()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
