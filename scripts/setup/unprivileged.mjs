/**
 * Who runs the app. Electron keeps its sandbox only without root's powers, so a set-up started by root
 * hands Electron and every test over to a user who has none, with a home of its own.
 */
import { chmodSync, chownSync, lchownSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './command.mjs'
import { isRoot } from './paths.mjs'
import { SetupProblem } from './say.mjs'

/**
 * @typedef {object} User
 * @property {{ uid: number, gid: number } | undefined} as undefined: we are nobody special and stay who we are
 * @property {string} folder writable by the user: home, profiles, temporary files
 * @property {Record<string, string | undefined>} env
 */

/** The user `nobody`, who owns nothing; the number is the same on every Linux. */
const nobody = { uid: 65534, gid: 65534 }

/** Root's own places, closed to anyone else. */
const rootsOwn = /^(XDG_|DBUS_|XAUTHORITY$|SUDO_|MAIL$|npm_config_(userconfig|globalconfig|prefix|cache)$)/i

/**
 * Makes a folder that belongs to the user alone.
 * @param {string} path
 * @param {{ uid: number, gid: number }} as
 */
function ownFolder(path, as) {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  // A link planted by somebody else must not be given away.
  if (!lstatSync(path).isDirectory())
    throw new SetupProblem(`${path} is not a folder. Remove it, then start again.`)
  chownSync(path, as.uid, as.gid)
  chmodSync(path, 0o700)
}

/** @param {string} cache @returns {User} may run as often as wanted */
export function chooseUser(cache) {
  if (!isRoot || process.platform !== 'linux') {
    const folder = join(cache, 'user')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return { as: undefined, folder, env: { ...process.env } }
  }
  const folder = join(cache, 'nobody')
  ownFolder(folder, nobody)
  const [home, runtime, temporary] = ['home', 'run', 'tmp'].map((name) => join(folder, name))
  for (const path of [home, runtime, temporary]) if (path) ownFolder(path, nobody)
  const kept = Object.entries(process.env).filter(([name]) => !rootsOwn.test(name))
  const own = { HOME: home, XDG_RUNTIME_DIR: runtime, TMPDIR: temporary, USER: 'nobody', LOGNAME: 'nobody' }
  return { as: nobody, folder, env: { ...Object.fromEntries(kept), ...own } }
}

/**
 * A folder inside the checkout or cache that the user may write to.
 * @param {string} path
 * @param {User} user
 */
export function writableFolder(path, user) {
  mkdirSync(path, { recursive: true })
  if (!user.as || lstatSync(path).uid === user.as.uid) return path
  // Taken over with everything in it, once: what the user could change meanwhile is not walked with root's powers.
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), user.as.uid, user.as.gid)
  }
  ownFolder(path, user.as)
  return path
}

/** Walks down to the first folder that stays closed. */
const findClosed = `const fs = require('node:fs'), path = require('node:path')
for (const target of process.argv.slice(1)) {
  const { root } = path.parse(target)
  let here = root
  for (const name of path.relative(root, target).split(path.sep)) {
    here = path.join(here, name)
    try { fs.accessSync(here, fs.statSync(here).isDirectory() ? fs.constants.X_OK : fs.constants.R_OK) }
    catch { console.log(here); process.exit(1) }
  }
}`

/**
 * Fails in plain words when the user cannot read what it is about to run. Copies nothing, opens nothing up.
 * @param {User} user
 * @param {readonly string[]} paths
 */
export async function checkAccess(user, paths) {
  if (!user.as) return
  const advice = `The app is never run as root. Started by root, it runs as the user "nobody", who must be able to read it.
Work as an ordinary user, or put the project where everybody may read it (for example /opt/rushes or /srv/rushes).`
  /** @type {import('./command.mjs').Outcome} */
  let outcome
  try {
    outcome = await run(process.execPath, ['--eval', findClosed, ...paths], {
      cwd: '/',
      as: user.as,
      env: user.env,
      timeoutMs: 20_000,
    })
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EACCES') throw error
    throw new SetupProblem(`The user "nobody" may not run ${process.execPath}.\n${advice}`)
  }
  if (outcome.code === 0) return
  throw new SetupProblem(`The user "nobody" may not read ${outcome.stdout.trim()}.\n${advice}`)
}

/**
 * Runs a program without root's powers: as the user when we are root, else as ourselves.
 * @param {User} user
 * @param {string} program
 * @param {readonly string[]} args
 * @param {import('./command.mjs').CommandOptions} options its `env` is laid over the user's
 */
export function runAsUser(user, program, args, options) {
  const env = { ...user.env, ...options.env }
  return run(program, args, { ...options, env, ...(user.as ? { as: user.as } : {}) })
}
