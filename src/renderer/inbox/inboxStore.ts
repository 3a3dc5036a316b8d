import { create } from 'zustand'
import { toFailure } from '../../shared/errors.ts'
import type { Inbox, InboxItem } from '../../shared/inbox.ts'
import { ask, subscribe } from '../bridge.ts'
import { go } from '../shell/routeStore.ts'
import { say } from '../shell/sayStore.ts'

interface InboxState extends Inbox {
  readonly isLoaded: boolean
}

/** What waits for the user at all services together, newest first. */
export const useInbox = create<InboxState>(() => ({ items: [], unread: 0, isLoaded: false }))

const take = (inbox: Inbox): void => useInbox.setState({ ...inbox, isLoaded: true })

/** Keeps the inbox as main has it, until the returned function is called. */
export function followInbox(): () => void {
  void readInbox()
  return subscribe('inbox.changed', take)
}

async function readInbox(): Promise<void> {
  try {
    take(await ask('inbox.list'))
  } catch (error) {
    say(toFailure(error))
  }
}

export async function markRead(items: readonly InboxItem[]): Promise<void> {
  const unread = items.filter((item) => !item.isRead)
  const byConnection = new Map<InboxItem['connectionId'], string[]>()
  for (const { connectionId, key } of unread)
    byConnection.set(connectionId, [...(byConnection.get(connectionId) ?? []), key])
  try {
    for (const [connectionId, keys] of byConnection)
      take(await ask('inbox.markRead', { connectionId, keys: keys.slice(0, 500) }))
  } catch (error) {
    say(toFailure(error))
  }
}

/** Goes to what an item is about; seen is read. */
export async function openItem(item: InboxItem): Promise<void> {
  void markRead([item])
  try {
    const found =
      item.assetId !== null
        ? { assetId: item.assetId, versionId: item.versionId }
        : await ask('inbox.open', { connectionId: item.connectionId, key: item.key })
    const { assetId, versionId } = found
    go({ screen: 'review', assetId, ...(versionId === null ? {} : { versionId }) })
  } catch (error) {
    say(toFailure(error))
  }
}
