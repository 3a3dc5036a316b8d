/** Packages the built app for this platform. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { lastLines, run } from '../setup/command.mjs'
import { checkout, stateFolder } from '../setup/paths.mjs'
import { SetupProblem, timed } from '../setup/say.mjs'
import { tool } from './tools.mjs'

const packageMs = 10 * 60_000

/**
 * What this machine and this use add to electron-builder.yml.
 * @param {import('../setup.mjs').Setup} setup
 * @param {{ forTests: boolean }} options a build for tests lets Playwright inspect it; everything else is the same
 */
export function packagingFor(setup, { forTests }) {
  const isRegistry = setup.electronSource === 'registry'
  const addon = setup.env['RUSHES_SQLITE_ADDON']
  return {
    extends: 'electron-builder.yml',
    directories: { output: outputFolder(forTests) },
    ...(isRegistry ? { electronDist: setup.electronFolder, electronVersion: setup.electronVersion } : {}),
    ...(addon ? { linux: { extraResources: [{ from: addon, to: 'better_sqlite3.node' }] } } : {}),
    ...(forTests ? { electronFuses: { enableNodeCliInspectArguments: true } } : {}),
  }
}

/** @param {boolean} forTests */
function outputFolder(forTests) {
  return forTests ? 'dist/for-tests' : 'dist/for-users'
}

/**
 * Where electron-builder leaves the program of its `dir` target.
 * @param {string} output
 */
function programIn(output) {
  const unpacked = existsSync(output) ? readdirSync(output).filter((name) => /unpacked$|^mac/.test(name)) : []
  const names = ['rushes', 'Rushes.exe', join('Rushes.app', 'Contents', 'MacOS', 'Rushes')]
  return unpacked
    .flatMap((folder) => names.map((name) => join(output, folder, name)))
    .find((path) => existsSync(path))
}

/**
 * @param {import('../setup.mjs').Setup} setup
 * @param {{ forTests: boolean, targets?: readonly string[] }} options without targets: an app folder to run from
 * @returns {Promise<string>} the packaged program
 */
export async function packageApp(setup, options) {
  const output = join(checkout, outputFolder(options.forTests))
  const config = join(stateFolder, 'electron-builder.json')
  mkdirSync(stateFolder, { recursive: true })
  writeFileSync(config, JSON.stringify(packagingFor(setup, options), null, 2))
  rmSync(output, { recursive: true, force: true })
  const targets = options.targets?.length ? options.targets : ['--dir']
  const args = [tool('electron-builder'), ...targets, '--publish', 'never', '--config', config]
  await timed('Packaging the app', async () => {
    const outcome = await run(process.execPath, args, { cwd: checkout, timeoutMs: packageMs })
    if (outcome.code !== 0) throw new SetupProblem(`Packaging failed.\n${lastLines(outcome, 40)}`)
  })
  const program = programIn(output)
  if (!program) throw new SetupProblem(`Packaging left no program in ${output}.`)
  // electron-builder takes a folder given to it as it is, with the loader that only development needs.
  rmSync(join(dirname(program), 'resources', 'default_app.asar'), { force: true })
  return program
}
