import type { Fields, ValueOf, ValuesOf } from './remoteField.ts'

/**
 * What a call does outside. `destroy`: deletes, or cannot be taken back. `send`: reaches other people or other systems
 * (mail, notification, a foreign address).
 */
export type Effect = 'read' | 'write' | 'destroy' | 'send'

/** Whose proof a call carries: a signed-in user's, a share visitor's, the application's alone, or none. */
export type Proof = 'user' | 'visitor' | 'application' | 'none'

/** `text`: the answer is a document, not data. `empty`: nothing in the answer is of use. */
export type AnswerKind = 'json' | 'text' | 'empty'

/**
 * One documented call of a back end, as data. A provider's calls are one table of these, under unique names
 * `service.verbNoun`; its client sends any of them, and a list, a form or a preview can be made from them.
 */
export interface RemoteCall {
  readonly name: string
  /** Its number in the list of the service's public actions, where it has one. */
  readonly action?: number
  readonly service: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the service; `{name}` stands for one encoded segment. */
  readonly path: `/${string}`
  /** What it does, for a person. */
  readonly words: string
  /** Rights the service asks for; none where it names none. */
  readonly roles: readonly string[]
  readonly effect: Effect
  /** `user` where nothing is said. */
  readonly proof?: Proof
  /** Placeholders of the path that are more than an id. */
  readonly placeholders?: Fields
  readonly query?: Fields
  readonly headers?: Fields
  readonly body?: Fields
  /** The body may be left out whole. */
  readonly bodyOptional?: true
  readonly answer: AnswerKind
  /** Names of answer fields, at any depth, that are secrets: tokens, signed URLs, one-time codes. */
  readonly secretAnswer?: readonly string[]
  /** Fields of the answered object or rows that the published API file does not know yet. */
  readonly seedOnlyAnswer?: readonly string[]
}

/** Names the rows by their keys. Nothing is checked here: the types hold the shape, a test compares with the published files. */
export function defineCalls<const Rows extends Readonly<Record<string, Omit<RemoteCall, 'name'>>>>(
  rows: Rows,
): { readonly [Name in keyof Rows & string]: Rows[Name] & { readonly name: Name } } {
  const named = Object.entries(rows).map(([name, row]) => [name, { ...row, name }] as const)
  return Object.fromEntries(named) as {
    readonly [Name in keyof Rows & string]: Rows[Name] & { readonly name: Name }
  }
}

type PlaceholderNames<Path> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PlaceholderNames<Rest>
  : never

type PathValues<Row extends RemoteCall> = {
  readonly [Name in PlaceholderNames<Row['path']>]: Row extends {
    readonly placeholders: { readonly [Named in Name]: infer F }
  }
    ? ValueOf<F>
    : string
}

/** Nothing where there are no fields, so that giving any does not compile; optional where every field is. */
type Part<Name extends string, Values> = [keyof Values] extends [never]
  ? unknown
  : Record<never, never> extends Values
    ? { readonly [At in Name]?: Values }
    : { readonly [At in Name]: Values }

type BodyPart<Row extends RemoteCall> = Row extends { readonly body: infer Body }
  ? Row extends { readonly bodyOptional: true }
    ? { readonly body?: ValuesOf<Body> }
    : { readonly body: ValuesOf<Body> }
  : unknown

/** What a call must and may be given. */
export type CallInput<Row extends RemoteCall> = Part<'path', PathValues<Row>> &
  (Row extends { readonly query: infer Query } ? Part<'query', ValuesOf<Query>> : unknown) &
  (Row extends { readonly headers: infer Headers } ? Part<'headers', ValuesOf<Headers>> : unknown) &
  BodyPart<Row>

/** Any call's input, for the code that sends it. */
export interface AnyCallInput {
  readonly path?: Readonly<Record<string, unknown>>
  readonly query?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, unknown>>
  readonly body?: Readonly<Record<string, unknown>>
}

/** The path with its placeholders filled in, each encoded; undefined when a value is missing or would leave its segment. */
export function filledPath(path: string, values: Readonly<Record<string, unknown>> = {}): string | undefined {
  let isWhole = true
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = values[name]
    const segment = typeof value === 'string' || typeof value === 'number' ? String(value) : ''
    // A URL reads `.` and `..` as steps, an empty segment names the parent's list, half a character cannot be encoded.
    if (/^\.{0,2}$|\p{Surrogate}/u.test(segment)) isWhole = false
    return isWhole ? encodeURIComponent(segment) : ''
  })
  return isWhole ? filled : undefined
}
