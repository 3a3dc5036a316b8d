import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  GetObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  type S3Client,
} from '@aws-sdk/client-s3'
import { ulid } from 'ulid'
import { openDatabase } from '../../src/main/store/database.ts'
import { transferMigrations } from '../../src/main/store/transferMigrations.ts'
import type { ConnectionId, PlaceId, ScanId } from '../../src/shared/ids.ts'
import type { Transfer } from '../../src/shared/transfer.ts'
import { s3ClientOf } from '../fakes/studioClient.ts'
import { type StudioProcess, startStudio } from '../fakes/studioProcess.ts'
import { startTransferHost, type TransferHostProcess } from '../fakes/transferHostProcess.ts'

/** What a killed host had written: states, and the parts it will not send again. */
export interface Snapshot {
  readonly states: readonly string[]
  /** `upload id/part number` of every stored row. */
  readonly parts: ReadonlySet<string>
}

/** A transfer host and a studio, each a process of its own, that can be killed and started again on the same folders. */
export class Station {
  readonly folder = mkdtempSync(join(tmpdir(), 'rushes-station-'))
  readonly connectionId = ulid() as ConnectionId
  studio: StudioProcess
  readonly place: { workspaceId: string; productionId: string }
  host: TransferHostProcess | undefined
  readonly files = new Map<string, string>()

  constructor(studio: StudioProcess, place: Station['place']) {
    this.studio = studio
    this.place = place
  }

  static async open(): Promise<Station> {
    const studio = await startStudio()
    return new Station(studio, await studio.seed('Uploads', 0))
  }

  get s3(): S3Client {
    return s3ClientOf(this.studio)
  }

  write(name: string, bytes: Buffer): string {
    const path = join(this.folder, 'card', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    this.files.set(name, createHash('sha256').update(bytes).digest('hex'))
    return path
  }

  async start(): Promise<TransferHostProcess> {
    this.host = await startTransferHost(this.folder)
    await this.configure()
    return this.host
  }

  async configure(): Promise<void> {
    const { address, token, storage } = this.studio
    await this.running.call.configure({
      installationId: 'station-1',
      uploadLimit: 0,
      connections: [
        {
          connectionId: this.connectionId,
          provider: 'candidio',
          api: { address, token },
          storage: { ...storage, prefix: '' },
        },
      ],
    })
  }

  get running(): TransferHostProcess {
    if (this.host === undefined) throw new Error('no host runs')
    return this.host
  }

  async drop(...paths: string[]): Promise<void> {
    const scanId = ulid() as ScanId
    await this.running.call.scan({ scanId, paths })
    await this.running.call.send({
      scanId,
      destination: {
        connectionId: this.connectionId,
        placeId: ulid() as PlaceId,
        path: ['Samples', 'Uploads'],
      },
      remote: this.place,
    })
  }

  /** SIGKILL, and a look at what the host left in its database. */
  async kill(): Promise<Snapshot> {
    await this.running.kill()
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
    return { states, parts: new Set(parts) }
  }

  async transfers(): Promise<readonly Transfer[]> {
    return (await this.running.call.list({ offset: 0, limit: 1000, filter: 'all' })).rows
  }

  async isDone(): Promise<boolean> {
    const rows = await this.transfers()
    const failed = rows.find(({ state }) => state === 'failed')
    if (failed !== undefined) throw new Error(await this.report(`${failed.name} failed`))
    return rows.length > 0 && rows.every(({ state }) => state === 'done')
  }

  async untilDone(withinMs = 60_000): Promise<void> {
    const until = Date.now() + withinMs
    while (!(await this.isDone())) {
      if (Date.now() > until) throw new Error(await this.report('not done in time'))
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  async report(what: string): Promise<string> {
    const rows = await this.transfers()
    const states = rows.map(
      ({ name, state, waitReason, failure }) => `${name} ${state} ${waitReason} ${JSON.stringify(failure)}`,
    )
    const logs = this.running.events.flatMap(({ name, payload }) =>
      name === 'log' ? [JSON.stringify(payload)] : [],
    )
    return [what, ...states, ...logs.slice(-20), this.running.errorText()].join('\n')
  }

  /** Names of the objects in the bucket and the SHA-256 of each. */
  async objects(): Promise<{ name: string; sha256: string }[]> {
    const bucket = this.studio.storage.bucket
    const { s3 } = this
    const listed = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'station-1/' }))
    const found: { name: string; sha256: string }[] = []
    for (const { Key = '' } of listed.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array()
      found.push({
        name: Key.split('/').slice(2).join('/'),
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })
    }
    s3.destroy()
    return found
  }

  async uploadsLeft(): Promise<number> {
    const { s3 } = this
    const { Uploads } = await s3.send(
      new ListMultipartUploadsCommand({ Bucket: this.studio.storage.bucket, Prefix: 'station-1/' }),
    )
    s3.destroy()
    return Uploads?.length ?? 0
  }

  async assets(): Promise<{ name: string; size: number; mediaType: string }[]> {
    const { workspaceId, productionId } = this.place
    const url = `${this.studio.address}/workspaces/${workspaceId}/productions/${productionId}/assets?limit=1000`
    const reply = await fetch(url, { headers: { authorization: `Bearer ${this.studio.token}` } })
    const body = (await reply.json()) as {
      data: { file_name: string; file_type: string; size: number; mimetype: string }[]
    }
    return body.data.map(({ file_name, file_type, size, mimetype }) => ({
      name: file_name.endsWith(`.${file_type}`) ? file_name : `${file_name}.${file_type}`,
      size,
      mediaType: mimetype,
    }))
  }

  async dispose(): Promise<void> {
    await this.host?.kill()
    await this.studio.dispose()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
