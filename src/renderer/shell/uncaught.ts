import { type Failure, toFailure } from '../../shared/errors.ts'
import { say } from './sayStore.ts'

/** What goes wrong with every picture is one trouble until it has rested for so long. */
const restMs = 60_000

/** Chromium says it of a size that is told with the next picture: nothing went wrong. */
const sizesToldLate = /^ResizeObserver loop/

/** What nobody waits for any more is no failure. */
const isGivenUp = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/** A place in the page's own script, such as `index-B1x2.js:40:1207`; nothing of where it lies. */
const placeIn = /[\w-]+\.js:\d+:\d+/

/** With what support finds a bug by: its kind and where it was thrown, never its text. */
function failureOf(error: unknown): Failure {
  const failure = toFailure(error)
  if (failure.code !== 'internal.bug' || !(error instanceof Error)) return failure
  const at = placeIn.exec(error.stack ?? '')?.[0]
  const facts = { ...failure.facts, name: error.name, ...(at === undefined ? {} : { at }) }
  return { ...failure, facts }
}

/**
 * Says what nothing else caught, until the returned function is called: without a word, something that was pressed would
 * only seem to do nothing. The console has it as ever.
 */
export function followUncaught(
  page: Pick<Window, 'addEventListener' | 'removeEventListener'> = window,
): () => void {
  let metAt = Number.NEGATIVE_INFINITY
  const met = (error: unknown) => {
    if (isGivenUp(error)) return
    const isRested = performance.now() - metAt > restMs
    metAt = performance.now()
    if (isRested) say(failureOf(error))
  }
  const thrown = ({ error, message }: ErrorEvent) => {
    if (!sizesToldLate.test(message)) met(error)
  }
  const rejected = ({ reason }: PromiseRejectionEvent) => met(reason)
  page.addEventListener('error', thrown)
  page.addEventListener('unhandledrejection', rejected)
  return () => {
    page.removeEventListener('error', thrown)
    page.removeEventListener('unhandledrejection', rejected)
  }
}
