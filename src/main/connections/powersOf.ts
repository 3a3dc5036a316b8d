import type { Connection, PowerName } from '../../shared/connection.ts'
import type { Connector } from '../connectors/connector.ts'
import type { Powers } from '../connectors/powers.ts'

/** What the page learns with each version instead. */
type TellsByVersion = 'proxies'
type ToldName = Exclude<keyof Powers, TellsByVersion>

const names = {
  comments: true,
  search: true,
  favourites: true,
  trash: true,
  editing: true,
  ordering: true,
  history: true,
  relations: true,
  versionEditing: true,
  versionUpload: true,
  metadata: true,
  people: true,
  approvals: true,
  shares: true,
  inbox: true,
  captions: true,
  playlists: true,
} as const satisfies Record<ToldName, true>

type Told = Pick<Connection, 'powers' | 'lacks' | 'commentsHold'>

/** What a connector can do, as the page is told. Nothing of one that is not there: nobody has signed in yet. */
export function powersOf(connector: Connector | undefined): Told {
  if (connector === undefined) return { powers: [], lacks: [], commentsHold: null }
  const { can } = connector
  const powers: PowerName[] = (Object.keys(names) as ToldName[]).filter((name) => can[name] !== undefined)
  if (can.comments?.export !== undefined) powers.push('commentExport')
  if (can.approvals === undefined) powers.push('localVotes')
  return { powers, lacks: [...(connector.lacks ?? [])], commentsHold: can.comments?.holds ?? null }
}
