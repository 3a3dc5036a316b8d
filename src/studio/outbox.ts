import { appendFileSync } from 'node:fs'

/** What would be sent as an e-mail. */
export interface Letter {
  readonly to: string
  readonly purpose: string
  readonly [detail: string]: string
}

/** Stands in for e-mail: what would be sent is a line of `mail.jsonl`. */
export class Outbox {
  readonly #file: string

  constructor(file: string) {
    this.#file = file
  }

  send(letter: Letter): void {
    appendFileSync(this.#file, `${JSON.stringify(letter)}\n`, { mode: 0o600 })
  }
}
