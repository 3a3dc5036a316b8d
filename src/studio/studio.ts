import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { accountsFor } from './candidio/accounts.ts'
import { createApi } from './candidio/app.ts'
import { Mailbox } from './candidio/mailbox.ts'
import { Records } from './candidio/resource.ts'
import { resources } from './candidio/resources/index.ts'
import { ApiRows } from './candidio/rows.ts'
import type { StudioAccess, StudioFault, StudioKeys } from './control.ts'
import { openDatabase, type StudioDatabase } from './database.ts'
import type { Exchange } from './http/exchange.ts'
import { Faults } from './http/faults.ts'
import { RequestLog } from './http/requestLog.ts'
import { startServer } from './http/server.ts'
import { Throttle } from './http/throttle.ts'
import { Blobs } from './s3/blobs.ts'
import { handleS3 } from './s3/handler.ts'
import { ObjectStore } from './s3/objectStore.ts'
import { objectUrls } from './s3/presign.ts'
import { StoreRows } from './s3/storeRows.ts'
import { addSamples, seedProduction } from './samples.ts'

const bucket = 'upload.candidio.com'
const region = 'us-east-1'
const linkSeconds = 15 * 60

export interface StudioOptions {
  readonly folder: string
  readonly samplesFolder: string | null
  readonly throttleBytesPerSecond?: number | undefined
  readonly port?: number | undefined
  readonly keys?: StudioKeys | undefined
  readonly now?: () => number
  readonly report: (error: unknown) => void
}

export interface Studio {
  readonly access: StudioAccess
  stop(): Promise<void>
  seed(production: string, assets: number): { workspaceId: string; productionId: string }
  throttle(bytesPerSecond: number | null): void
  fault(fault: StudioFault): void
}

/** Letters and digits only, like the tokens in the service's documents. */
function randomText(length: number): string {
  let text = ''
  while (text.length < length) text += randomBytes(length).toString('base64').replace(/[+/=]/g, '')
  return text.slice(0, length)
}

function freshKeys(): StudioKeys {
  return {
    token: randomText(40),
    adminToken: randomText(40),
    accessKeyId: randomText(20).toUpperCase(),
    secretAccessKey: randomText(40),
  }
}

/** Opens the folder, repairs what a crash left half done, adds the samples once, and listens. */
export async function openStudio(options: StudioOptions): Promise<Studio> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const database = openDatabase(join(options.folder, 'studio.db'))
  const log = new RequestLog(join(options.folder, 'requests.jsonl'))
  try {
    return await listening(options, database, log)
  } catch (error) {
    log.close()
    database.close()
    throw error
  }
}

async function listening(
  { folder, report, samplesFolder, ...options }: StudioOptions,
  database: StudioDatabase,
  log: RequestLog,
): Promise<Studio> {
  const now = options.now ?? Date.now
  const keys = options.keys ?? freshKeys()
  const throttle = new Throttle(options.throttleBytesPerSecond ?? null)
  const faults = new Faults()
  const store = new ObjectStore(bucket, new StoreRows(database), new Blobs(join(folder, 'store')), now)
  await store.open()
  const rows = new ApiRows(database, now)
  const viewers = accountsFor(rows, keys)
  if (samplesFolder !== null) await addSamples(rows, store, samplesFolder)

  const s3Keys = { region, accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey }
  let endpoint = ''
  const api = createApi({
    api: {
      records: new Records(resources, rows),
      store,
      mailbox: new Mailbox(rows, join(folder, 'mail.jsonl')),
      now,
    },
    viewers,
    faults,
    links: () => objectUrls(endpoint, s3Keys, now(), linkSeconds),
    report,
  })
  const s3 = (exchange: Exchange) => handleS3(exchange, { store, keys: s3Keys, faults, now, report })
  const server = await startServer(options.port ?? 0, { api, s3 }, { throttle, log, report })
  endpoint = `http://127.0.0.1:${server.port}`
  const { token, adminToken, accessKeyId, secretAccessKey } = keys
  return {
    access: {
      address: `${endpoint}/v1`,
      token,
      adminToken,
      storage: { endpoint, region, bucket, forcePathStyle: true, accessKeyId, secretAccessKey },
      pid: process.pid,
    },
    async stop() {
      await server.stop()
      log.close()
      database.close()
    },
    seed: (production, assets) => seedProduction(rows, store, production, assets),
    throttle: (bytesPerSecond) => throttle.set(bytesPerSecond),
    fault: (fault) => faults.plan(fault),
  }
}
