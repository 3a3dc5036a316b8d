/** What begins when an element is seen, and what ends it. */
const acts = new Map<Element, { readonly begin: () => () => void; end: (() => void) | undefined }>()

let watch: IntersectionObserver | undefined

function changed(entries: readonly IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) {
    const act = acts.get(target)
    if (act === undefined) continue
    if (isIntersecting) act.end ??= act.begin()
    else {
      act.end?.()
      act.end = undefined
    }
  }
}

/**
 * Calls `begin` when the element comes onto the screen and what that returned when it leaves; one act per element. The
 * returned function ends it.
 */
export function whileSeen(element: Element, begin: () => () => void): () => void {
  watch ??= new IntersectionObserver(changed)
  const act = { begin, end: undefined as (() => void) | undefined }
  acts.set(element, act)
  watch.observe(element)
  return () => {
    watch?.unobserve(element)
    if (acts.get(element) === act) acts.delete(element)
    act.end?.()
    act.end = undefined
  }
}
