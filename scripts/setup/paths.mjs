/** Where this checkout and the cache lie. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout these scripts belong to. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** Small facts about this checkout (locks, stamps); never committed. */
export const stateFolder = join(checkout, '.rushes')

export const isRoot = process.getuid?.() === 0

/**
 * The folder for what is downloaded or compiled once and shared by all checkouts.
 * Root's own home is closed to the unprivileged user who runs the app then, hence /var/cache.
 * @param {Record<string, string | undefined>} [env]
 */
export function cacheFolder(env = process.env) {
  if (env['RUSHES_CACHE']) return resolve(env['RUSHES_CACHE'])
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? homedir(), 'rushes', 'cache')
  if (isRoot && process.platform === 'linux') return '/var/cache/rushes'
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'rushes')
}
