import type { Rendition } from '../../shared/rendition.ts'

/** What may be there of a version, before anybody has looked at it. */
export type Candidate = Pick<Rendition, 'key' | 'kind' | 'isUsual'>

const prefix = 'proxy:'
/** A service that names more would make the page wait for the head of each. */
const mostOfService = 8

/** The key at the service; undefined for what is no proxy of it. */
export const serviceKeyOf = (key: string): string | undefined =>
  key.startsWith(prefix) ? key.slice(prefix.length) : undefined

/**
 * In the order in which one of them plays by itself: the proxy of this computer, which is made only of what does not play
 * otherwise; the service's proxies as it orders them; the original.
 */
export function candidatesOf(hasOwn: boolean, serviceKeys: readonly string[]): readonly Candidate[] {
  const all: Omit<Candidate, 'isUsual'>[] = [
    ...(hasOwn ? [{ key: 'own', kind: 'own' } as const] : []),
    ...serviceKeys
      .slice(0, mostOfService)
      .map((key) => ({ key: `${prefix}${key}`, kind: 'service' }) as const),
    { key: 'original', kind: 'original' },
  ]
  return all.map((each, index) => ({ ...each, isUsual: index === 0 }))
}

const isSameMedium = (a: Rendition, b: Rendition): boolean =>
  a.bytes === b.bytes && JSON.stringify(a.info) === JSON.stringify(b.info)

/**
 * Without what is the original once more: some services give out the file itself as its own proxy. And without what is
 * of another kind, such as a picture of a clip.
 */
export function differentOf(found: readonly Rendition[], kind: Rendition['info']['kind']): Rendition[] {
  const original = found.find((each) => each.kind === 'original')
  const twins = found.filter(
    (each) => each.kind === 'service' && original !== undefined && isSameMedium(each, original),
  )
  const isUsual = original?.isUsual === true || twins.some((each) => each.isUsual)
  return found
    .filter((each) => each.info.kind === kind && !twins.includes(each))
    .map((each) => (each === original ? { ...each, isUsual } : each))
}
