/** A display without a screen (Xvfb) for the length of one command, closed to other users of the machine. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { lchownSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isOnPath } from './debian.mjs'
import { SetupProblem } from './say.mjs'

/** @typedef {{ env: Record<string, string>, stop(): Promise<void> }} Display */

const startMs = 20_000

/** @param {Buffer} value @returns {Buffer} as the X authority file counts it: length, then bytes */
function counted(value) {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(value.length)
  return Buffer.concat([length, value])
}

/** One entry for any host and any display number. @param {Buffer} cookie of 16 bytes */
export function authorityFile(cookie) {
  const anyHost = Buffer.from([0xff, 0xff])
  const none = Buffer.alloc(0)
  return Buffer.concat([anyHost, ...[none, none, Buffer.from('MIT-MAGIC-COOKIE-1'), cookie].map(counted)])
}

/** The kernel stops it when we are killed; without setpriv it would be left behind. @param {string[]} command */
function endingWithUs(command) {
  return isOnPath('setpriv') ? ['setpriv', '--pdeathsig', 'TERM', ...command] : command
}

/**
 * @param {import('./unprivileged.mjs').User} user
 * @param {{ width: number, height: number }} size
 * @returns {Promise<Display>}
 */
export async function startDisplay(user, size) {
  const authority = join(user.folder, `display-${process.pid}`)
  rmSync(authority, { force: true })
  process.once('exit', () => rmSync(authority, { force: true }))
  writeFileSync(authority, authorityFile(randomBytes(16)), { mode: 0o600, flag: 'wx' })
  if (user.as) lchownSync(authority, user.as.uid, user.as.gid)
  const screen = `${size.width}x${size.height}x24`
  const command = ['Xvfb', '-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-auth', authority]
  const [program = '', ...args] = endingWithUs(command)
  const child = spawn(program, args, {
    ...user.as,
    env: user.env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const gone = new Promise((resolve) => child.once('close', resolve))
  const stop = async () => {
    child.kill('SIGTERM')
    await gone
    rmSync(authority, { force: true })
  }
  try {
    const number = await displayNumber(child)
    return { env: { DISPLAY: `:${number}`, XAUTHORITY: authority }, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** @param {import('node:child_process').ChildProcess} child writes the number it chose to its descriptor 3 */
function displayNumber(child) {
  return new Promise((resolve, reject) => {
    let complaint = ''
    child.stderr?.on('data', (data) => {
      complaint += data
    })
    const fail = () => reject(new SetupProblem(`Xvfb does not start.\n${complaint.trim()}`))
    const timer = setTimeout(fail, startMs)
    child.once('error', fail)
    child.once('close', fail)
    let text = ''
    child.stdio[3]?.on('data', (data) => {
      text += data
      if (!text.includes('\n')) return
      clearTimeout(timer)
      resolve(text.trim())
    })
  })
}
