import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { accountsFor } from './candidio/accounts.ts'
import { createApi } from './candidio/app.ts'
import { Mailbox } from './candidio/mailbox.ts'
import { Records } from './candidio/resource.ts'
import { resources } from './candidio/resources/index.ts'
import { ApiRows } from './candidio/rows.ts'
import type { StudioAccess, StudioFault, StudioIconikKeys, StudioKeys } from './control.ts'
import { openDatabase, type StudioDatabase } from './database.ts'
import type { Exchange } from './http/exchange.ts'
import { Faults } from './http/faults.ts'
import { RateWindow } from './http/rateWindow.ts'
import { Recording } from './http/recording.ts'
import { RequestLog } from './http/requestLog.ts'
import { startServer } from './http/server.ts'
import { Throttle } from './http/throttle.ts'
import { openAccounts } from './iconik/accounts.ts'
import { createIconikApi } from './iconik/app.ts'
import { JobWorker } from './iconik/jobs/jobWorker.ts'
import { openStorages } from './iconik/media/storageRows.ts'
import { addIconikSamples } from './iconik/samples/samples.ts'
import { type Seeded, type SeedWanted, seedCollection } from './iconik/seed.ts'
import { Tokens } from './iconik/tokens.ts'
import { Outbox } from './outbox.ts'
import { Blobs } from './s3/blobs.ts'
import { handleS3 } from './s3/handler.ts'
import { ObjectStore } from './s3/objectStore.ts'
import { readingUrls, requestUrls } from './s3/presign.ts'
import { StoreRows } from './s3/storeRows.ts'
import { addSamples, seedProduction } from './samples.ts'
import { SqlRows } from './sqlRows.ts'

const bucket = 'upload.candidio.com'
const region = 'us-east-1'
const defaultLinkSeconds = 15 * 60

export interface StudioOptions {
  readonly folder: string
  readonly samplesFolder: string | null
  readonly throttleBytesPerSecond?: number | undefined
  readonly port?: number | undefined
  readonly keys?: StudioKeys | undefined
  readonly linkSeconds?: number | undefined
  readonly recordExchanges?: string | undefined
  readonly now?: () => number
  readonly report: (error: unknown) => void
}

export interface Studio {
  readonly access: StudioAccess
  stop(): Promise<void>
  seed(production: string, assets: number): { workspaceId: string; productionId: string }
  seedIconik(wanted: SeedWanted): Seeded
  throttle(bytesPerSecond: number | null): void
  linksLive(seconds: number): void
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

/** The service's bound: 1000 requests in any 20 seconds, for each token. */
const requestsPerWindow = 1000
const windowMs = 20_000

function freshIconikKeys(): StudioIconikKeys {
  return {
    appId: randomUUID(),
    token: randomText(64),
    limitedToken: randomText(64),
    password: randomText(16),
    otp: String(randomInt(1_000_000)).padStart(6, '0'),
  }
}

/** Opens the folder, repairs what a crash left half done, adds the samples once, and listens. */
export async function openStudio(options: StudioOptions): Promise<Studio> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const database = openDatabase(join(options.folder, 'studio.db'))
  const log = new RequestLog(join(options.folder, 'requests.jsonl'))
  const recording = options.recordExchanges === undefined ? undefined : new Recording(options.recordExchanges)
  try {
    return await listening(options, database, log, recording)
  } catch (error) {
    recording?.close()
    log.close()
    database.close()
    throw error
  }
}

async function listening(
  { folder, report, samplesFolder, ...options }: StudioOptions,
  database: StudioDatabase,
  log: RequestLog,
  recording: Recording | undefined,
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
  let linkSeconds = options.linkSeconds ?? defaultLinkSeconds
  const links = () => requestUrls(endpoint, s3Keys, now(), linkSeconds)
  const outbox = new Outbox(join(folder, 'mail.jsonl'))
  const candidio = createApi({
    api: { records: new Records(resources, rows), store, mailbox: new Mailbox(rows, outbox), now },
    ...{ viewers, faults, links: () => readingUrls(links()), report },
  })

  const iconikRows = new SqlRows(database, now)
  const worker = new JobWorker({ rows: iconikRows, store, now, report })
  const iconikKeys = keys.iconik ?? freshIconikKeys()
  const { otp } = iconikKeys
  const iconikApi = { rows: iconikRows, store, tokens: new Tokens(iconikRows), outbox, otp, now, worker }
  openStorages(iconikRows, bucket)
  const iconikAccess = await openAccounts(iconikApi, iconikKeys)
  if (samplesFolder !== null && (await addIconikSamples(iconikApi, samplesFolder))) {
    // Whoever looks first shall find the pictures.
    worker.wake()
    await worker.settled()
  }
  const iconik = createIconikApi({
    api: iconikApi,
    window: new RateWindow(requestsPerWindow, windowMs, now),
    origin: () => endpoint,
    ...{ faults, links, recording, report },
  })

  const s3 = (exchange: Exchange) => handleS3(exchange, { store, keys: s3Keys, faults, now, report })
  const server = await startServer(options.port ?? 0, { candidio, iconik, s3 }, { throttle, log, report })
  endpoint = `http://127.0.0.1:${server.port}`
  worker.wake()
  const { token, adminToken, accessKeyId, secretAccessKey } = keys
  return {
    access: {
      address: `${endpoint}/v1`,
      token,
      adminToken,
      iconik: { ...iconikAccess, address: endpoint },
      storage: { endpoint, region, bucket, forcePathStyle: true, accessKeyId, secretAccessKey },
      pid: process.pid,
    },
    async stop() {
      await server.stop()
      await worker.stop()
      recording?.close()
      log.close()
      database.close()
    },
    seed: (production, assets) => seedProduction(rows, store, production, assets),
    seedIconik: (wanted) => seedCollection(iconikApi, wanted),
    throttle: (bytesPerSecond) => throttle.set(bytesPerSecond),
    linksLive: (seconds) => {
      linkSeconds = seconds
    },
    fault: (fault) => faults.plan(fault),
  }
}
