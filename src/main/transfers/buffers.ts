/** Memory for parts on their way: bounded, and used again, since getting 16 MiB from the system costs more than reading them. */
export interface Buffers {
  /** A buffer of exactly `bytes`; waits while the budget is spent. Rejects with the signal's reason. */
  take(bytes: number, signal: AbortSignal): Promise<Lease>
}

export interface Lease {
  readonly buffer: Uint8Array
  /** `isClean` false: something may still read the memory, so it is not used again. */
  release(isClean: boolean): void
}

const keptBuffers = 8
const mostSmall = 64
/** Buffers of small files come in few sizes, so that one fits the next file. */
const smallStep = 64 * 1024
const smallBytes = 2 ** 20

function roomFor(bytes: number): number {
  return bytes < smallBytes ? Math.max(1, Math.ceil(bytes / smallStep)) * smallStep : bytes
}

export function createBuffers(budget: number): Buffers {
  let spent = 0
  const free = { small: [] as Buffer[], large: [] as Buffer[] }
  const waiting: { readonly bytes: number; go(): void }[] = []

  function fits(bytes: number): boolean {
    // A single part larger than the whole budget still has to go.
    return spent === 0 || spent + bytes <= budget
  }

  function lease(bytes: number): Lease {
    spent += bytes
    const room = roomFor(bytes)
    const own = bytes < smallBytes ? free.small : free.large
    const at = own.findIndex((buffer) => buffer.byteLength === room)
    const [kept] = at < 0 ? [] : own.splice(at, 1)
    const whole = kept ?? Buffer.allocUnsafeSlow(room)
    let isReleased = false
    return {
      buffer: whole.subarray(0, bytes),
      release(isClean) {
        if (isReleased) return
        isReleased = true
        spent -= bytes
        if (isClean) {
          own.push(whole)
          if (own.length > (own === free.small ? mostSmall : keptBuffers)) own.shift()
        }
        for (let next = waiting[0]; next !== undefined && fits(next.bytes); next = waiting[0]) {
          waiting.shift()
          next.go()
        }
      },
    }
  }

  return {
    take(bytes, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason)
          return
        }
        if (waiting.length === 0 && fits(bytes)) {
          resolve(lease(bytes))
          return
        }
        const entry = {
          bytes,
          go() {
            signal.removeEventListener('abort', giveUp)
            resolve(lease(bytes))
          },
        }
        const giveUp = () => {
          waiting.splice(waiting.indexOf(entry), 1)
          reject(signal.reason)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.push(entry)
      })
    },
  }
}
