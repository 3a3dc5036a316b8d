/** Builds src/ into out/ when the sources are not the ones of the last build. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { lastLines, run } from '../setup/command.mjs'
import { checkout } from '../setup/paths.mjs'
import { SetupProblem, timed } from '../setup/say.mjs'
import { tool } from './tools.mjs'

const sources = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json', 'tsconfig.json']
const buildMs = 5 * 60_000

/** @param {string} path @returns {string[]} the file itself, or every file below the folder */
function filesBelow(path) {
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

/**
 * Changes when any source is added, removed, renamed or edited; tests do not count.
 * @param {string} root
 * @returns {string}
 */
export function sourceStamp(root) {
  const hash = createHash('sha256')
  const files = sources.flatMap((name) =>
    name === 'src' ? filesBelow(join(root, name)) : [join(root, name)],
  )
  for (const file of files.filter((name) => !/\.test\.tsx?$/.test(name)).sort()) {
    const content = readFileSync(file)
    hash.update(`${relative(root, file).split(sep).join('/')}\0${content.length}\0`).update(content)
  }
  return `${hash.digest('hex')}\n`
}

/** @param {import('../setup.mjs').Setup} setup */
export async function buildIfChanged(setup) {
  const stampFile = join(checkout, 'out', '.stamp')
  const stamp = sourceStamp(checkout)
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return
  await timed('Building the app', async () => {
    rmSync(join(checkout, 'out'), { recursive: true, force: true })
    const args = [tool('electron-vite'), 'build', '--logLevel', 'warn']
    const env = { ...process.env, ...setup.nodeEnv }
    const outcome = await run(process.execPath, args, { cwd: checkout, env, timeoutMs: buildMs })
    if (outcome.code !== 0) throw new SetupProblem(`The build failed.\n${lastLines(outcome, 40)}`)
  })
  writeFileSync(stampFile, stamp)
}
