/** What stops takes longer than this when something is wrong with it; what matters is on disk at any moment. */
const stopPatienceMs = 12_000

/**
 * Resolves when `stop` has ended, well or not, and at the latest after `patienceMs`: nothing keeps the app from quitting.
 * Says what went wrong, and that it took too long.
 */
export async function stopInTime(
  stop: () => Promise<void>,
  report: (error: unknown) => void,
  patienceMs = stopPatienceMs,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      report(new Error(`The app quits although something has not stopped for ${patienceMs} ms`))
      resolve()
    }, patienceMs)
  })
  await Promise.race([stop().catch(report), late])
  clearTimeout(timer)
}
