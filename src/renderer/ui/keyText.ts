/** What a key press says, as the browser's event has it. */
export interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  getModifierState?(name: string): boolean
}

interface Combination {
  readonly mod: boolean
  readonly alt: boolean
  readonly shift: boolean
  readonly key: string
}

const modifierNames = ['Mod', 'Alt', 'Shift']

function parse(text: string): Combination {
  const pieces = text.split('+')
  // `Mod++` is the plus key with Mod.
  const key = text.endsWith('++') ? '+' : (pieces.at(-1) ?? '')
  return {
    mod: pieces.includes('Mod'),
    alt: pieces.includes('Alt'),
    shift: pieces.includes('Shift'),
    key,
  }
}

const isLetter = (key: string) => /^[a-z]$/i.test(key)
const isSign = (key: string) => key.length === 1 && !/[a-z0-9]/i.test(key)

/** The key's name in shortcut texts. A letter is read from its place on the board when the layout is not Latin. */
function keyOf(press: KeyPress): string {
  if (press.key === ' ') return 'Space'
  if (press.key.length === 1 && (press.key.codePointAt(0) ?? 0) > 127) {
    const letter = /^Key([A-Z])$/.exec(press.code)?.[1]
    if (letter !== undefined) return letter
  }
  // Option on macOS types other characters; the shortcut means the key.
  if (press.altKey && /^Key[A-Z]$/.test(press.code)) return press.code.slice(3)
  return isLetter(press.key) ? press.key.toUpperCase() : press.key
}

/**
 * Whether a press is the shortcut `text`, such as `Mod+Shift+O`, `?` or `Alt+ArrowLeft`.
 * For signs Shift is not compared: where `?` needs it depends on the board. AltGr types signs and is no modifier.
 */
export function isPress(text: string, press: KeyPress, mac: boolean): boolean {
  const wanted = parse(text)
  const key = keyOf(press)
  if (key !== (isLetter(wanted.key) ? wanted.key.toUpperCase() : wanted.key)) return false
  const altGraph = press.getModifierState?.('AltGraph') ?? false
  const mod = mac ? press.metaKey : press.ctrlKey && !altGraph
  const other = mac ? press.ctrlKey : press.metaKey
  const alt = press.altKey && !altGraph
  if (mod !== wanted.mod || other || alt !== wanted.alt) return false
  return isSign(wanted.key) || press.shiftKey === wanted.shift
}

const onlyModifiers = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock', 'Dead', 'Unidentified']

/** The shortcut text of a press, for choosing a shortcut by pressing it; undefined while only modifiers are down. */
export function pressText(press: KeyPress, mac: boolean): string | undefined {
  if (onlyModifiers.includes(press.key)) return undefined
  const key = keyOf(press)
  const altGraph = press.getModifierState?.('AltGraph') ?? false
  const held = [
    (mac ? press.metaKey : press.ctrlKey && !altGraph) && 'Mod',
    press.altKey && !altGraph && 'Alt',
    press.shiftKey && !isSign(key) && 'Shift',
  ]
  return [...held.filter((name) => name !== false), key].join('+')
}

const macNames: Readonly<Record<string, string>> = { Mod: '⌘', Alt: '⌥', Shift: '⇧' }
const shortNames: Readonly<Record<string, string>> = { Mod: 'Ctrl', Escape: 'Esc', Delete: 'Del' }

/** The names on the keys of a shortcut, in the order people press them. */
export function keyNames(text: string, mac: boolean): string[] {
  const { mod, alt, shift, key } = parse(text)
  const held = modifierNames.filter(
    (name) => (name === 'Mod' && mod) || (name === 'Alt' && alt) || (name === 'Shift' && shift),
  )
  return [...held, key].map((name) => (mac ? macNames[name] : undefined) ?? shortNames[name] ?? name)
}
