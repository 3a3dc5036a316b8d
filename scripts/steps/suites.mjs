/** The suites, each with the time it may take. */
import { join } from 'node:path'
import { cacheFolder } from '../setup/paths.mjs'
import { buildIfChanged } from './build.mjs'
import { checkSources } from './check.mjs'
import { packageApp } from './package.mjs'
import { runPlaywright } from './playwright.mjs'
import { runRecorded } from './recording.mjs'
import { runVitest } from './vitest.mjs'

/** @typedef {Record<string, import('./results.mjs').Counts>} Suites */
const minute = 60_000
/** All of it takes some 21 minutes on two cores, and half as much again where they have other work. */
export const appMs = 50 * minute

/** @param {import('./session.mjs').Session} session @returns {Promise<Suites>} types, lint, unit, contract, faults */
export async function checkSuites(session) {
  const sources = await checkSources(session)
  const projects = ['unit', 'setup', 'contract', 'faults']
  const tests = await runVitest(session, { name: 'check', projects, timeoutMs: 20 * minute })
  return { sources, check: tests }
}

/** @param {import('./session.mjs').Session} session @returns {Promise<Suites>} the built app in real Electron */
export async function appSuites(session) {
  return runRecorded(session, { project: 'e2e', timeoutMs: appMs })
}

/**
 * Against real servers and foreign readers: first under plain Node, with the powers it takes to install them, then from
 * real Electron, which must not have them.
 * @param {import('./session.mjs').Session} session
 * @param {{ timeoutMs: number, filters?: readonly string[], env?: Record<string, string> }} options
 * @returns {Promise<Suites>}
 */
export async function integrationSuites(session, { timeoutMs, filters = [], env }) {
  const integration = await runVitest(session, {
    name: 'integration',
    projects: ['integration'],
    timeoutMs,
    args: filters,
    // Servers and tools that tests build for themselves are kept for the next run.
    env: { ...env, RUSHES_TOOLS: join(cacheFolder(), 'tools') },
    keepsPowers: true,
  })
  await buildIfChanged(session.setup)
  const args = ['--pass-with-no-tests', ...filters]
  const suite = { project: 'integrationApp', timeoutMs, args, ...(env && { env }) }
  return { integration, integrationApp: await runPlaywright(session, suite) }
}

/**
 * Packages twice: as users get it, to read its fuses, and with the one fuse that lets Playwright in, to start it.
 * @param {import('./session.mjs').Session} session
 * @returns {Promise<Suites>}
 */
export async function packagedSuites(session) {
  const forUsers = await packageApp(session.setup, { forTests: false })
  const forTests = await packageApp(session.setup, { forTests: true })
  const env = { RUSHES_PACKAGED: forTests, RUSHES_PACKAGED_FOR_USERS: forUsers }
  return { packaged: await runPlaywright(session, { project: 'packaged', timeoutMs: 5 * minute, env }) }
}
