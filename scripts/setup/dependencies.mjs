/** Brings node_modules in line with package-lock.json; the stamp is written last, so a killed install is done again. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lastLines, npmCommand, run } from './command.mjs'
import { SetupProblem, timed } from './say.mjs'

/** @typedef {{ version?: string, integrity?: string, link?: boolean, optional?: boolean }} LockedPackage */
/** @typedef {{ packages: Record<string, LockedPackage> }} LockFile */

const installMs = 15 * 60_000

/**
 * What node_modules depends on: the lock file and the machine it was made for.
 * @param {string} lockText
 */
export function installStamp(lockText) {
  const hash = createHash('sha256').update(lockText).digest('hex')
  return `${hash} ${process.platform}-${process.arch}\n`
}

/**
 * True when npm's own record of what it installed names every locked package that is not optional, at the locked version.
 * @param {LockFile} lock
 * @param {LockFile} installed
 */
export function isSameInstall(lock, installed) {
  return Object.entries(lock.packages).every(([path, locked]) => {
    if (path === '') return true
    const found = installed.packages[path]
    if (!found) return locked.optional === true
    return found.version === locked.version && found.integrity === locked.integrity
  })
}

/**
 * An install somebody made with plain npm is taken over instead of being made again.
 * @param {string} root
 * @param {string} lockText
 */
function isInstalledByHand(root, lockText) {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  /** @type {LockFile} */
  const installed = JSON.parse(readFileSync(record, 'utf8'))
  return (
    isSameInstall(JSON.parse(lockText), installed) &&
    Object.keys(installed.packages).every((path) => existsSync(join(root, path, 'package.json')))
  )
}

const stampFile = 'node_modules/.rushes-installed'

/** @param {string} root */
function readLockText(root) {
  return readFileSync(join(root, 'package-lock.json'), 'utf8')
}

/** @param {string} root @returns {boolean} whether the last install was finished for the lock file as it is now */
export function isInstalled(root) {
  const file = join(root, stampFile)
  return existsSync(file) && readFileSync(file, 'utf8') === installStamp(readLockText(root))
}

/**
 * @param {string} root
 * @param {(pid: number) => void} onStart told the process id of npm
 * @returns {Promise<'ready' | 'installed'>}
 */
export async function installDependencies(root, onStart) {
  if (isInstalled(root)) return 'ready'
  const lockText = readLockText(root)
  const writeStamp = () => writeFileSync(join(root, stampFile), installStamp(lockText))
  if (isInstalledByHand(root, lockText)) {
    writeStamp()
    return 'ready'
  }
  await timed('Installing the packages named in package-lock.json', async () => {
    const npm = npmCommand()
    const flags = ['ci', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund']
    const outcome = await run(npm.program, [...npm.args, ...flags], {
      cwd: root,
      timeoutMs: installMs,
      onStart,
    })
    if (outcome.code === 0) return
    const why = outcome.timedOut ? 'It took longer than 15 minutes.' : lastLines(outcome)
    throw new SetupProblem(`npm ci did not finish. Start again once this is put right:\n${why}`)
  })
  writeStamp()
  return 'installed'
}
