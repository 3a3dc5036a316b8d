/** Any value JSON can hold. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** The JSON of a plain value: fields that are undefined fall away, as they would on the wire. */
export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
