import { beforeEach, expect, test, vi } from 'vitest'
import { KeptFocus } from './keptFocus.ts'

type Trait = 'focusable' | 'layer' | 'row' | 'disabled'
const traitOf: readonly (readonly [part: string, trait: Trait])[] = [
  ['[role="dialog"]', 'layer'],
  ['[data-row]', 'row'],
  [':disabled', 'disabled'],
  ['[tabindex]', 'focusable'],
]

/** As much of the document as is asked: who stands in whom, and what takes the focus. */
class Part {
  readonly name: string
  readonly traits: ReadonlySet<Trait>
  readonly dataset: { row?: string }
  readonly parts: Part[] = []
  parentElement: Part | null = null
  constructor(name: string, traits: readonly Trait[] = [], row?: number) {
    this.name = name
    this.traits = new Set(traits)
    this.dataset = row === undefined ? {} : { row: String(row) }
  }
  get isConnected(): boolean {
    return this === body || (this.parentElement?.isConnected ?? false)
  }
  add<P extends Part[]>(...parts: P): P {
    for (const part of parts) {
      part.parentElement = this
      this.parts.push(part)
    }
    return parts
  }
  remove() {
    this.parentElement = null
    if (page.activeElement === this || this.has(page.activeElement)) page.activeElement = body
  }
  has(other: Part): boolean {
    return this.parts.some((part) => part.parentElement === this && (part === other || part.has(other)))
  }
  matches(selector: string) {
    const trait = traitOf.find(([part]) => selector.includes(part))?.[1]
    return (
      trait !== undefined && this.traits.has(trait) && !(trait === 'focusable' && this.traits.has('disabled'))
    )
  }
  closest(selector: string): Part | null {
    return this.matches(selector) ? this : (this.parentElement?.closest(selector) ?? null)
  }
  querySelectorAll(selector: string): Part[] {
    return this.parts
      .filter((part) => part.parentElement === this)
      .flatMap((part) => [...(part.matches(selector) ? [part] : []), ...part.querySelectorAll(selector)])
  }
  querySelector(selector: string) {
    return this.querySelectorAll(selector)[0] ?? null
  }
  focus() {
    if (!this.isConnected || !this.matches('[tabindex]')) return
    page.activeElement = this
    kept.came(this as unknown as Element)
  }
}

let body: Part
let page: { activeElement: Part; body: Part; querySelectorAll: () => Part[] }
let kept: KeptFocus
/** Where the screen is entered. */
let hearts: Part[]
const here = () => page.activeElement.name

beforeEach(() => {
  body = new Part('page')
  page = { activeElement: body, body, querySelectorAll: () => hearts }
  kept = new KeptFocus()
  hearts = []
  vi.stubGlobal('document', page)
  vi.stubGlobal('HTMLElement', Part)
})

/** A list of cards with a button each. */
function listOf(rows: number) {
  const [list] = body.add(new Part('list', ['focusable']))
  const cards = Array.from({ length: rows }, (_, row) => {
    const [slot] = list.add(new Part(`slot ${row}`, ['row'], row))
    const [card] = slot.add(new Part(`card ${row}`, ['focusable']))
    const [more] = card.add(new Part(`more ${row}`, ['focusable']))
    return { card, more }
  })
  return { list, cards }
}

const gone = (part: Part) => {
  part.remove()
  kept.lost()
}

test('what is gone gives the focus to what it stood in', () => {
  const [box] = body.add(new Part('box'))
  const [card] = box.add(new Part('card', ['focusable']))
  const [field] = card.add(new Part('field', ['focusable']))
  field.focus()
  gone(field)
  expect(here()).toBe('card')
})

test.each([
  ['the next card', 5, 2, [2], 'card 3'],
  ['the one after those that go with it', 5, 1, [1, 2], 'card 3'],
  ['the one before, at the end', 3, 2, [2], 'card 1'],
  ['the list, when nothing near is left', 9, 1, [0, 1, 2, 3, 4], 'list'],
  ['the list, when it was the last', 1, 0, [0], 'list'],
])('a card that is gone gives it to %s', (_what, rows, at, which, expected) => {
  const { cards } = listOf(rows)
  cards[at]?.more.focus()
  for (const row of which) cards[row]?.card.remove()
  kept.lost()
  expect(here()).toBe(expected)
})

test('a menu whose card is gone, too, gives it to the next card', () => {
  const { cards } = listOf(3)
  cards[0]?.more.focus()
  const [menu] = body.add(new Part('menu', ['layer', 'focusable']))
  const [item] = menu.add(new Part('delete', ['focusable']))
  item.focus()
  cards[0]?.card.remove()
  kept.lost()
  expect(here(), 'the menu is still there').toBe('delete')
  gone(menu)
  expect(here()).toBe('card 1')
})

test('sheets over sheets give it back one by one, to where it was in each', () => {
  const [button] = body.add(new Part('button', ['focusable']))
  button.focus()
  const [menu] = body.add(new Part('menu', ['layer', 'focusable']))
  menu.focus()
  const [sheet] = body.add(new Part('sheet', ['layer', 'focusable']))
  const [field] = sheet.add(new Part('field', ['focusable']))
  field.focus()
  gone(menu)
  expect(here()).toBe('field')
  const [question] = body.add(new Part('question', ['layer', 'focusable']))
  question.focus()
  gone(question)
  expect(here()).toBe('field')
  gone(sheet)
  expect(here()).toBe('button')
})

test('a screen that took the place of another one is entered where it is entered', () => {
  const [before] = body.add(new Part('library'))
  const [card] = before.add(new Part('card', ['focusable']))
  card.focus()
  hearts = body.add(new Part('picture', ['focusable']))
  gone(before)
  expect(here()).toBe('picture')
})

test('given up, it is not taken up again behind a sheet', () => {
  const [button] = body.add(new Part('button', ['focusable']))
  button.focus()
  page.activeElement = body
  kept.went()
  hearts = body.add(new Part('picture', ['focusable']))
  const [sheet] = body.add(new Part('sheet', ['layer', 'focusable']))
  sheet.focus()
  gone(sheet)
  expect(here()).toBe('page')
})

test('between two elements the focus is nowhere, and is not taken back', () => {
  const [button] = body.add(new Part('button', ['focusable']))
  const [tip] = body.add(new Part('tip'))
  button.focus()
  page.activeElement = body
  gone(tip)
  expect(here()).toBe('page')
})

test('a button that is held back gives it to what it stands in', () => {
  const [bar] = body.add(new Part('bar', ['focusable']))
  const traits: Trait[] = ['focusable']
  const [send] = bar.add(new Part('send', traits))
  send.focus()
  ;(send.traits as Set<Trait>).add('disabled')
  page.activeElement = body
  kept.went()
  expect(here()).toBe('bar')
})
