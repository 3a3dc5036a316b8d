import type { z } from 'zod'
import type { Call, IconikAnswer } from './call.ts'
import { type IconikAccess, type IconikService, type Route, route } from './route.ts'

/** PUT replaces: a field that is not sent falls back to its default. PATCH merges. */
export type ChangeMode = 'replace' | 'merge'

/** What is stored after a change of `fields`, the ones a client may write. */
export function changed<T extends object>(
  stored: T,
  fields: readonly (keyof T)[],
  sent: { readonly [K in keyof T]?: T[K] | undefined },
  mode: ChangeMode,
): T {
  const next: Partial<T> = { ...stored }
  for (const field of fields) {
    const value = sent[field]
    if (value !== undefined) next[field] = value
    else if (mode === 'replace') delete next[field]
  }
  // What is missing now has a default in the schema that every document is stored through.
  return next as T
}

interface TwinOptions<S extends z.ZodRawShape, Q extends z.ZodRawShape> {
  readonly roles?: readonly string[]
  readonly access?: IconikAccess
  readonly where?: Readonly<Record<string, RegExp>>
  readonly body: z.ZodObject<S, z.core.$strict>
  readonly query?: Q
  readonly handle: (
    call: Call<Partial<z.output<z.ZodObject<S>>>, z.output<z.ZodObject<Q, z.core.$strict>>>,
    mode: ChangeMode,
  ) => IconikAnswer | Promise<IconikAnswer>
}

/**
 * The PUT and the PATCH of one thing: `twins('assets', 'Asset', '/v1/assets/{asset_id}/', …)` makes
 * `assets.replaceAsset` and `assets.patchAsset`. PATCH needs none of the body's fields, as the service does in practice.
 */
export function twins<S extends z.ZodRawShape, Q extends z.ZodRawShape = Record<never, never>>(
  service: IconikService,
  noun: string,
  path: `/v1/${string}/`,
  { body, handle, ...options }: TwinOptions<S, Q>,
): readonly Route[] {
  return [
    route(`${service}.replace${noun}`, 'PUT', path, {
      ...options,
      body,
      handle: (call) => handle(call as Parameters<typeof handle>[0], 'replace'),
    }),
    route(`${service}.patch${noun}`, 'PATCH', path, {
      ...options,
      body: body.partial(),
      handle: (call) => handle(call as Parameters<typeof handle>[0], 'merge'),
    }),
  ]
}
