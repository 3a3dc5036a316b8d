import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const programs = ['ceph', 'ceph-mon', 'ceph-osd', 'monmaptool', 'radosgw', 'radosgw-admin']
const packages = ['ceph-mon', 'ceph-osd', 'radosgw', 'ceph-common']
const installMs = 5 * 60_000

function isThere(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Why there can be no Ceph on this machine, in words for whoever runs the tests; undefined if there can. */
export function obstacleToCeph(): string | undefined {
  const missing = programs.filter((program) => !isThere(program))
  if (missing.length === 0) return undefined
  const why = `${missing.join(', ')} not found`
  if (!isThere('apt-get')) return `${why}, and this system installs no Debian packages`
  if (process.getuid?.() !== 0)
    return `${why}, and only root can install it: apt-get install --no-install-recommends ${packages.join(' ')}`
  return undefined
}

/** Installs what is missing. Fails with what apt-get said. */
export async function installCeph(): Promise<void> {
  if (programs.every(isThere)) return
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const apt = (...args: string[]) =>
    run('apt-get', ['-qq', ...args], { env, timeout: installMs, maxBuffer: 2 ** 26 })
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages)
  process.stdout.write(`installing ${packages.join(', ')}\n`)
  try {
    await install()
  } catch {
    // Lists that are missing or old name packages that are not there; the second try tells what is really wrong.
    await apt('update')
    await install()
  }
}
