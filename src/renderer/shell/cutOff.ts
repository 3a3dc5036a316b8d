/** A press that writes a letter. */
interface Letter {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

const isLetter = ({ key, ctrlKey, metaKey, altKey }: Letter): boolean =>
  Array.from(key).length === 1 && !ctrlKey && !metaKey && !altKey

/** Whoever types looks up after this long without a letter. */
const pauseMs = 1_000

/**
 * Somebody types, and the field is taken away by something else than what they pressed (another version arrives): the
 * letters that follow are words and not commands, until there is a pause.
 */
export class CutOff {
  readonly #now: () => number
  /** When the last letter went into a field; undefined after any other press. */
  #wroteAt: number | undefined
  #cutAt: number | undefined

  constructor(now: () => number) {
    this.#now = now
  }

  /** A key or the pointer was pressed; `isInField`: with the focus in a field. */
  pressed(press: Letter | null, isInField: boolean): void {
    this.#wroteAt = press !== null && isInField && isLetter(press) ? this.#now() : undefined
    if (press === null || isInField) this.#cutAt = undefined
  }

  /** A field that had the focus has left the document. */
  fieldGone(): void {
    if (this.#wroteAt !== undefined && this.#now() - this.#wroteAt < pauseMs) this.#cutAt = this.#now()
  }

  /** Whether this press is still meant for the field that is gone. */
  takes(press: Letter): boolean {
    if (this.#cutAt === undefined || this.#now() - this.#cutAt >= pauseMs || !isLetter(press)) return false
    this.#cutAt = this.#now()
    return true
  }
}

/** Of this window. */
export const cutOff = new CutOff(() => performance.now())
