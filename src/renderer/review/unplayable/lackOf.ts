import type { Failure } from '../../../shared/errors.ts'

/**
 * Why there is nothing to play: it is `gone` itself; its previews are `notMade` yet; the service has `none` that this
 * account may read; or asking for them `failed`, which says nothing about them.
 */
export type Lack = 'gone' | 'notMade' | 'none' | 'failed'

/** What a refusal to open a medium means. `isReady`: the service has made its previews. */
export function lackOf({ code, facts }: Failure, isReady: boolean): Lack {
  if (code === 'thing.notFound') return 'gone'
  if (code !== 'remote.notFound') return 'failed'
  // `play` is what was not found of a thing that is there.
  if (facts['thing'] !== 'play') return 'gone'
  return isReady ? 'none' : 'notMade'
}
