/** One step from an empty database to the one of today. */
export interface Migration {
  readonly name: string
  readonly sql: string
}
