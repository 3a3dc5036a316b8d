/**
 * Makes this checkout ready to run: packages, Electron, the SQLite addon, what Linux must bring.
 * May be interrupted and repeated at any point.
 *
 *   node scripts/setup.mjs [--print] [--again]
 *
 * --print writes the result to stdout as JSON; --again asks anew for the stock Electron.
 */

import { installNeeds, missingNeeds } from './setup/debian.mjs'
import { installDependencies, isInstalled } from './setup/dependencies.mjs'
import { forgetElectronChoice, presentElectron, provideElectron } from './setup/electron.mjs'
import { takeLock } from './setup/lock.mjs'
import { cacheFolder, checkout, isRoot, stateFolder } from './setup/paths.mjs'
import { isStartedDirectly, runMain, SetupProblem, say, secondsSince } from './setup/say.mjs'
import { needsCompiledAddon, presentAddon, provideAddon } from './setup/sqliteAddon.mjs'

/** @typedef {import('./setup/electron.mjs').ElectronBuild} ElectronBuild */
/**
 * @typedef {object} Setup
 * @property {string} electronPath
 * @property {string} electronVersion
 * @property {'stock' | 'registry'} electronSource
 * @property {string} electronFolder what electron-builder calls `electronDist`
 * @property {string | undefined} sqliteAddon compiled for this machine; undefined: the stock one works everywhere
 * @property {Record<string, string>} env for Electron and whatever it starts
 * @property {Record<string, string>} nodeEnv for children that run in this Node
 */
/** @typedef {{ display?: boolean, keyStore?: boolean, again?: boolean }} SetupOptions */

const nodeNapi = Number(process.versions['napi'])

/** @param {ElectronBuild} electron @param {string | undefined} sqliteAddon @returns {Setup} */
function describe(electron, sqliteAddon) {
  /** @type {Record<string, string>} */
  const registry = electron.source === 'registry' ? { ELECTRON_OVERRIDE_DIST_PATH: electron.folder } : {}
  // A child of another user would look for the cache in its own home.
  const common = { ...registry, ELECTRON_EXEC_PATH: electron.path, RUSHES_CACHE: cacheFolder() }
  /** @param {number} napi @returns {Record<string, string>} */
  const addonFor = (napi) =>
    sqliteAddon && needsCompiledAddon(napi) ? { RUSHES_SQLITE_ADDON: sqliteAddon } : {}
  return {
    electronPath: electron.path,
    electronVersion: electron.version,
    electronSource: electron.source,
    electronFolder: electron.folder,
    sqliteAddon,
    env: { ...common, ...addonFor(electron.napi) },
    nodeEnv: { ...common, ...addonFor(nodeNapi) },
  }
}

/** The result of an earlier set-up, read without changing anything; undefined when something is missing. */
export function readSetup() {
  const cache = cacheFolder()
  if (!isInstalled(checkout)) return undefined
  const electron = presentElectron(checkout, cache)
  if (!electron) return undefined
  const napi = Math.min(nodeNapi, electron.napi)
  const sqliteAddon = needsCompiledAddon(napi) ? presentAddon(checkout, cache) : undefined
  if (needsCompiledAddon(napi) && !sqliteAddon) return undefined
  return describe(electron, sqliteAddon)
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const isNewEnough = major > 22 || (major === 22 && minor >= 14) || (major === 20 && minor >= 19)
  if (!isNewEnough) {
    throw new SetupProblem(
      `Node ${process.versions.node} is too old. Rushes needs Node 22.14 or newer (on Linux also 20.19).`,
    )
  }
}

/** @param {SetupOptions} options @param {string} cache @returns {Promise<Setup>} */
async function completeSetup(options, cache) {
  const lock = await takeLock(stateFolder)
  try {
    await installDependencies(checkout, lock.noteChild)
    if (options.again) forgetElectronChoice(checkout)
    const electron = await provideElectron(checkout, cache, lock.noteChild)
    const napi = Math.min(nodeNapi, electron.napi)
    const needsCompiler = needsCompiledAddon(napi) && !presentAddon(checkout, cache)
    await provideSystem(options, electron.path, needsCompiler)
    if (!needsCompiledAddon(napi)) return describe(electron, undefined)
    const runtimes = [process.execPath, ...(needsCompiledAddon(electron.napi) ? [electron.path] : [])]
    return describe(electron, await provideAddon(checkout, cache, runtimes))
  } finally {
    lock.release()
  }
}

/** @param {SetupOptions} options @param {string} electronPath @param {boolean} needsCompiler */
async function provideSystem(options, electronPath, needsCompiler) {
  if (process.platform !== 'linux') return
  const needsDisplay = options.display ?? !hasDisplay()
  await installNeeds(
    await missingNeeds({
      electronPath,
      needsDisplay,
      needsCompiler,
      needsKeyStore: options.keyStore ?? false,
    }),
  )
}

/** Whether windows can be shown to somebody here. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}

/**
 * Brings what is missing and says so line by line; quick when nothing is.
 * @param {SetupOptions} [options]
 * @returns {Promise<Setup>}
 */
export async function setUp(options = {}) {
  const start = performance.now()
  checkNode()
  // What root installs is read by another user later.
  if (isRoot) process.umask(0o022)
  const present = options.again ? undefined : readSetup()
  if (present) await provideSystem(options, present.electronPath, false)
  const setup = present ?? (await completeSetup(options, cacheFolder()))
  const addon = setup.sqliteAddon ? 'the SQLite addon compiled here' : 'the stock SQLite addon'
  const source = setup.electronSource === 'stock' ? '' : ' (registry build)'
  say(`✓ Set-up is ready: Electron ${setup.electronVersion}${source}, ${addon} (${secondsSince(start)})`)
  return setup
}

if (isStartedDirectly(import.meta.url)) {
  await runMain(async () => {
    const setup = await setUp({ again: process.argv.includes('--again') })
    if (process.argv.includes('--print')) process.stdout.write(`${JSON.stringify(setup, null, 2)}\n`)
    return 0
  })
}
