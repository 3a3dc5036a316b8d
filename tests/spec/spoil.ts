import type { Seeded } from '../fakes/seeded.ts'
import { isNode } from './schemaNode.ts'

/** An answer as it goes over the wire. */
export interface WireAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array<ArrayBuffer>
}

const json = { 'content-type': 'application/json' }
export const wireAnswer = (status: number, value: unknown): WireAnswer => ({
  status,
  headers: json,
  body: value === undefined ? '' : JSON.stringify(value),
})

/** A good answer with something wrong: in a value, in its text, or around it. */
export function spoiledAnswer({ status, body }: WireAnswer, random: Seeded): WireAnswer {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body)
  const kind = random.below(20)
  if (kind === 0) return { status: random.pick(statuses), headers: random.pick(oddHeaders), body: text }
  if (kind === 1) return { status: random.pick(statuses), headers: json, body: random.pick(oddRefusals) }
  if (kind === 2) return { status, headers: json, body: text.slice(0, random.below(text.length + 1)) }
  if (kind === 3) return { status, headers: json, body: flipped(text, random) }
  if (kind === 4)
    return { status, headers: { 'content-type': 'text/html' }, body: '<html>Sign in to the hotel</html>' }
  if (kind === 5) return { status, headers: json, body: random.pick(oddTexts) }
  let value: unknown = text === '' ? {} : JSON.parse(text)
  for (let left = 1 + random.below(4); left > 0; left -= 1) value = spoiled(value, random)
  // Written by hand: a copy of an object would lose the name that changes its prototype.
  const spelled = JSON.stringify(value) ?? ''
  return { status, headers: json, body: spelled.replaceAll('"a_prototype":', '"__proto__":') }
}

const statuses = [
  200, 201, 202, 204, 301, 302, 400, 401, 403, 404, 407, 408, 409, 410, 413, 418, 422, 429, 500, 502, 503,
  599,
]
const oddHeaders: readonly Readonly<Record<string, string>>[] = [
  {},
  { 'retry-after': 'soon' },
  { 'retry-after': '99999999999999999999' },
  { 'retry-after': '-5' },
  { 'ratelimit-remaining': '-1' },
  { 'ratelimit-remaining': '1e9' },
  { 'content-type': 'application/json; charset=utf-16' },
  { location: 'http://127.0.0.1:9/elsewhere' },
]
const oddRefusals = [
  '',
  '{"errors":["No such role."]}',
  '{"errors":{"title":["is too long"],"__proto__":"x"}}',
  '{"errors":"text"}',
  '{"errors":[null,7,{"a":1}]}',
  `{"errors":["${'x'.repeat(50_000)}"]}`,
  '{"errors":{"a":{"b":[[["deep"]]]}}}',
  '[]',
  'null',
  '<html><body>502 Bad Gateway</body></html>',
]
const deep = (open: string, close: string, inner: string, levels: number) =>
  `${open.repeat(levels)}${inner}${close.repeat(levels)}`
const oddTexts = [
  'null',
  '[]',
  '"text"',
  '7',
  '1e999',
  'NaN',
  '\ufeff{}',
  '{}{}',
  '{"objects":null}',
  '{"objects":{}}',
  '{"objects":[null]}',
  '{"objects":[],"pages":1e309,"page":-1}',
  deep('[', ']', '', 5000),
  deep('{"metadata":', '}', '1', 3000),
  `{"objects":[${'{"metadata":{"a":'.repeat(400)}1${'}}'.repeat(400)}]}`,
]

function flipped(text: string, random: Seeded): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text)
  for (let left = 1 + random.below(6); left > 0 && bytes.length > 0; left -= 1)
    bytes[random.below(bytes.length)] = random.below(256)
  return bytes
}

const oddValues: readonly ((random: Seeded) => unknown)[] = [
  () => null,
  () => '',
  () => 0,
  () => -1,
  () => 1e300,
  () => 2 ** 53,
  () => 0.5,
  () => true,
  () => [],
  () => ({}),
  () => [[], [null]],
  () => ({ a_prototype: { polluted: true } }),
  () => 'x'.repeat(20_000),
  () => '\u202e\u0000\ud800 <script>alert(1)</script>',
  () => '../../../etc/passwd',
  () => '0000-00-00T99:99:99Z',
  () => '99999-12-31T23:59:59+99:99',
  () => 'javascript:alert(1)',
  () => '23.976023976',
  () => '0/0',
  () => '99:99:99;99',
  (random) => Array.from({ length: 30 }, () => random.below(3)),
]

/** One value somewhere inside is lost, doubled or another one. */
function spoiled(value: unknown, random: Seeded): unknown {
  const odd = () => random.pick(oddValues)(random)
  if (Array.isArray(value)) {
    if (value.length === 0 || random.below(6) === 0) return random.below(2) === 0 ? odd() : [...value, odd()]
    if (random.below(8) === 0) return Array.from({ length: 40 }, () => value[0])
    const at = random.below(value.length)
    return value.with(at, spoiled(value[at], random))
  }
  if (!isNode(value) || Object.keys(value).length === 0 || random.below(12) === 0) return odd()
  const name = random.pick(Object.keys(value))
  const { [name]: old, ...others } = value
  const way = random.below(8)
  if (way === 0) return others
  if (way === 1) return { ...value, an_unknown: odd() }
  return { ...others, [name]: way < 5 ? spoiled(old, random) : odd() }
}
