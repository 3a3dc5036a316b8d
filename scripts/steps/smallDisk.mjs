/** A disk of a few MiB for the tests that fill one. Only root may mount; elsewhere those tests say that they were skipped. */
import { mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../setup/command.mjs'
import { isAlive, markOf } from '../setup/processes.mjs'
import { say } from '../setup/say.mjs'

const size = '64m'
const prefix = 'small-disk-'
const options = { timeoutMs: 10_000 }

/** @param {string} path */
async function remove(path) {
  await run('umount', ['--lazy', path], options)
  rmdirSync(path)
}

/** What runs that were killed left mounted. @param {string} folder */
async function sweep(folder) {
  for (const name of readdirSync(folder)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : 0
    if (pid > 0 && !isAlive(markOf(pid))) await remove(join(folder, name))
  }
}

/**
 * @param {import('../setup/unprivileged.mjs').User} user
 * @returns {Promise<{ readonly env: Record<string, string>, remove(): Promise<void> }>}
 */
export async function mountSmallDisk(user) {
  if (process.platform !== 'linux' || user.as === undefined) return { env: {}, remove: async () => undefined }
  await sweep(user.folder)
  const path = join(user.folder, `${prefix}${process.pid}`)
  mkdirSync(path)
  const mode = `size=${size},mode=700,uid=${user.as.uid},gid=${user.as.gid}`
  const { code, stderr } = await run('mount', ['-t', 'tmpfs', '-o', mode, 'rushes', path], {
    ...options,
    output: 'capture',
  })
  if (code === 0) return { env: { RUSHES_SMALL_DISK: path }, remove: () => remove(path) }
  rmdirSync(path)
  say(`No small disk could be mounted: ${stderr.trim()}`)
  return { env: {}, remove: async () => undefined }
}
