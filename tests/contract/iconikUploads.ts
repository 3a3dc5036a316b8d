/** An engine that sends to an iconik studio over real sockets, and a look at what came of it. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { ListMultipartUploadsCommand } from '@aws-sdk/client-s3'
import { ulid } from 'ulid'
import { createIconikClient } from '../../src/main/connectors/iconik/client.ts'
import { createIconikTarget } from '../../src/main/connectors/iconik/upload.ts'
import { openDatabase } from '../../src/main/store/database.ts'
import { transferMigrations } from '../../src/main/store/transferMigrations.ts'
import { type Clock, systemClock } from '../../src/main/transfers/clock.ts'
import { createEngine } from '../../src/main/transfers/engine.ts'
import type { HostCalls } from '../../src/main/transfers/hostContract.ts'
import { createSignedHttp } from '../../src/main/transfers/signedHttp.ts'
import type { ConnectionId, PlaceId, ScanId } from '../../src/shared/ids.ts'
import type { Handlers } from '../../src/shared/rpc.ts'
import type { Transfer } from '../../src/shared/transfer.ts'
import { IconikClient } from '../fakes/iconikClient.ts'
import { s3ClientOf } from '../fakes/studioClient.ts'
import { type StudioProcess, type StudioProcessOptions, startStudio } from '../fakes/studioProcess.ts'

const MiB = 2 ** 20
/** The real time, in which nobody waits long. */
const hasty: Clock = { ...systemClock, wait: (ms, signal) => systemClock.wait(Math.min(ms, 25), signal) }

/** An asset as the service has it, with what lies in it. */
export interface SentAsset {
  readonly id: string
  readonly title: string
  readonly folder: string
  readonly versions: readonly { readonly id: string }[]
  readonly formats: readonly unknown[]
  readonly fileSets: readonly unknown[]
  readonly files: readonly {
    readonly status: string
    readonly size: number
    readonly version_id: string
    readonly sha256: string
  }[]
  readonly jobs: readonly {
    readonly type: string
    readonly status: string
    readonly error_message?: string
  }[]
}

/** What is asked of an engine, in this process or in one of its own. */
type UploadCalls = Pick<Handlers<HostCalls>, 'configure' | 'scan' | 'send' | 'list' | 'cancel' | 'clear'>
type Rows = { objects: Record<string, unknown>[] }

export class UploadStation {
  readonly folder = mkdtempSync(join(tmpdir(), 'rushes-upload-'))
  studio: StudioProcess
  readonly api: IconikClient
  readonly collectionId: string
  readonly connectionId = ulid() as ConnectionId
  /** What every drop says besides its files. */
  sendMore: Partial<Parameters<UploadCalls['send']>[0]> = {}
  /** Told of every request, its answer not handed on yet. */
  onAnswer: (() => void) | undefined
  token: string
  protected running: { readonly calls: UploadCalls; kill(): void | Promise<void> } | undefined

  constructor(studio: StudioProcess, collectionId: string) {
    this.studio = studio
    this.api = new IconikClient(studio)
    this.token = studio.iconik.token
    this.collectionId = collectionId
  }

  static async open(options: StudioProcessOptions = {}): Promise<UploadStation> {
    const studio = await startStudio(options)
    return new UploadStation(studio, (await studio.seedIconik('Uploads', 0)).collectionId)
  }

  get calls(): UploadCalls {
    if (this.running === undefined) throw new Error('no engine runs')
    return this.running.calls
  }

  /** A file, and the SHA-256 of what is in it. */
  write(name: string, bytes: Buffer): string {
    const path = join(this.folder, 'card', name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    return path
  }

  async start(): Promise<void> {
    const database = openDatabase({
      file: join(this.folder, 'transfers.db'),
      migrations: transferMigrations,
      exclusive: true,
    })
    const { address } = this.studio.iconik
    const engine = createEngine({
      database,
      clock: hasty,
      random: Math.random,
      newId: ulid,
      newToken: ulid,
      openStore: () => {
        throw new Error('there is no bucket of our own')
      },
      openTarget: () => {
        const access = { address, appId: this.studio.iconik.appId, token: this.token }
        const fetch: typeof globalThis.fetch = async (...request) => {
          const answer = await globalThis.fetch(...request)
          this.onAnswer?.()
          return answer
        }
        return createIconikTarget(createIconikClient({ access, fetch, clock: hasty }), address)
      },
      openSigned: (limit) => {
        const http = createSignedHttp(limit)
        return {
          ...http,
          send: async (request, signal) => {
            const answer = await http.send(request, signal)
            this.onAnswer?.()
            return answer
          },
        }
      },
      sizes: { partSize: 5 * MiB, smallFile: 5 * MiB },
      tell: () => undefined,
    })
    this.running = {
      calls: engine.calls,
      kill() {
        engine.kill()
        database.db.close()
      },
    }
    await this.connect()
  }

  async connect(): Promise<void> {
    const { connectionId, token } = this
    const { address, appId } = this.studio.iconik
    const api = { address, appId, token }
    const connections = [{ connectionId, provider: 'iconik', api, storage: null } as const]
    await this.calls.configure({ installationId: 'station-1', connections, uploadLimit: 0 })
  }

  /** Ends the engine as a kill would: nothing more is written or sent. */
  async kill(): Promise<void> {
    const { running } = this
    this.running = undefined
    await running?.kill()
  }

  async drop(...paths: string[]): Promise<void> {
    const scanId = ulid() as ScanId
    await this.calls.scan({ scanId, paths })
    const { connectionId } = this
    await this.calls.send({
      scanId,
      destination: { connectionId, placeId: ulid() as PlaceId, path: ['Studio', 'Uploads'], versionOf: null },
      remote: {
        domainId: this.studio.iconik.systemDomainId,
        collectionId: this.collectionId,
        storageId: null,
      },
      ...this.sendMore,
    })
  }

  async transfers(): Promise<readonly Transfer[]> {
    return (await this.calls.list({ offset: 0, limit: 1000, filter: 'all' })).rows
  }

  async until(isSo: () => boolean | Promise<boolean>, what = 'the condition'): Promise<void> {
    const last = Date.now() + 30_000
    while (!(await isSo())) {
      if (Date.now() > last) {
        const rows = this.running === undefined ? [] : await this.transfers()
        const states = rows.map(({ name, state, failure }) => `${name} ${state} ${JSON.stringify(failure)}`)
        throw new Error(`${what} did not come: ${states.join(', ')}; ${this.studio.problems.join('\n')}`)
      }
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  async untilAll(...states: Transfer['state'][]): Promise<void> {
    const isSo = async () => (await this.transfers()).every(({ state }) => states.includes(state))
    await this.until(isSo, `all ${states.join(' or ')}`)
  }

  async rows(path: string): Promise<Record<string, unknown>[]> {
    const { status, body } = await this.api.ask('GET', path)
    if (status === 429) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      return this.rows(path)
    }
    if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`)
    return (body as Rows).objects
  }

  /** Paths of all collections below the one that files are sent to, its own being empty. */
  async collections(parent = this.collectionId, path = ''): Promise<{ id: string; path: string }[]> {
    const rows = await this.rows(
      `assets/v1/collections/${parent}/contents/?object_types=collections&per_page=100`,
    )
    const below = rows.map(({ id, title }) => this.collections(String(id), `${path}/${title}`))
    return [{ id: parent, path }, ...(await Promise.all(below)).flat()]
  }

  /** All that was sent, or what has this title. */
  async assets(title?: string): Promise<SentAsset[]> {
    const found: SentAsset[] = []
    for (const { id, path } of await this.collections()) {
      const rows = await this.rows(`assets/v1/collections/${id}/contents/?object_types=assets&per_page=100`)
      for (const row of rows)
        if (title === undefined || row['title'] === title)
          found.push(await this.asset(String(row['id']), path))
    }
    return found
  }

  async asset(id: string, folder = ''): Promise<SentAsset> {
    const { body } = await this.api.ask('GET', `assets/v1/assets/${id}/`)
    const { title, versions } = body as { title: string; versions: { id: string }[] }
    const all = (what: string) => this.rows(`files/v1/assets/${id}/${what}`)
    const jobs = await this.rows(`jobs/v1/jobs/?object_id=${id}&per_page=100`)
    const files = (await this.versionFiles(id, versions)) as SentAsset['files']
    const formats = await all('formats/?include_all_versions=true&per_page=100')
    const fileSets = (
      await Promise.all(versions.map((version) => all(`versions/${version.id}/file_sets/?per_page=100`)))
    ).flat()
    return {
      id,
      title,
      folder,
      versions,
      formats,
      fileSets,
      files,
      jobs: jobs as unknown as SentAsset['jobs'],
    }
  }

  private async versionFiles(id: string, versions: readonly { readonly id: string }[]): Promise<object[]> {
    const files: object[] = []
    for (const version of versions) {
      for (const row of await this.rows(`files/v1/assets/${id}/versions/${version.id}/files/?per_page=100`)) {
        const isThere = row['status'] === 'CLOSED'
        const bytes = isThere ? await (await fetch(String(row['url']))).arrayBuffer() : new ArrayBuffer(0)
        files.push({ ...row, sha256: sha256(Buffer.from(bytes)) })
      }
    }
    return files
  }

  /** The studio, after a kill, on the same folder, port and keys. */
  async revive(): Promise<void> {
    this.studio = await this.studio.restart()
  }

  async openUploads(): Promise<number> {
    const s3 = s3ClientOf(this.studio)
    const { Uploads } = await s3.send(new ListMultipartUploadsCommand({ Bucket: this.studio.storage.bucket }))
    s3.destroy()
    return Uploads?.length ?? 0
  }

  async dispose(): Promise<void> {
    this.onAnswer = undefined
    await this.kill()
    await this.studio.dispose()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
