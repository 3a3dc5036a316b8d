/** What React does in the page, seen through the door that it leaves for its own developer tools. */
import type { Page } from '@playwright/test'

export interface Renders {
  /** Commits in which an element of the component was drawn. */
  readonly commits: number
  readonly mounts: number
  /** Drawn again because something was given that is another. */
  readonly updates: number
  /** Drawn again with all that it had before. */
  readonly idle: number
}

/** A node of React's tree, as far as it is read here. */
interface Fiber {
  readonly type: unknown
  readonly flags: number
  readonly alternate: Fiber | null
  readonly child: Fiber | null
  readonly sibling: Fiber | null
  readonly memoizedProps: Readonly<Record<string, unknown>>
}

/** Runs in the page, before its own code. */
function install(name: string): void {
  const counts = { commits: 0, mounts: 0, updates: 0, idle: 0 }
  const performedWork = 1
  const isOne = ({ type }: Fiber) => typeof type === 'function' && type.name === name
  const isSame = (a: Fiber['memoizedProps'], b: Fiber['memoizedProps']) =>
    Object.keys({ ...a, ...b }).every((key) => Object.is(a[key], b[key]))
  const visit = (fiber: Fiber): number => {
    const before = fiber.alternate
    let drawn = 0
    if (isOne(fiber) && (before === null || (fiber.flags & performedWork) !== 0)) {
      drawn = 1
      if (before === null) counts.mounts += 1
      else if (isSame(before.memoizedProps, fiber.memoizedProps)) counts.idle += 1
      else counts.updates += 1
    }
    // The same child as before: nothing below was touched.
    if (before !== null && before.child === fiber.child) return drawn
    for (let child = fiber.child; child !== null; child = child.sibling) drawn += visit(child)
    return drawn
  }
  Reflect.set(globalThis, 'renderCounts', counts)
  Reflect.set(globalThis, '__REACT_DEVTOOLS_GLOBAL_HOOK__', {
    supportsFiber: true,
    isDisabled: false,
    inject: () => 1,
    checkDCE: () => undefined,
    onCommitFiberUnmount: () => undefined,
    onCommitFiberRoot: (_id: number, root: { readonly current: Fiber }) => {
      if (visit(root.current) > 0) counts.commits += 1
    },
  })
}

/** Loads the page again and counts from then on how often a component is drawn. Returns the counts since it was last asked. */
export async function countRenders(window: Page, component: string): Promise<() => Promise<Renders>> {
  await window.addInitScript(install, component)
  await window.reload()
  return () =>
    window.evaluate(() => {
      const counts = Reflect.get(globalThis, 'renderCounts') as Record<keyof Renders, number>
      const { commits, mounts, updates, idle } = counts
      Object.assign(counts, { commits: 0, mounts: 0, updates: 0, idle: 0 })
      return { commits, mounts, updates, idle }
    })
}
