import type { calls } from '../../shared/contract.ts'
import type { Handlers } from '../../shared/rpc.ts'
import type { AskService } from '../connections/askService.ts'
import type { InboxService } from '../inbox/inbox.ts'
import type { Shares } from '../sharing/shares.ts'

type Names = Extract<keyof typeof calls, `people.${string}` | `shares.${string}` | `inbox.${string}`>

export interface SharingCallParts {
  readonly service: AskService
  readonly shares: Shares
  readonly inbox: InboxService
}

export function sharingCalls({
  service,
  shares,
  inbox,
}: SharingCallParts): Pick<Handlers<typeof calls>, Names> {
  return {
    'people.find': async ({ connectionId, text }) => {
      const { people, groups } = await service.with(connectionId, 'people', (power, signal) =>
        power.find(text, signal),
      )
      return { people: [...people], groups: [...groups] }
    },
    'shares.list': ({ connectionId, target }) => shares.list(connectionId, target),
    'shares.create': (draft) => shares.create(draft),
    'shares.copyLink': ({ connectionId, key }) => shares.copyLink(connectionId, key),
    'shares.remove': ({ connectionId, keys }) => shares.remove(connectionId, keys),
    'shares.invite': (input) => shares.invite(input),
    'shares.revokeGuest': (input) => shares.revokeGuest(input),
    'inbox.list': async () => inbox.list(),
    'inbox.markRead': (input) => inbox.markRead(input),
    'inbox.open': (input) => inbox.open(input),
  }
}
