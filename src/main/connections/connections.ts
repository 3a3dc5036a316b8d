import { ulid } from 'ulid'
import type { Connection, ConnectionInput, ProviderId, Renewal } from '../../shared/connection.ts'
import type { Failure } from '../../shared/errors.ts'
import { AppError, toFailure } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import { connectionIdSchema } from '../../shared/ids.ts'
import type { Account, Connector } from '../connectors/connector.ts'
import type { ConnectionRecord, ConnectorParts, Provider } from '../connectors/provider.ts'
import { providerOf as registered } from '../connectors/registry.ts'
import type { Secrets } from '../secrets.ts'
import type { ConnectionStore, StoredConnection } from '../store/connectionStore.ts'
import type { ConnectionAccess } from '../transfers/hostContract.ts'
import { powersOf } from './powersOf.ts'
import type { ReconnectParts } from './reconnect.ts'
import { createReconnect } from './reconnect.ts'

interface Live {
  state: Connection['state']
  failure: Failure | null
  connector: Connector | undefined
  access: ConnectionAccess | undefined
  accountName: string | undefined
  heldUntil: number | null
}

export interface ConnectionsParts {
  readonly store: ConnectionStore
  readonly secrets: Pick<Secrets, 'read' | 'write' | 'remove'>
  readonly connectorParts: ConnectorParts
  /** The code for a kind of service; that of the registry unless a test brings its own. */
  readonly providerOf?: (id: ProviderId) => Provider
  /** Starts the studio on this computer, if it does not run yet, and says how to reach what it has of this kind of service. */
  readonly openStudio: (provider: ProviderId) => Promise<ConnectionInput>
  /** Transfers to the connection that are neither done nor canceled. */
  readonly unfinished: (id: ConnectionId) => Promise<number>
  readonly changed: (connections: Connection[]) => void
  /** What the transfer host may use has changed. */
  readonly accessChanged: (access: ConnectionAccess[]) => void
  /** The connection answers again: what waits for it may go on. */
  readonly online: (id: ConnectionId) => void
  readonly removed: (id: ConnectionId) => void
  readonly now: () => number
  readonly random: ReconnectParts['random']
  readonly later: ReconnectParts['later']
}

/** The accounts of this profile: signed in, kept, told about, removed. */
export interface Connections {
  /** Signs in to everything stored, in the background. */
  start(): Promise<void>
  list(): Connection[]
  add(input: ConnectionInput): Promise<Connection>
  /** The studio's connection of this kind: one, however often it is opened. */
  openStudio(provider: ProviderId): Promise<Connection>
  /** With new secrets, proven before they replace the old ones. */
  signIn(id: ConnectionId, renewal: Renewal): Promise<Connection>
  retry(id: ConnectionId): Promise<Connection>
  remove(id: ConnectionId): Promise<void>
  /** Fails with `thing.notFound` or, while nobody is signed in, with what went wrong. */
  connector(id: ConnectionId): Connector
  connectorIfAny(id: ConnectionId): Connector | undefined
  myName(id: ConnectionId): string
  /** Whether comments belong at its service, also while it cannot be asked. */
  holdsComments(id: ConnectionId): boolean
  access(): ConnectionAccess[]
  /** Every call to a back end reports here how it went, so that the state shown is the true one. */
  report(id: ConnectionId, error: unknown): void
  /** The network may be back: whoever did not answer is asked now instead of a little later. */
  askAgain(): void
  /** Gives up what is asked; nothing is stored or told after it. */
  stop(): void
}

export function createConnections(parts: ConnectionsParts): Connections {
  const { store, secrets, providerOf = registered } = parts
  const live = new Map<ConnectionId, Live>()
  const stopped = new AbortController()

  const liveOf = (id: ConnectionId): Live => {
    let entry = live.get(id)
    if (entry === undefined) {
      entry = {
        state: 'connecting',
        failure: null,
        connector: undefined,
        access: undefined,
        accountName: undefined,
        heldUntil: null,
      }
      live.set(id, entry)
    }
    return entry
  }
  const shown = (row: StoredConnection): Connection => {
    const entry = liveOf(row.id)
    const { id, provider, name, host, isStudio, isShare, syncedAt } = row
    const { state, failure, heldUntil } = entry
    return {
      id,
      provider,
      name,
      host,
      isStudio,
      isShare,
      syncedAt,
      state,
      failure,
      heldUntil,
      ...powersOf(entry.connector),
    }
  }
  const list = () => store.all().map(shown)
  const tell = () => parts.changed(list())
  const stored = (id: ConnectionId): StoredConnection => {
    const row = store.get(id)
    if (row === undefined) throw new AppError('thing.notFound', { thing: 'connection' })
    return row
  }
  const access = () =>
    [...live.values()].flatMap((entry) => (entry.access === undefined ? [] : [entry.access]))

  /** Whether answers about it still matter: it may have been removed while they were on their way. */
  const isHere = (id: ConnectionId) => !stopped.signal.aborted && store.get(id) !== undefined
  const deadline = () => AbortSignal.any([stopped.signal, AbortSignal.timeout(30_000)])

  const fail = (id: ConnectionId, error: unknown) => {
    if (!isHere(id)) return
    const failure = toFailure(error)
    const entry = liveOf(id)
    entry.failure = failure
    if (failure.code === 'auth.expired' || failure.code === 'secrets.unavailable') entry.state = 'signedOut'
    else entry.state = entry.connector !== undefined && isReachable(failure) ? 'online' : 'offline'
    if (entry.state === 'offline') reconnect.failed(id)
    else reconnect.reached(id)
    tell()
  }
  const succeed = (id: ConnectionId) => {
    if (!isHere(id)) return
    reconnect.reached(id)
    const entry = liveOf(id)
    const wasOnline = entry.state === 'online' && entry.failure === null
    entry.state = 'online'
    entry.failure = null
    if (entry.heldUntil !== null && entry.heldUntil <= parts.now()) letGo(id)
    if (wasOnline) return
    store.markSynced(id, parts.now())
    tell()
    parts.online(id)
  }

  const letGo = (id: ConnectionId) => {
    const entry = live.get(id)
    if (entry === undefined || entry.heldUntil === null || !isHere(id)) return
    entry.heldUntil = null
    tell()
  }
  /** The pace of the connection waits by itself; here it is only told, and that it is over. */
  const hold = (id: ConnectionId, retryAt: number) => {
    const entry = liveOf(id)
    const wait = retryAt - parts.now()
    if (wait <= 0 || (entry.heldUntil ?? 0) >= retryAt || !isHere(id)) return
    entry.heldUntil = retryAt
    tell()
    parts.later(wait, () => {
      if (entry.heldUntil !== retryAt) return
      letGo(id)
      // What was refused meanwhile goes on by itself.
      if (isHere(id) && entry.state === 'online') parts.online(id)
    })
  }

  /** Makes the connector and asks once. The access is given out first: uploads may wait for a network on their own. */
  const signIn = async (
    id: ConnectionId,
    provider: StoredConnection['provider'],
    record: ConnectionRecord,
  ) => {
    if (!isHere(id)) return
    const entry = liveOf(id)
    const connector = providerOf(provider).connector(record, parts.connectorParts)
    entry.connector = connector
    entry.access = providerOf(provider).access(id, record)
    connector.renewed?.((renewed) => {
      const next = { settings: record.settings, secrets: renewed }
      keepRenewed(id, provider, connector, next).catch((error: unknown) => fail(id, error))
    })
    parts.accessChanged(access())
    await askAccount(id, connector)
  }

  /** The old token may be dead already, so the transfer host hears before the key store does. */
  const keepRenewed = async (
    id: ConnectionId,
    provider: StoredConnection['provider'],
    connector: Connector,
    record: ConnectionRecord,
  ) => {
    const entry = live.get(id)
    const row = store.get(id)
    if (entry?.connector !== connector || row === undefined) return
    entry.access = providerOf(provider).access(id, record)
    parts.accessChanged(access())
    if (!row.isStudio) await secrets.write(id, record.secrets)
  }

  const keepAccount = (id: ConnectionId, connector: Connector, account: Account) => {
    const row = store.get(id)
    if (row === undefined || stopped.signal.aborted) return
    const known = { isShare: account.isShare === true, holdsComments: connector.can.comments !== undefined }
    if (row.isShare === known.isShare && row.holdsComments === known.holdsComments) return
    store.markAccount(id, known)
    tell()
  }

  const askAccount = async (id: ConnectionId, connector: Connector) => {
    try {
      const account = await connector.account(deadline())
      // A newer sign-in, with other keys or another address, has its own answer.
      const entry = live.get(id)
      if (entry?.connector !== connector) return
      entry.accountName = account.name
      keepAccount(id, connector, account)
      succeed(id)
    } catch (error) {
      if (live.get(id)?.connector === connector) fail(id, error)
    }
  }

  const connect = async (row: StoredConnection): Promise<void> => {
    try {
      if (row.isStudio) {
        const input = await parts.openStudio(row.provider)
        const record = await providerOf(row.provider).record(input, parts.connectorParts, deadline())
        store.update(row.id, { host: record.host, settings: record.settings })
        await signIn(row.id, row.provider, record)
        return
      }
      const kept = await secrets.read(row.id)
      if (kept === undefined) throw new AppError('secrets.unavailable', { name: row.name })
      await signIn(row.id, row.provider, { settings: row.settings, secrets: kept })
    } catch (error) {
      fail(row.id, error)
    }
  }

  const reconnect = createReconnect({
    random: parts.random,
    later: parts.later,
    ask(id) {
      const row = isHere(id) ? store.get(id) : undefined
      if (row === undefined) return
      const connector = live.get(id)?.connector
      void (connector === undefined ? connect(row) : askAccount(id, connector))
    },
  })

  const opening = new Map<ProviderId, Promise<Connection>>()
  const openStudio = async (provider: ProviderId): Promise<Connection> => {
    const input = await parts.openStudio(provider)
    const record = await providerOf(provider).record(input, parts.connectorParts, deadline())
    const known = store.studios().find((row) => row.provider === provider)
    const id = known?.id ?? connectionIdSchema.parse(ulid())
    if (known === undefined) {
      const { host, settings } = record
      store.add(
        { id, provider: input.provider, name: input.name, host, isStudio: true, settings },
        parts.now(),
      )
    } else store.update(id, { host: record.host, settings: record.settings })
    await signIn(id, input.provider, record)
    tell()
    return shown(stored(id))
  }

  return {
    async start() {
      await Promise.all(store.all().map(connect))
    },
    list,
    async add(input) {
      const record = await providerOf(input.provider).record(input, parts.connectorParts, deadline())
      // Nothing is stored before the service has answered: a mistyped token leaves no trace.
      await providerOf(input.provider).connector(record, parts.connectorParts).account(deadline())
      const id = connectionIdSchema.parse(ulid())
      await secrets.write(id, record.secrets)
      const { host, settings } = record
      store.add(
        { id, provider: input.provider, name: input.name, host, isStudio: false, settings },
        parts.now(),
      )
      await signIn(id, input.provider, record)
      tell()
      return shown(stored(id))
    },
    openStudio(provider) {
      const running = opening.get(provider) ?? openStudio(provider).finally(() => opening.delete(provider))
      opening.set(provider, running)
      return running
    },
    async signIn(id, renewal) {
      const row = stored(id)
      if (row.isStudio) throw new AppError('request.invalid', { call: 'connections.signIn' })
      const provider = providerOf(row.provider)
      const kept = { settings: row.settings, secrets: await secrets.read(id) }
      const renewed = await provider.renew(kept, renewal, parts.connectorParts, deadline())
      const record = { settings: row.settings, secrets: renewed }
      await provider.connector(record, parts.connectorParts).account(deadline())
      await secrets.write(id, renewed)
      // As new: what waits for it goes on also where it seemed to work all the time.
      liveOf(id).state = 'connecting'
      await signIn(id, row.provider, record)
      tell()
      return shown(stored(id))
    },
    async retry(id) {
      const row = stored(id)
      liveOf(id).state = 'connecting'
      tell()
      await connect(row)
      return shown(stored(id))
    },
    async remove(id) {
      const row = stored(id)
      const unfinished = await parts.unfinished(id)
      if (unfinished > 0) throw new AppError('transfer.notStoppable', { count: unfinished, name: row.name })
      store.remove(id)
      live.delete(id)
      reconnect.reached(id)
      parts.accessChanged(access())
      parts.removed(id)
      tell()
      await secrets.remove(id)
    },
    connector(id) {
      stored(id)
      const entry = liveOf(id)
      if (entry.connector !== undefined) return entry.connector
      throw new AppError(entry.failure?.code ?? 'remote.unavailable', entry.failure?.facts ?? {})
    },
    connectorIfAny: (id) => live.get(id)?.connector,
    // A service may tell what it can do only once it was asked; until then what it said last counts.
    holdsComments: (id) =>
      live.get(id)?.connector?.can.comments !== undefined || store.get(id)?.holdsComments === true,
    myName: (id) => live.get(id)?.accountName ?? 'Me',
    access,
    report(id, error) {
      if (error === undefined) {
        succeed(id)
        return
      }
      // Nobody was asked: whoever tries to sign in tells how that went.
      if (live.get(id)?.connector === undefined) return
      const { code, facts } = toFailure(error)
      const { retryAt } = facts
      if (code === 'remote.rateLimited' && typeof retryAt === 'number') hold(id, retryAt)
      if (code === 'auth.expired' || code.startsWith('network.') || code === 'remote.unavailable')
        fail(id, error)
    },
    askAgain: () => reconnect.now(),
    stop() {
      stopped.abort()
      reconnect.stop()
    },
  }
}

/** The service answered, though not with what was asked for. */
function isReachable(failure: Failure): boolean {
  return (
    !failure.code.startsWith('network.') &&
    failure.code !== 'remote.unavailable' &&
    failure.code !== 'internal.bug'
  )
}
