/** What must hold when everything a test sent has arrived: each file whole, once, under its own name and type. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { z } from 'zod'
import type { Asset } from '../../src/shared/place.ts'
import { assetSchema } from '../../src/shared/place.ts'
import type { Transfer, TransferFilter } from '../../src/shared/transfer.ts'
import { transferSchema, transferSummarySchema } from '../../src/shared/transfer.ts'
import { ask } from './actor.ts'
import type { LaunchedApp } from './launch.ts'
import { expect } from './launch.ts'

type Window = LaunchedApp['window']

/** A file as it was made. */
export interface Source {
  readonly path: string
  /** Folders from the dropped one down, and the name. */
  readonly place: readonly string[]
  readonly bytes: number
  readonly sha256: string
  readonly mediaType: string
}

const pageOfTransfers = z.object({ rows: z.array(transferSchema), total: z.number() })
const pageOfAssets = z.object({ rows: z.array(assetSchema), total: z.number() })
const pageSize = 500

export const placeOf = ({ folders, name }: Pick<Transfer, 'folders' | 'name'>) =>
  JSON.stringify([...folders, name])

export async function summary(window: Window) {
  return transferSummarySchema.parse(await ask(window, 'transfers.summary'))
}

async function allPages<T>(read: (offset: number) => Promise<{ rows: T[]; total: number }>): Promise<T[]> {
  const rows: T[] = []
  for (;;) {
    const page = await read(rows.length)
    rows.push(...page.rows)
    if (page.rows.length === 0 || rows.length >= page.total) return rows
  }
}

function transfersOf(window: Window, filter: TransferFilter): Promise<Transfer[]> {
  return allPages(async (offset) =>
    pageOfTransfers.parse(await ask(window, 'transfers.list', { offset, limit: pageSize, filter })),
  )
}

export const allTransfers = (window: Window) => transfersOf(window, 'all')

/** Those that are not done, however many are; one that starts meanwhile is there once. */
export async function openTransfers(window: Window): Promise<Transfer[]> {
  const waiting = await transfersOf(window, 'waiting')
  const moving = await transfersOf(window, 'moving')
  return [...new Map([...waiting, ...moving].map((transfer) => [transfer.id, transfer])).values()]
}

function allAssets(window: Window, placeId: string): Promise<Asset[]> {
  return allPages(async (offset) =>
    pageOfAssets.parse(
      await ask(window, 'assets.list', { placeId, offset, limit: pageSize, sort: 'name', filter: {} }),
    ),
  )
}

/** Waits until so many transfers are done and nothing else is left; any that stopped for good ends the wait. */
export async function untilDone(window: Window, count: number, timeout: number): Promise<void> {
  const state = async () => {
    const { total, done, failed } = await summary(window)
    return failed > 0 ? 'failed' : `${done} of ${total}`
  }
  await expect
    .poll(async () => ['failed', `${count} of ${count}`].includes(await state()), { timeout })
    .toBe(true)
  expect(await state()).toBe(`${count} of ${count}`)
}

/** SHA-256 of what the store gives back, through the player's own door. */
function storedSha256(window: Window, urls: readonly string[]): Promise<string[]> {
  return window.evaluate(async (addresses) => {
    const found: string[] = []
    const left = addresses.map((address, index) => ({ address, index }))
    const work = async () => {
      for (let next = left.shift(); next !== undefined; next = left.shift()) {
        const reply = await fetch(next.address)
        if (!reply.ok) throw new Error(`${next.address} answered ${reply.status}`)
        const hash = await crypto.subtle.digest('SHA-256', await reply.arrayBuffer())
        found[next.index] = [...new Uint8Array(hash)]
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join('')
      }
    }
    await Promise.all([work(), work(), work(), work()])
    return found
  }, urls)
}

/** Where the player gets its bytes from. */
export const playUrl = ({ connectionId, latestVersionId }: Asset) =>
  `media://${connectionId.toLowerCase()}/version/${latestVersionId}/play`

/** The assets of the place that all these went to, as soon as it holds as many. */
export async function arrivedAssets(window: Window, transfers: readonly Transfer[]): Promise<Asset[]> {
  const placeId = transfers[0]?.destination.placeId ?? ''
  await expect
    .poll(async () => (await allAssets(window, placeId)).length, { timeout: 60_000 })
    .toBe(transfers.length)
  return allAssets(window, placeId)
}

/**
 * Every source has one transfer, and one asset with its name, size, type and bytes; the place holds no other. The
 * production must be open, so that the library reads it.
 */
export async function expectArrived(window: Window, sources: readonly Source[]): Promise<void> {
  const transfers = await allTransfers(window)
  expect(transfers.map(placeOf).sort()).toEqual(sources.map(({ place }) => JSON.stringify(place)).sort())
  const assets = await arrivedAssets(window, transfers)
  const stored = await storedSha256(window, assets.map(playUrl))
  const found = assets.map(({ name, bytes, mediaType }, index) =>
    JSON.stringify([name, bytes, mediaType, stored[index]]),
  )
  const wanted = sources.map(({ place, bytes, mediaType, sha256 }) =>
    JSON.stringify([place.at(-1), bytes, mediaType, sha256]),
  )
  expect(found.sort()).toEqual(wanted.sort())
}

const partRows = z.array(z.object({ upload_id: z.string(), n: z.number() }))

/** What an app that is gone has left in its database. The files themselves stay as they are. */
export function leftBehind(userData: string) {
  const folder = mkdtempSync(join(tmpdir(), 'rushes-left-'))
  try {
    for (const name of ['transfers.db', 'transfers.db-wal'])
      if (existsSync(join(userData, name))) cpSync(join(userData, name), join(folder, name))
    const addon = process.env['RUSHES_SQLITE_ADDON']
    const db = new Database(join(folder, 'transfers.db'), addon === undefined ? {} : { nativeBinding: addon })
    const parts = partRows.parse(
      db
        .prepare(
          `SELECT t.upload_id, p.n FROM part p JOIN transfer t ON t.id = p.transfer_id
           WHERE t.upload_id IS NOT NULL`,
        )
        .all(),
    )
    const states = z.array(z.string()).parse(db.prepare('SELECT state FROM transfer').pluck().all())
    const registered = z
      .array(z.string().nullable())
      .parse(db.prepare("SELECT remote_id FROM step WHERE name = 'registerAsset'").pluck().all())
    const isSound = db.pragma('integrity_check', { simple: true }) === 'ok'
    db.close()
    return { parts: new Set(parts.map((part) => `${part.upload_id}/${part.n}`)), states, registered, isSound }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
