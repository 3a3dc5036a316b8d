import type { Json } from '../../shared/json.ts'

/** What holds for a field of any kind. */
interface FieldMarks {
  readonly required?: true
  readonly nullable?: true
  /** Proves who asks, or opens something by itself: never logged, shown or kept. */
  readonly secret?: true
  /** The service takes it, but its published API file does not know it yet. */
  readonly seedOnly?: true
}

export type TextFormat = 'id' | 'email' | 'time' | 'url'

/**
 * One field of a remote call, as data: a form, a preview and a check can be made from it.
 * `list` bounds count its entries, `text` bounds its characters; `json` is any value of the service's own making.
 */
export type Field = FieldMarks &
  (
    | {
        readonly kind: 'text'
        readonly format?: TextFormat
        readonly choices?: readonly string[]
        readonly least?: number
        readonly most?: number
      }
    | {
        readonly kind: 'integer' | 'number'
        readonly least?: number
        readonly most?: number
        readonly choices?: readonly number[]
      }
    | { readonly kind: 'flag' }
    | { readonly kind: 'list'; readonly of: Field; readonly least?: number; readonly most?: number }
    | { readonly kind: 'group'; readonly fields: Fields }
    | { readonly kind: 'map'; readonly of: Field }
    | { readonly kind: 'json' }
  )

export type Fields = Readonly<Record<string, Field>>

type Bare<F> = F extends { readonly choices: readonly (infer Choice)[] }
  ? Choice
  : F extends { readonly kind: 'text' }
    ? string
    : F extends { readonly kind: 'integer' | 'number' }
      ? number
      : F extends { readonly kind: 'flag' }
        ? boolean
        : F extends { readonly kind: 'list'; readonly of: infer Of }
          ? readonly ValueOf<Of>[]
          : F extends { readonly kind: 'group'; readonly fields: infer Inner }
            ? ValuesOf<Inner>
            : F extends { readonly kind: 'map'; readonly of: infer Of }
              ? Readonly<Record<string, ValueOf<Of>>>
              : Json

/** The values a field takes. */
export type ValueOf<F> = Bare<F> | (F extends { readonly nullable: true } ? null : never)

type RequiredNames<Fs> = {
  [Name in keyof Fs]: Fs[Name] extends { readonly required: true } ? Name : never
}[keyof Fs]

/** The values a group of fields takes: the required ones must be there, the others may. */
export type ValuesOf<Fs> = { readonly [Name in RequiredNames<Fs>]: ValueOf<Fs[Name]> } & {
  readonly [Name in Exclude<keyof Fs, RequiredNames<Fs>>]?: ValueOf<Fs[Name]> | undefined
}

export const text = { kind: 'text' } as const
export const id = { kind: 'text', format: 'id' } as const
export const email = { kind: 'text', format: 'email' } as const
/** ISO 8601 with an offset. */
export const time = { kind: 'text', format: 'time' } as const
export const url = { kind: 'text', format: 'url' } as const
export const flag = { kind: 'flag' } as const
export const integer = { kind: 'integer' } as const
export const number = { kind: 'number' } as const
export const json = { kind: 'json' } as const

export const choice = <const Choices extends readonly string[]>(...choices: Choices) =>
  ({ kind: 'text', choices }) as const

interface Bounds {
  readonly least?: number
  readonly most?: number
}

export const textOf = <const B extends Bounds>(bounds: B) => ({ kind: 'text', ...bounds }) as const
export const integerOf = <const B extends Bounds>(bounds: B) => ({ kind: 'integer', ...bounds }) as const
export const numberOf = <const B extends Bounds>(bounds: B) => ({ kind: 'number', ...bounds }) as const

export function list<const F extends Field>(of: F, bounds: Bounds = {}) {
  return { kind: 'list', of, ...bounds } as const
}
export const group = <const Fs extends Fields>(fields: Fs) => ({ kind: 'group', fields }) as const
export const map = <const F extends Field>(of: F) => ({ kind: 'map', of }) as const

export const required = <const F extends Field>(field: F) => ({ ...field, required: true }) as const
export const nullable = <const F extends Field>(field: F) => ({ ...field, nullable: true }) as const
export const secret = <const F extends Field>(field: F) => ({ ...field, secret: true }) as const
export const seedOnly = <const F extends Field>(field: F) => ({ ...field, seedOnly: true }) as const
