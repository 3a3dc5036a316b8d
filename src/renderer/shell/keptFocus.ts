import { cutOff } from './cutOff.ts'

/** The focus in one layer of the window: the screen itself, or a menu or sheet above it. */
interface Stay {
  readonly layer: Element
  /** What had the focus, and what it stood in, from the inside out. Empty once the focus was given up on purpose. */
  readonly path: readonly Element[]
  /** Where in a list of rows it stood. */
  readonly row: number | null
}

const layered = '[role="dialog"], [role="alertdialog"], [role="menu"]'
const focusable =
  'button:enabled, input:enabled, select:enabled, textarea:enabled, a[href], [tabindex]:not([data-radix-focus-guard])'
/** Where a screen that has just opened is entered. */
const heartOfScreen = '[data-focus="stage"]:not([inert] *), [data-focus="assets"]'
/** Rows above or below; more that go at once take the focus to their list. */
const farthest = 3

/**
 * The focus never falls to the page, from where Tab would start over. When what had it is taken away it goes to what
 * that stood in; from a row of a list to the row that took its place; from a sheet or a menu to where it was before.
 */
export class KeptFocus {
  #stays: Stay[] = []

  /** The focus has come to an element. */
  came(element: Element): void {
    if (element === document.body || element.matches('[data-radix-focus-guard]')) return
    const layer = element.closest(layered) ?? document.body
    const above = this.#stays.findIndex((stay) => stay.layer === layer)
    this.#stays = above === -1 ? this.#stays : this.#stays.slice(0, above)
    const path: Element[] = []
    for (
      let each: Element | null = element;
      each !== null && each !== document.body;
      each = each.parentElement
    )
      path.push(each)
    const row = element.closest<HTMLElement>('[data-row]')?.dataset['row']
    this.#stays.push({ layer, path, row: row === undefined ? null : Number(row) })
  }

  /** The focus is nowhere. Where what had it is still there, somebody pressed where nothing takes it. */
  went(): void {
    const top = this.#stays.at(-1)
    const held = top?.path[0]
    if (top === undefined || held?.isConnected !== true) return
    if (!held.matches(focusable)) this.lost()
    else this.#stays[this.#stays.length - 1] = { ...top, path: [] }
  }

  /** What had the focus may have left the document, or may take it no more. */
  lost(): void {
    const held = this.#stays.at(-1)?.path[0]
    if (held?.isConnected === false && held.matches('input, textarea')) cutOff.fieldGone()
    // Still there, it was left, or is being left: between two elements the focus is nowhere for a moment.
    if (document.activeElement !== document.body || (held?.isConnected && held.matches(focusable))) return
    for (let stay = this.#stays.pop(); stay !== undefined; stay = this.#stays.pop()) {
      const isGivenUp = stay.layer === document.body && stay.path.length === 0
      if (isGivenUp || [...homesOf(stay)].some(takesFocus)) return
    }
  }
}

function takesFocus(element: HTMLElement): boolean {
  element.focus({ preventScroll: true })
  return document.activeElement === element
}

/** What can take the focus in place of what had it, the best first. */
function* homesOf({ layer, path, row }: Stay): Generator<HTMLElement> {
  for (const each of path) {
    if (!each.isConnected || !(each instanceof HTMLElement)) continue
    if (row !== null && each.closest('[data-row]') === null) yield* rowsNear(each, row)
    if (each.matches(focusable)) yield each
  }
  if (layer === document.body) yield* document.querySelectorAll<HTMLElement>(heartOfScreen)
}

/** What stands in the rows of a list: from that one on downwards, else upwards. Far ones say that it was scrolled. */
function rowsNear(list: HTMLElement, row: number): readonly HTMLElement[] {
  const near = [...list.querySelectorAll<HTMLElement>('[data-row]')].flatMap((each) => {
    const inside = each.querySelector<HTMLElement>('[tabindex]')
    const away = Number(each.dataset['row']) - row
    return inside === null || Math.abs(away) > farthest ? [] : [{ away, inside }]
  })
  const rank = (away: number) => (away >= 0 ? away : farthest - away)
  return near.sort((a, b) => rank(a.away) - rank(b.away)).map(({ inside }) => inside)
}

/** Keeps the focus of the window until the returned function is called. */
export function keepFocus(): () => void {
  const kept = new KeptFocus()
  const came = ({ target }: FocusEvent) => {
    if (target instanceof Element) kept.came(target)
  }
  let isOnItsWay = false
  const went = ({ relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null) {
      // A field that ends when it is left must not hold the focus back; where it was going may be gone with it.
      isOnItsWay = true
      setTimeout(() => {
        isOnItsWay = false
        kept.lost()
      })
      return
    }
    // What is being taken away is still in the document now.
    queueMicrotask(() => {
      if (document.hasFocus() && document.activeElement === document.body) kept.went()
    })
  }
  const changes = new MutationObserver((records) => {
    if (!isOnItsWay && records.some(({ removedNodes }) => removedNodes.length > 0)) kept.lost()
  })
  document.addEventListener('focusin', came)
  // Before anybody else hears of it and takes something away.
  document.addEventListener('focusout', went, true)
  changes.observe(document.body, { childList: true, subtree: true })
  return () => {
    document.removeEventListener('focusin', came)
    document.removeEventListener('focusout', went, true)
    changes.disconnect()
  }
}
