/** What nobody waited for of all that `act` began, once it has ended. */
export async function escapedFrom(act: () => unknown): Promise<readonly unknown[]> {
  const escaped: unknown[] = []
  const keep = (error: unknown) => escaped.push(error)
  process.on('unhandledRejection', keep)
  try {
    await act()
    // Node tells of them between two rounds of its loop.
    await new Promise((resolve) => setImmediate(resolve))
  } finally {
    process.off('unhandledRejection', keep)
  }
  return escaped
}
