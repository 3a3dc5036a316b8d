import { AppError } from '../../../shared/errors.ts'
import type { Page } from '../remote.ts'
import type { IconikPage } from './wire.ts'

/** The service knows no page behind this one. */
const lastPage = 10_000

/** The number of a list's page that a cursor stands for; pages count from 1. */
export function pageNumber(cursor: string | undefined): number {
  const page = Number(cursor ?? 1)
  if (!Number.isInteger(page) || page < 1) throw new AppError('request.invalid', { field: 'cursor' })
  return page
}

/** A page of ours around rows that were made of one of theirs. */
export function pageOf<T>(answer: IconikPage<unknown>, page: number, items: readonly T[]): Page<T> {
  const pages = answer.pages ?? page
  const isLast = page >= Math.min(pages, lastPage) || answer.objects.length === 0
  return { items, cursor: isLast ? undefined : String(page + 1), total: answer.total ?? undefined }
}

/** A list that became shorter while it was read ends where it now ends. */
export async function unlessPast<T>(page: number, ask: () => Promise<Page<T>>): Promise<Page<T>> {
  try {
    return await ask()
  } catch (error) {
    if (page > 1 && isGone(error)) return { items: [], cursor: undefined, total: undefined }
    throw error
  }
}

/** All rows of a list that is short by nature; what is beyond `most` rows is left out. */
export async function allRows<T>(ask: (page: number) => Promise<IconikPage<T>>, most = 2000): Promise<T[]> {
  const rows: T[] = []
  for (let page = 1; rows.length < most; page += 1) {
    const answer = await ask(page)
    rows.push(...answer.objects)
    if (page >= (answer.pages ?? 1) || answer.objects.length === 0) break
  }
  return rows.slice(0, most)
}

/** The rows of a list that goes on after its last row's id, up to `most`. */
export async function allAfter<T extends { readonly id: string }>(
  ask: (last_id: string | undefined) => Promise<{ readonly objects: readonly T[] }>,
  perPage: number,
  most = 2000,
): Promise<T[]> {
  const rows: T[] = []
  let last: string | undefined
  for (;;) {
    const { objects } = await ask(last)
    rows.push(...objects)
    const next = objects.at(-1)?.id
    if (objects.length < perPage || next === undefined || next === last || rows.length >= most) break
    last = next
  }
  return rows.slice(0, most)
}

/** What was asked about is not there. */
export const isGone = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'remote.notFound'

/** The signed-in person lacks the right, or the service has no such call for them. */
export const isForbidden = (error: unknown): boolean =>
  error instanceof AppError && error.code === 'auth.forbidden'

/** The answer, or `instead` where the service says that there is none, or that it is not for this person. */
export async function orElse<T, E>(ask: () => Promise<T>, instead: E): Promise<T | E> {
  try {
    return await ask()
  } catch (error) {
    if (isGone(error) || isForbidden(error)) return instead
    throw error
  }
}

/** As many as a connection asks at once. */
const atOnce = 6

/** Asks about each, a few at a time, and answers in the order given. The first failure is the whole's. */
export async function eachOf<T, A>(things: readonly T[], ask: (thing: T) => Promise<A>): Promise<A[]> {
  const answers: A[] = []
  const waiting = [...things.entries()].reverse()
  const work = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [index, thing] = next
      answers[index] = await ask(thing)
    }
  }
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, things.length) }, work))
  } finally {
    waiting.length = 0
  }
  return answers
}
