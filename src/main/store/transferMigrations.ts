import { migrationsFrom } from './migrations.ts'

/** The shape of transfers.db. */
export const transferMigrations = migrationsFrom(
  import.meta.glob<string>('./migrations/transfers/*.sql', { query: '?raw', import: 'default', eager: true }),
)
