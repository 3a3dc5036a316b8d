export interface RidgeShape {
  /** Height of the crest, as a share of the picture from the top. */
  readonly top: number
  /** How far it rises and falls. */
  readonly swing: number
  readonly colour: string
  readonly seed: number
}

const points = 64

/** The same sequence for the same seed, so that the picture is the same on every computer. */
function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

/** A mountain crest from edge to edge: a few waves of falling size and some roughness, closed at the bottom. */
export function ridgePath({ top, swing, seed }: RidgeShape, width: number, height: number): string {
  const next = numbers(seed)
  const waves = [1.3, 2.7, 5.1, 11].map((rate, index) => ({
    rate: rate + next() * 0.8,
    phase: next() * Math.PI * 2,
    size: swing / (index + 1) ** 1.25,
  }))
  let path = ''
  for (let index = 0; index <= points; index += 1) {
    const at = index / points
    const rise = waves.reduce(
      (sum, wave) => sum + Math.sin(at * wave.rate * Math.PI * 2 + wave.phase) * wave.size,
      0,
    )
    const y = (top + rise * 0.5 + (next() - 0.5) * swing * 0.08) * height
    path += `${index === 0 ? 'M' : 'L'}${(at * width).toFixed(1)} ${y.toFixed(1)}`
  }
  return `${path}L${width} ${height}L0 ${height}Z`
}
