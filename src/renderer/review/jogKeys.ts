import type { ActionId } from '../../shared/actions.ts'
import type { PlayerControl } from './playerControl.ts'

/** Down for longer than this, a key was not tapped but is held. */
const tapMs = 250
/** Whoever still holds the pause key after this meant to hold it, and not to begin. */
const longestTapMs = 500

const ways: Readonly<Partial<Record<ActionId, 1 | -1>>> = { 'player.faster': 1, 'player.backward': -1 }

export type JogPress = Pick<KeyboardEvent, 'code' | 'key' | 'repeat' | 'metaKey'>

/**
 * The pause key held together with one that plays forwards or backwards: tapped, that one steps by a frame; held, it plays
 * slowly until either is let go. Knows actions and no letters, so it goes with whatever keys the user chose for them.
 */
export class JogKeys {
  readonly #player: () => PlayerControl | null
  /** The pause key that is down; `begins`: let go without another key, it starts what stood. */
  #held: { readonly code: string; readonly control: PlayerControl; readonly since: number } | null = null
  #begins = false
  /** Keys for either way that are down, the newest last. */
  readonly #down = new Map<string, 1 | -1>()
  /** Keys that have stepped: what they repeat until they are let go means nothing more. */
  readonly #spent = new Set<string>()
  #jog: { readonly code: string; readonly control: PlayerControl; moves: boolean } | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(player: () => PlayerControl | null) {
    this.#player = player
  }

  /** A press that means the action; true where that is all it was to do. */
  pressed(id: ActionId, press: JogPress): boolean {
    // Of a key that goes up while Command is down, macOS does not tell.
    if (press.metaKey) return false
    if (id === 'player.toggle') return this.#hold(press)
    const way = ways[id]
    if (way === undefined) return false
    const { code } = press
    if (press.repeat) return this.#spent.has(code)
    this.#spent.delete(code)
    this.#down.delete(code)
    this.#down.set(code, way)
    const control = this.#player()
    if (this.#held === null || control === null) return false
    this.#begins = false
    this.#end()
    control.step(way)
    this.#goOn(code, way, control)
    return true
  }

  released(code: string): void {
    this.#down.delete(code)
    this.#spent.delete(code)
    if (this.#jog?.code === code) this.#end()
    const held = this.#held
    if (held?.code !== code) return
    this.#held = null
    this.#end()
    for (const each of this.#down.keys()) this.#spent.add(each)
    const isTap = performance.now() - held.since < longestTapMs
    if (this.#begins && isTap && this.#player() === held.control) held.control.toggle()
  }

  /** Nothing counts as held any more: the keys may go up where nobody hears of it, or now mean something else. */
  letGo(): void {
    this.#held = null
    this.#end()
    for (const code of this.#down.keys()) this.#spent.add(code)
    this.#down.clear()
  }

  #hold({ code, key, repeat }: JogPress): boolean {
    const control = this.#player()
    if (control === null) return false
    if (repeat) return true
    this.#end()
    this.#held = { code, control, since: performance.now() }
    // Held to step, it must not have played before the other key is down. Space is not held so, and begins at once.
    this.#begins = !control.isPlaying && key !== ' '
    if (!this.#begins) control.toggle()
    const other = [...this.#down].at(-1)
    if (other !== undefined) {
      this.#begins = false
      this.#goOn(...other, control)
    }
    return true
  }

  /** Slowly on, once it is clear that the key is held. */
  #goOn(code: string, way: 1 | -1, control: PlayerControl): void {
    this.#spent.add(code)
    const jog = { code, control, moves: false }
    this.#jog = jog
    this.#timer = setTimeout(() => {
      if (this.#player() !== control) return
      jog.moves = true
      control.creep(way)
    }, tapMs)
  }

  #end(): void {
    clearTimeout(this.#timer)
    const jog = this.#jog
    this.#jog = null
    if (jog?.moves !== true || this.#player() !== jog.control) return
    jog.control.pause()
    // A picture that still comes after the pause would take the counter further than the key was held.
    jog.control.step(0)
  }
}
