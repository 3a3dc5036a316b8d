/** Everything random in tests: the same for the same seed. */
export interface Seeded {
  readonly seed: number
  /** From 0 up to 1. */
  next(): number
  below(limit: number): number
  pick<T>(from: readonly T[]): T
  bytes(length: number): Buffer
}

/** The seed of this run, which is printed; `RUSHES_SEED` repeats one. */
export function seeded(salt: number): Seeded {
  const given = Number(process.env['RUSHES_SEED'] ?? 1)
  const seed = (given ^ Math.imul(salt, 0x9e3779b1)) >>> 0
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    seed,
    next,
    below,
    pick: (from) => {
      const picked = from[below(from.length)]
      if (picked === undefined) throw new Error('nothing to pick from')
      return picked
    },
    bytes: (length) => {
      const bytes = Buffer.allocUnsafe(length)
      for (let at = 0; at < length; at += 4) {
        const word = Math.floor(next() * 2 ** 32) >>> 0
        if (at + 4 <= length) bytes.writeUInt32LE(word, at)
        else for (let rest = at; rest < length; rest++) bytes[rest] = word >>> ((rest - at) * 8)
      }
      return bytes
    },
  }
}
