/** What a Linux machine must bring: the libraries Electron opens, a display, a compiler. Installed when we may, else named. */
import { existsSync, readFileSync } from 'node:fs'
import { run } from './command.mjs'
import { isRoot } from './paths.mjs'
import { SetupProblem, say, timed } from './say.mjs'

/** @typedef {'libraries' | 'display' | 'compiler' | 'keyStore'} Need */

/** @type {Record<Need, readonly string[]>} */
const packagesFor = {
  libraries: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libxss1', 'libatk-bridge2.0-0'],
  display: ['xvfb'],
  compiler: ['gcc', 'g++', 'libc6-dev'],
  keyStore: ['dbus', 'gnome-keyring'],
}

/** @type {Record<Need, string>} */
const wordsFor = {
  libraries: 'system libraries that Electron opens',
  display: 'Xvfb, a display without a screen',
  compiler: 'gcc and g++ (the SQLite addon is compiled for this older Node)',
  keyStore: 'dbus and gnome-keyring (tests of the key store)',
}

/** @param {string} program */
export function isOnPath(program) {
  return (process.env['PATH'] ?? '').split(':').some((folder) => folder && existsSync(`${folder}/${program}`))
}

/** @param {string} lddOutput @returns {string[]} the libraries that were not found */
export function missingLibraries(lddOutput) {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? '')
}

/** @param {string} electronPath */
async function lacksLibraries(electronPath) {
  const outcome = await run('ldd', [electronPath], { timeoutMs: 20_000 })
  return missingLibraries(outcome.stdout).length > 0
}

/**
 * @param {{ electronPath?: string, needsDisplay: boolean, needsCompiler: boolean, needsKeyStore: boolean }} wanted
 * @returns {Promise<Need[]>} what this machine lacks of it
 */
export async function missingNeeds(wanted) {
  /** @type {[Need, boolean][]} */
  const found = [
    ['libraries', wanted.electronPath !== undefined && (await lacksLibraries(wanted.electronPath))],
    ['display', wanted.needsDisplay && !isOnPath('Xvfb')],
    ['compiler', wanted.needsCompiler && !(isOnPath('gcc') && isOnPath('g++'))],
    ['keyStore', wanted.needsKeyStore && !(isOnPath('dbus-run-session') && isOnPath('gnome-keyring-daemon'))],
  ]
  return found.filter(([, isMissing]) => isMissing).map(([need]) => need)
}

function isDebianFamily() {
  if (!existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

/**
 * Debian 13 and Ubuntu 24.04 renamed some libraries (…t64).
 * @param {readonly string[]} names
 */
async function currentNames(names) {
  const outcome = await run('apt-cache', ['pkgnames', 'lib'], { timeoutMs: 60_000 })
  const known = new Set(outcome.stdout.split('\n'))
  return names.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name))
}

/** @param {string[]} args */
async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return run('apt-get', ['-o', 'DPkg::Lock::Timeout=120', ...args], { env, timeoutMs: 15 * 60_000 })
}

/**
 * Installs what is missing when root on Debian or Ubuntu; otherwise fails with the one command to run.
 * @param {readonly Need[]} needs
 */
export async function installNeeds(needs) {
  if (needs.length === 0) return
  const words = needs.map((need) => wordsFor[need]).join('; ')
  if (!isDebianFamily()) {
    throw new SetupProblem(
      `Missing on this machine: ${words}.\nInstall what your distribution calls it, then start again.`,
    )
  }
  const wanted = needs.flatMap((need) => packagesFor[need])
  if (!isRoot) {
    const names = await currentNames(wanted)
    throw new SetupProblem(
      `Missing on this machine: ${words}.\nRun this, then start again:\n\n  sudo apt-get install -y ${names.join(' ')}`,
    )
  }
  say(`  Missing: ${words}`)
  await timed(`Installing ${wanted.join(' ')}`, async () => {
    const updated = await apt(['update'])
    const outcome = await apt(['install', '-y', '--no-install-recommends', ...(await currentNames(wanted))])
    if (outcome.code === 0) return
    const why = `${updated.code === 0 ? '' : updated.stderr}${outcome.stderr}`
    throw new SetupProblem(`apt-get could not install them:\n${why.trim()}`)
  })
}
