import { z } from 'zod'
import type { ConnectionInput, ProviderId, Renewal } from '../../shared/connection.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import { toJson } from '../../shared/json.ts'
import type { Clock } from '../transfers/clock.ts'
import type { ConnectionAccess } from '../transfers/hostContract.ts'
import { createCandidioConnector } from './candidio/connector.ts'
import type { Connector } from './connector.ts'
import type { Fetch } from './http.ts'

export interface ConnectorParts {
  readonly fetch: Fetch
  readonly clock: Clock
}

/** A connection's settings and secrets as they are stored: the first in library.db, the second in the key store only. */
export interface ConnectionRecord {
  readonly settings: Json
  readonly secrets: Json
}

interface Provider {
  /** Splits what the user typed into what may be stored anywhere and what may not. `host` is what is shown. */
  readonly record: (input: ConnectionInput) => ConnectionRecord & { readonly host: string }
  /** The secrets after a new sign-in; `kept` undefined where none could be kept. `request.invalid` when some are missing. */
  readonly renew: (kept: Json | undefined, renewal: Renewal) => Json
  readonly connector: (record: ConnectionRecord, parts: ConnectorParts) => Connector
  /** What the transfer host needs for the upload and register halves. */
  readonly access: (id: ConnectionId, record: ConnectionRecord) => ConnectionAccess
}

const candidioSettings = z.object({
  address: z.string(),
  storage: z.object({
    endpoint: z.string().optional(),
    region: z.string(),
    bucket: z.string(),
    prefix: z.string(),
    forcePathStyle: z.boolean(),
    accessKeyId: z.string(),
  }),
})
const candidioSecrets = z.object({
  token: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string().optional(),
})

const candidio: Provider = {
  record(input) {
    const { address, token, storage } = input
    const { secretAccessKey, sessionToken, ...open } = storage
    return {
      host: hostOf(address),
      settings: toJson({ address, storage: open }),
      secrets: toJson({ token, secretAccessKey, sessionToken }),
    }
  },
  renew(kept, renewal) {
    const before = candidioSecrets.partial().parse(kept ?? {})
    const { token, secretAccessKey = before.secretAccessKey, sessionToken = before.sessionToken } = renewal
    if (secretAccessKey === undefined) throw new AppError('request.invalid', { field: 'secretAccessKey' })
    return toJson({ token, secretAccessKey, sessionToken })
  },
  connector(record, parts) {
    const { address } = candidioSettings.parse(record.settings)
    const { token } = candidioSecrets.parse(record.secrets)
    return createCandidioConnector({ access: { address, token }, ...parts })
  },
  access(connectionId, record) {
    const { address, storage } = candidioSettings.parse(record.settings)
    const { token, ...keys } = candidioSecrets.parse(record.secrets)
    return { connectionId, provider: 'candidio', api: { address, token }, storage: { ...storage, ...keys } }
  },
}

const providers: Partial<Record<ProviderId, Provider>> = { candidio }

/** The provider's code. `request.invalid` for one this version does not have. */
export function providerOf(id: ProviderId): Provider {
  const provider = providers[id]
  if (provider === undefined) throw new AppError('request.invalid', { provider: id })
  return provider
}

/** Host and port of an address; plain http is for this computer only, since a token would travel in the clear. */
export function hostOf(address: string): string {
  const url = new URL(address)
  const isHere = url.hostname === '127.0.0.1' || url.hostname === 'localhost' || url.hostname === '[::1]'
  if (url.protocol !== 'https:' && !isHere)
    throw new AppError('request.invalid', { field: 'address', reason: 'plainHttp' })
  if (url.username !== '' || url.password !== '')
    throw new AppError('request.invalid', { field: 'address', reason: 'password' })
  return url.host
}
