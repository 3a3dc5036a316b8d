import { migrationsFrom } from './migrations.ts'

/** The shape of library.db, step by step. */
export const libraryMigrations = migrationsFrom(
  import.meta.glob<string>('./migrations/library/*.sql', { query: '?raw', import: 'default', eager: true }),
)
