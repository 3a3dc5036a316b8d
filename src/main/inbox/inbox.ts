import type { Output, Parsed } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { ConnectionId } from '../../shared/ids.ts'
import type { Inbox, InboxItem } from '../../shared/inbox.ts'
import type { AskService } from '../connections/askService.ts'
import type { RemoteInboxItem } from '../connectors/powers.ts'
import type { Whereabouts } from '../library/whereabouts.ts'
import type { AssetStore } from '../store/assetStore.ts'

/** Somebody who waits for an answer waits at most this long to be seen. */
const pollEvery = 30_000
/** While the window cannot be seen. */
const restEvery = 120_000
/** Of each service the newest. */
const mostItems = 200
const longestText = 2000
const longestTitle = 300

export interface InboxParts {
  readonly assets: AssetStore
  readonly service: AskService
  readonly whereabouts: Pick<Whereabouts, 'version'>
  /** Connections whose service has an inbox and answers. */
  readonly connections: () => readonly ConnectionId[]
  readonly changed: (inbox: Inbox) => void
  readonly isVisible: () => boolean
  readonly report: (error: unknown) => void
  readonly now: () => number
  readonly later: (milliseconds: number, run: () => void) => () => void
}

/** What the services want to tell the user, all connections together, newest first. Lives in memory, read again and again. */
export interface InboxService {
  start(): void
  list(): Inbox
  markRead(input: Parsed<'inbox.markRead'>): Promise<Inbox>
  /** `thing.notFound` for an item that is not there or leads nowhere. */
  open(input: Parsed<'inbox.open'>): Promise<Output<'inbox.open'>>
  /** A connection came or went: asked at once. */
  wake(): Promise<void>
  stop(): void
}

export function createInbox(parts: InboxParts): InboxService {
  const { assets, service } = parts
  const held = new Map<ConnectionId, readonly RemoteInboxItem[]>()
  const empty: Inbox = { items: [], unread: 0 }
  let told = JSON.stringify(empty)
  let readAt = Number.NEGATIVE_INFINITY
  let cancel: () => void = () => undefined
  let isStopped = false
  let running: Promise<void> | undefined

  const shown = (connectionId: ConnectionId, item: RemoteInboxItem): InboxItem => {
    const { assetRemoteId, versionRemoteId, ...said } = item
    const assetId = assetRemoteId === null ? undefined : assets.ofRemote(connectionId, assetRemoteId)
    const versionId =
      assetId === undefined || versionRemoteId === null
        ? undefined
        : assets.versionOfRemote(assetId, versionRemoteId)
    return {
      ...said,
      title: said.title.slice(0, longestTitle),
      text: said.text.slice(0, longestText),
      connectionId,
      assetId: assetId ?? null,
      versionId: versionId ?? null,
    }
  }
  const list = (): Inbox => {
    const items = [...held]
      .flatMap(([connectionId, own]) => own.map((item) => shown(connectionId, item)))
      .sort((a, b) => b.at - a.at)
    return { items, unread: items.filter((item) => !item.isRead).length }
  }
  const tell = () => {
    if (isStopped) return
    const inbox = list()
    const text = JSON.stringify(inbox)
    if (text === told) return
    told = text
    parts.changed(inbox)
  }

  const readOne = async (connectionId: ConnectionId): Promise<void> => {
    try {
      const before = held.get(connectionId)
      const items = await service.with(connectionId, 'inbox', (inbox, signal) => inbox.list(signal))
      // Something was marked as read while the list was on its way: the next one knows.
      if (held.get(connectionId) !== before) return
      held.set(connectionId, [...items].sort((a, b) => b.at - a.at).slice(0, mostItems))
    } catch (error) {
      // What was read before stays; the connection itself says what is wrong.
      if (!isStopped) parts.report(error)
    }
  }
  const readAll = (): Promise<void> => {
    running ??= (async () => {
      const ids = parts.connections()
      await Promise.all(ids.map(readOne))
      if (isStopped) return
      readAt = parts.now()
      const here = new Set(parts.connections())
      for (const id of held.keys()) if (!here.has(id)) held.delete(id)
      tell()
    })().finally(() => {
      running = undefined
    })
    return running
  }
  const waitForNext = () => {
    if (isStopped) return
    cancel()
    cancel = parts.later(pollEvery, () => {
      const isDue = parts.isVisible() || parts.now() - readAt >= restEvery
      void (isDue ? readAll() : Promise.resolve()).finally(waitForNext)
    })
  }
  const itemOf = (connectionId: ConnectionId, key: string): RemoteInboxItem => {
    const item = held.get(connectionId)?.find((each) => each.key === key)
    if (item === undefined) throw new AppError('thing.notFound', { thing: 'notice' })
    return item
  }

  return {
    start: waitForNext,
    list,
    async markRead({ connectionId, keys }) {
      await service.with(connectionId, 'inbox', (inbox, signal) => inbox.markRead(keys, signal))
      const own = held.get(connectionId)
      const read = new Set(keys)
      if (own !== undefined) {
        held.set(
          connectionId,
          own.map((item) => (read.has(item.key) ? { ...item, isRead: true } : item)),
        )
      }
      tell()
      return list()
    },
    async open({ connectionId, key }) {
      const { assetRemoteId, versionRemoteId } = itemOf(connectionId, key)
      if (assetRemoteId === null) throw new AppError('thing.notFound', { thing: 'asset' })
      return parts.whereabouts.version(connectionId, assetRemoteId, versionRemoteId)
    },
    async wake() {
      await readAll()
      waitForNext()
    },
    stop() {
      isStopped = true
      cancel()
    },
  }
}
