import type { IconikPerson } from './wire.ts'
import { readTime } from './wire.ts'

/** Epoch milliseconds; `fallback` where the service wrote none that can be read. */
export function timeOf<T>(value: string | null | undefined, fallback: T): number | T {
  return readTime(value ?? null) ?? fallback
}

/** A person's full name, else their address; undefined where neither is known. */
export function nameOf(
  person: Pick<IconikPerson, 'first_name' | 'last_name' | 'email'> | null | undefined,
): string | undefined {
  const full = [person?.first_name, person?.last_name].filter((part) => part).join(' ')
  return full || person?.email || undefined
}
