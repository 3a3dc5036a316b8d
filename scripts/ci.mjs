/**
 * `.ci/run`: a person's first hour with a fresh clone, then every test.
 * Clones this repository into an empty folder and works there; every step has a time it may not pass.
 */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { killDuringInstall, killDuringUnpack } from './ci/interruptions.mjs'
import { cloneInto, runStep } from './ci/steps.mjs'
import { stockElectron } from './setup/electron.mjs'
import { checkout, isRoot } from './setup/paths.mjs'
import { runMain, SetupProblem, say } from './setup/say.mjs'
import { readFailures, readReports, sum, summaryLine } from './steps/results.mjs'

const minute = 60_000

/** @typedef {import('./steps/results.mjs').Counts} Counts */

/** @type {Record<string, Counts>} */
const suites = {}
/** @type {string[]} a line each */
const failures = []

/** @param {string} name @param {boolean} ok one thing that is so or not */
function note(name, ok) {
  suites[name] = { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
  if (!ok) failures.push(name)
  say(`${ok ? '✓' : '✗'} ${name}`)
}

/**
 * Runs a command that writes reports and adds them up; one that fails without a failed test counts itself.
 * @param {string} name
 * @param {readonly string[]} command
 * @param {{ cwd: string, env: Record<string, string>, timeoutMs: number }} options
 */
async function suite(name, command, options) {
  const results = join(dirname(options.cwd), `results-${name.replaceAll(' ', '-')}`)
  mkdirSync(results)
  const outcome = await runStep(name, command, {
    ...options,
    env: { ...options.env, RUSHES_RESULTS: results },
  })
  const counts = sum(Object.values(readReports(results)))
  failures.push(...readFailures(results, options.cwd))
  const isSilent = outcome.code !== 0 && counts.failed === 0
  if (isSilent) failures.push(`${name} ended with exit code ${outcome.code}`)
  suites[name] = { ...counts, failed: counts.failed + (isSilent ? 1 : 0) }
  return { outcome, results }
}

/** @param {string} place a person clones, types one command and sees the app work */
async function firstStart(place) {
  const cwd = await cloneInto(place, checkout)
  const env = { RUSHES_CACHE: join(place, 'cache') }
  const { results } = await suite('demo from a fresh clone', ['npm', 'run', 'demo', '--', '--check'], {
    cwd,
    env,
    timeoutMs: 15 * minute,
  })
  note('the demo wrote a screenshot', existsSync(join(results, 'demo.png')))
  const start = performance.now()
  const again = await runStep('set-up again', ['node', 'scripts/setup.mjs'], { cwd, env, timeoutMs: minute })
  note('a second set-up is ready in under 3 s', again.code === 0 && performance.now() - start < 3_000)
  return { cwd, env }
}

/**
 * The same for a person who lost patience twice.
 * @param {string} place
 * @param {boolean} hasStock
 */
async function startAfterInterruptions(place, hasStock) {
  const cwd = await cloneInto(place, checkout)
  const env = { RUSHES_CACHE: join(place, 'cache') }
  note('set-up was killed in the middle of the install', await killDuringInstall(cwd, env))
  // Where the stock Electron can be had, nothing is unpacked by us.
  if (!hasStock)
    note('set-up was killed in the middle of unpacking Electron', await killDuringUnpack(cwd, env))
  await suite('demo after killed set-ups', ['npm', 'run', 'demo', '--', '--check'], {
    cwd,
    env,
    timeoutMs: 15 * minute,
  })
  if (isRoot) await startFromClosedFolder(place, cwd, env)
}

/**
 * Root's own folders are closed to the user who runs the app: that is said, and nothing is started.
 * @param {string} place
 * @param {string} cwd
 * @param {Record<string, string>} env
 */
async function startFromClosedFolder(place, cwd, env) {
  chmodSync(place, 0o700)
  const outcome = await runStep('demo from a closed folder', ['node', 'scripts/demo.mjs', '--check'], {
    cwd,
    env,
    timeoutMs: minute,
    isQuiet: true,
  })
  chmodSync(place, 0o755)
  const said = outcome.stdout + outcome.stderr
  note(
    'a clone in a closed folder is refused in plain words',
    outcome.code === 1 && said.includes(`may not read ${place}`),
  )
}

function vendorFiles() {
  const folder = join(dirname(checkout), 'shared', 'specs')
  if (!existsSync(folder)) throw new SetupProblem(`The vendors’ API files are missing: ${folder}`)
  return folder
}

function conclude() {
  say('')
  for (const failure of failures) say(`✗ ${failure}`)
  for (const [name, counts] of Object.entries(suites)) {
    say(`  ${name}: ${summaryLine(counts)}${counts.skipped ? `, ${counts.skipped} skipped` : ''}`)
  }
  const total = sum(Object.values(suites))
  process.stdout.write(`${summaryLine(total)}\n`)
  return total.failed === 0 ? 0 : 1
}

await runMain(async () => {
  process.umask(0o022)
  const specs = vendorFiles()
  const work = mkdtempSync(join(tmpdir(), 'rushes-ci-'))
  // The app runs as another user when we are root.
  chmodSync(work, 0o755)
  try {
    const { cwd, env } = await firstStart(join(work, 'first'))
    await startAfterInterruptions(join(work, 'interrupted'), stockElectron(cwd) !== undefined)
    const withSpecs = { ...env, RUSHES_SPECS: specs }
    await suite('npm test', ['npm', 'test'], { cwd, env: withSpecs, timeoutMs: 75 * minute })
    const integration = ['npm', 'run', 'test:integration']
    await suite('npm run test:integration', integration, { cwd, env: withSpecs, timeoutMs: 30 * minute })
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
  return conclude()
})
