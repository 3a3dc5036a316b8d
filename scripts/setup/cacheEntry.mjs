/** A folder in the cache appears whole or not at all: made under a passing name, renamed at the end. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive, markOf } from './processes.mjs'

const passing = /^\.making-(\d+)-(\d*)-/

/** @param {string} cache removes what killed set-ups left behind */
function sweep(cache) {
  for (const name of readdirSync(cache)) {
    const match = passing.exec(name)
    if (match && !isAlive({ pid: Number(match[1]), startedAt: match[2] ?? '' })) {
      rmSync(join(cache, name), { recursive: true, force: true })
    }
  }
}

/**
 * @param {string} cache
 * @param {string} key names every version the content depends on
 * @param {(folder: string) => Promise<void>} make fills the folder; when it fails nothing stays
 * @returns {Promise<string>} the finished folder
 */
export async function cacheEntry(cache, key, make) {
  const finished = join(cache, key)
  if (existsSync(finished)) return finished
  mkdirSync(cache, { recursive: true, mode: 0o755 })
  sweep(cache)
  const mine = markOf(process.pid)
  const folder = mkdtempSync(join(cache, `.making-${mine.pid}-${mine.startedAt}-`))
  try {
    await make(folder)
    // A passing folder is closed to others; a finished one is read by the user who runs the app.
    chmodSync(folder, 0o755)
    try {
      renameSync(folder, finished)
    } catch (error) {
      // Another checkout finished the same entry first: its content is as good as ours.
      if (!existsSync(finished)) throw error
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return finished
}
