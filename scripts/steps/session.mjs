/** Everything a suite needs to run: the set-up, the user it runs as, the folder its reports go to. */
import { join } from 'node:path'
import { cacheFolder, checkout } from '../setup/paths.mjs'
import { checkSandbox } from '../setup/sandbox.mjs'
import { checkAccess, chooseUser, writableFolder } from '../setup/unprivileged.mjs'
import { setUp } from '../setup.mjs'

/**
 * @typedef {object} Session
 * @property {import('../setup.mjs').Setup} setup
 * @property {import('../setup/unprivileged.mjs').User} user
 * @property {string} results
 */

/**
 * @param {import('../setup.mjs').SetupOptions} [options]
 * @returns {Promise<Session>}
 */
export async function openSession(options) {
  const setup = await setUp(options)
  const user = chooseUser(cacheFolder())
  await checkAccess(user, [join(checkout, 'node_modules', 'vitest', 'package.json'), setup.electronPath])
  await checkSandbox(user, setup.electronFolder)
  const results = writableFolder(process.env['RUSHES_RESULTS'] ?? join(checkout, 'test-results'), user)
  return { setup, user, results }
}
