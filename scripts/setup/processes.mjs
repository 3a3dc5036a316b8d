/** Which processes still live, told apart from a later process with the same number. */
import { readFileSync } from 'node:fs'

/** @typedef {{ pid: number, startedAt: string }} ProcessMark */

/**
 * What the kernel knows of a process. Undefined elsewhere than on Linux, and when there is no such process.
 * @param {number} pid
 * @returns {{ state: string, startedAt: string } | undefined}
 */
function kernelFacts(pid) {
  if (process.platform !== 'linux') return undefined
  try {
    // The command name may hold spaces and parentheses; the fields after the last ')' do not.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startedAt: fields[19] ?? '' }
  } catch {
    return undefined
  }
}

/** @param {number} pid @returns {ProcessMark} */
export function markOf(pid) {
  return { pid, startedAt: kernelFacts(pid)?.startedAt ?? '' }
}

/** @param {ProcessMark | undefined} mark */
export function isAlive(mark) {
  if (!mark) return false
  if (process.platform === 'linux') {
    const facts = kernelFacts(mark.pid)
    // A zombie has ended; only its parent has not asked yet.
    return facts !== undefined && facts.startedAt === mark.startedAt && !/[ZX]/.test(facts.state)
  }
  try {
    process.kill(mark.pid, 0)
    return true
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
