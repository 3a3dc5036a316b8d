import { randomBytes } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { monotonicFactory } from 'ulid'
import { AppError } from '../shared/errors.ts'
import { type Port, serve } from '../shared/rpc.ts'
import { createCandidioClient } from './connectors/candidio/client.ts'
import { createCandidioTarget } from './connectors/candidio/upload.ts'
import { candidioAccessSchema } from './connectors/candidio/wire.ts'
import { createIconikClient } from './connectors/iconik/client.ts'
import { createIconikTarget } from './connectors/iconik/upload.ts'
import { iconikAccessSchema } from './connectors/iconik/wireAccess.ts'
import { createHostedEngine } from './hostedEngine.ts'
import { redact } from './log/redact.ts'
import { openDatabase } from './store/database.ts'
import { transferMigrations } from './store/transferMigrations.ts'
import { systemClock } from './transfers/clock.ts'
import { createEngine } from './transfers/engine.ts'
import { type ConnectionAccess, hostCalls, type hostEvents } from './transfers/hostContract.ts'
import { createS3ObjectStore } from './transfers/s3ObjectStore.ts'
import type { UploadTarget } from './transfers/uploadTarget.ts'

/** Electron's parent port; absent in a plain Node child, which has an IPC channel instead. */
interface ElectronParentPort {
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void
  postMessage(message: unknown): void
}

const backupMs = 3_600_000
const exitMs = 50

function parentPort(): Port {
  const electron = (process as { parentPort?: ElectronParentPort }).parentPort
  if (electron !== undefined)
    return {
      post: (message) => electron.postMessage(message),
      listen: (listener) => electron.on('message', ({ data }) => listener(data)),
    }
  return {
    post: (message) => {
      // The parent may be gone before the last answer; there is nobody left to tell.
      if (process.connected) process.send?.(message, undefined, {}, () => undefined)
    },
    listen: (listener) => process.on('message', listener),
  }
}

function openTarget(access: ConnectionAccess): UploadTarget {
  if (access.provider === 'candidio')
    return createCandidioTarget(
      createCandidioClient({ access: candidioAccessSchema.parse(access.api), fetch, clock: systemClock }),
    )
  if (access.provider === 'iconik') {
    const own = iconikAccessSchema.parse(access.api)
    return createIconikTarget(createIconikClient({ access: own, fetch, clock: systemClock }), own.address)
  }
  throw new AppError('request.invalid', { provider: access.provider })
}

/** Runs the engine over `transfers.db` in a folder, for the process at the other end of the port. */
function main(folder: string): void {
  const port = parentPort()
  const hosted = createHostedEngine({
    clock: systemClock,
    open() {
      mkdirSync(folder, { recursive: true })
      const file = join(folder, 'transfers.db')
      return openDatabase({ file, migrations: transferMigrations, exclusive: true })
    },
    start: (database) =>
      createEngine({
        database,
        clock: systemClock,
        random: Math.random,
        newId: monotonicFactory(),
        newToken: () => randomBytes(16).toString('hex'),
        openStore: (access, limit) => createS3ObjectStore({ access, limit, clock: systemClock }),
        openTarget,
        tell: (event, payload) => tell(event, clean(event, payload)),
      }),
    tell: (event, payload) => tell(event, payload),
    report: (error) => tell('log', { level: 'error', text: redact(`transfers.db: ${textOf(error)}`) }),
  })
  const stop = async () => {
    await hosted.calls.stop()
    // The answer gets out first.
    setTimeout(() => process.exit(0), exitMs)
  }
  const calls = { ...hosted.calls, stop }
  const tell = serve<typeof hostCalls, typeof hostEvents>(port, hostCalls, calls, (error, name) => {
    if (error instanceof AppError && error.cause === undefined) return
    tell('log', { level: 'error', text: redact(`${name}: ${textOf(error)}`) })
  })
  hosted.begin()
  const backups = setInterval(() => {
    hosted.database?.backup().catch((error: unknown) => {
      tell('log', { level: 'warn', text: redact(`No backup could be written: ${textOf(error)}`) })
    })
  }, backupMs)
  backups.unref()
  process.on('disconnect', () => void stop().catch(() => process.exit(1)))
}

function clean<P>(event: string, payload: P): P {
  if (event !== 'log') return payload
  const line = payload as { level: string; text: string }
  return { ...line, text: redact(line.text) } as P
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const cause = error.cause === undefined ? '' : `\ncaused by ${textOf(error.cause)}`
  return `${error.stack ?? error.message}${cause}`
}

const [, , folder] = process.argv
if (folder === undefined) throw new Error('the transfer host needs the folder of its database')
main(folder)
