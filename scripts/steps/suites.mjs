/** The suites, each with the time it may take. */
import { checkSources } from './check.mjs'
import { packageApp } from './package.mjs'
import { runPlaywright } from './playwright.mjs'
import { runVitest } from './vitest.mjs'

/** @typedef {Record<string, import('./results.mjs').Counts>} Suites */
const minute = 60_000

/** @param {import('./session.mjs').Session} session @returns {Promise<Suites>} types, lint, unit, contract, faults */
export async function checkSuites(session) {
  const sources = await checkSources(session)
  const projects = ['unit', 'setup', 'contract', 'faults']
  const tests = await runVitest(session, { name: 'check', projects, timeoutMs: 15 * minute })
  return { sources, check: tests }
}

/** @param {import('./session.mjs').Session} session @returns {Promise<Suites>} the built app in real Electron */
export async function appSuites(session) {
  return { e2e: await runPlaywright(session, { project: 'e2e', timeoutMs: 15 * minute }) }
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
