/** What runs around all tests of a file, of whichever runner. */
export interface FileHooks {
  beforeAll(run: () => Promise<void>): unknown
  afterAll(run: () => Promise<void>): unknown
}

/**
 * Something that is there for all tests of the file that calls this at its top. The function that comes back gives it,
 * and fails outside of tests.
 */
export function ofFile<T>(
  hooks: FileHooks,
  open: () => Promise<T>,
  close: (opened: T) => Promise<void>,
): () => T {
  let held: { readonly value: T } | undefined
  hooks.beforeAll(async () => {
    held = { value: await open() }
  })
  hooks.afterAll(async () => {
    if (held !== undefined) await close(held.value)
  })
  return () => {
    if (held === undefined) throw new Error('It is there within tests only.')
    return held.value
  }
}

/** The same for several things under one name: each is read where it is used, and is there within tests only. */
export function benchOfFile<T extends object>(
  hooks: FileHooks,
  open: () => Promise<T>,
  close: (opened: T) => Promise<void>,
): T {
  const running = ofFile(hooks, open, close)
  return new Proxy({} as T, { get: (_nothing, name) => Reflect.get(running(), name) })
}
