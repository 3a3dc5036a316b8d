/** A point at which a process ends when it comes to it for the n-th time: nothing gets through from then on. */
export interface KillPoint {
  /** Called at every point with its name. */
  pass(name: string): void
  isDead(): boolean
}

export function killPoint(point: string, times: number): KillPoint {
  let count = 0
  return {
    pass(name) {
      if (name === point) count += 1
      if (count >= times) throw new Error(`killed ${name}`)
    },
    isDead: () => count >= times,
  }
}
