/** One step of a database's shape. Versions count from 1 without a gap. */
export interface Migration {
  readonly version: number
  readonly name: string
  readonly sql: string
}

/** Turns the texts of `NNNN-name.sql` files, by path, into migrations in order. Throws on a gap, a twin or a wrong name. */
export function migrationsFrom(files: Readonly<Record<string, string>>): readonly Migration[] {
  const migrations = Object.entries(files).map(([path, sql]): Migration => {
    const match = /(?:^|\/)(\d{4})-([A-Za-z0-9]+)\.sql$/.exec(path)
    if (match === null) throw new Error(`not the name of a migration: ${path}`)
    return { version: Number(match[1]), name: match[2] ?? '', sql }
  })
  migrations.sort((a, b) => a.version - b.version)
  for (const [index, { version, name }] of migrations.entries()) {
    if (version !== index + 1)
      throw new Error(`migration ${version} (${name}) stands where ${index + 1} belongs`)
  }
  return migrations
}
