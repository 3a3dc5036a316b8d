import type { ConnectionInput, ProviderId, Renewal } from '../../shared/connection.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Json } from '../../shared/json.ts'
import type { Clock } from '../transfers/clock.ts'
import type { ConnectionAccess } from '../transfers/hostContract.ts'
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

/** A record whose secrets may not have been kept. */
export interface KeptRecord {
  readonly settings: Json
  readonly secrets: Json | undefined
}

/** What a connection's own input looks like, and what signs in to one that is there. */
export type InputOf<Id extends ProviderId> = Extract<ConnectionInput, { provider: Id }>

/**
 * What the app must know of a kind of service before there is a connection. `record` and `renew` may ask the service:
 * a password becomes a token there and is forgotten. They fail with `request.invalid` for input of another provider or
 * with something missing, with `auth.codeNeeded` and `auth.passwordNeeded` when the same call has to be made again with
 * more, and with the codes of `Connector`.
 */
export interface Provider {
  /** Folders of a drop become folders there; elsewhere every file lies in the place itself. */
  readonly keepsFolders?: true
  /** Splits what the user typed into what may be stored anywhere and what may not. `host` is what is shown. */
  readonly record: (
    input: ConnectionInput,
    parts: ConnectorParts,
    signal: AbortSignal,
  ) => Promise<ConnectionRecord & { readonly host: string }>
  /** The secrets after a new sign-in. */
  readonly renew: (
    kept: KeptRecord,
    renewal: Renewal,
    parts: ConnectorParts,
    signal: AbortSignal,
  ) => Promise<Json>
  readonly connector: (record: ConnectionRecord, parts: ConnectorParts) => Connector
  /** What the transfer host needs for the upload and register halves; undefined where nothing can be sent. */
  readonly access: (id: ConnectionId, record: ConnectionRecord) => ConnectionAccess | undefined
}

/** The input if it is for this provider; else `request.invalid`. */
export function inputFor<Id extends ProviderId>(id: Id, input: ConnectionInput): InputOf<Id> {
  if (input.provider !== id) throw new AppError('request.invalid', { provider: input.provider })
  return input as InputOf<Id>
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
