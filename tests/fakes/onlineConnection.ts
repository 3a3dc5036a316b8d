import { type Connection, connectionSchema } from '../../src/shared/connection.ts'

/** What the page knows of an account that is signed in to a service with approvals. */
export const onlineConnection = (id: Connection['id'], more: Partial<Connection> = {}): Connection =>
  connectionSchema.parse({
    id,
    provider: 'iconik',
    name: 'North',
    host: 'north.test',
    isStudio: false,
    state: 'online',
    failure: null,
    syncedAt: null,
    powers: ['approvals'],
    ...more,
  })
