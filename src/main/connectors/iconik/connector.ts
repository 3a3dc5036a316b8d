import { type RightName, rightNameSchema } from '../../../shared/connection.ts'
import type { Json } from '../../../shared/json.ts'
import type { Connector } from '../connector.ts'
import type { Powers } from '../powers.ts'
import type { ConnectorParts } from '../provider.ts'
import { createApprovals } from './approvals.ts'
import { createFavourites, createHistory, createVersions } from './assetLife.ts'
import { createAssetLists } from './assets.ts'
import { createCaptions } from './captions.ts'
import { createComments } from './comments.ts'
import { createEditing, createOrdering } from './editing.ts'
import { createInbox } from './inbox.ts'
import { createMedia } from './media.ts'
import { createMetadata } from './metadata.ts'
import { createNames, createPeople } from './people.ts'
import { createPlaces } from './places.ts'
import { createPlaylists } from './playlists.ts'
import { createRelations } from './relations.ts'
import { createReviews } from './reviews.ts'
import { createSearch } from './search.ts'
import { createSelves } from './self.ts'
import { openSession, type SessionSecrets } from './session.ts'
import { createShares } from './shares.ts'
import { createTrash } from './trash.ts'

export interface IconikOptions extends ConnectorParts {
  /** Origin of the service's host. */
  readonly address: string
  readonly secrets: SessionSecrets
}

/** The role without which a power is of no use. */
const neededRoles = {
  comments: 'can_read_segments',
  search: 'can_search',
  favourites: 'can_write_favorites',
  trash: 'can_delete_assets',
  editing: 'can_write_assets',
  ordering: 'can_write_collections',
  history: 'can_read_assets_history',
  relations: 'can_read_asset_relations',
  versionEditing: 'can_write_versions',
  versionUpload: 'can_write_versions',
  metadata: 'can_read_metadata_values',
  people: 'can_read_users',
  approvals: 'can_read_approval_request',
  shares: 'can_write_shares',
  inbox: 'can_read_notifications',
  captions: 'can_read_asset_subtitles',
  proxies: 'can_read_proxies',
  playlists: 'can_read_playlists',
} as const satisfies Record<keyof Powers, string>

/** The role without which the service refuses one use of a power. */
const rolesOfRights = {
  comment: 'can_create_segments',
  changeComments: 'can_write_segments',
  removeComments: 'can_delete_segments',
  vote: 'can_write_approval_status',
  takeBackVote: 'can_delete_approval_status',
  clearVotes: 'can_write_approval_status_in_bulk',
  askForApproval: 'can_write_approval_request',
  withdrawRequest: 'can_delete_approval_request',
  changeMetadata: 'can_write_metadata_values',
} as const satisfies Record<RightName, string>

/**
 * What a guest's session can hold at all; the rest is the domain's own business. People are looked up to mention them,
 * where the share says so.
 */
const guestPowers: ReadonlySet<string> = new Set(['comments', 'metadata', 'approvals', 'people', 'proxies'])

/**
 * iconik: an account's domain, or what was shared with a guest. Which powers there are follows from the roles: of a guest
 * those the share gives, of a user those known once `account` has answered.
 */
export function createIconikConnector({ address, secrets, ...parts }: IconikOptions): Connector {
  const session = openSession(address, secrets, parts)
  const selves = createSelves(session)
  const media = createMedia(session, parts)
  const reviews = createReviews(session, selves, parts)
  const names = createNames(session)
  // Guests send nothing: what a share takes in goes the service's own way.
  const rights = () => ({ mayUpload: session.share === null && selves.may('can_create_assets') })
  const { places, place } = createPlaces(session, selves, rights)
  const lists = createAssetLists(session, media, reviews)

  const powers: Required<Powers> = {
    comments: createComments({ session, selves, media, parts }),
    search: createSearch(session, lists),
    favourites: createFavourites(session),
    trash: createTrash(session),
    editing: createEditing(session, lists, rights),
    ordering: createOrdering(session, rights),
    history: createHistory(session, names),
    relations: createRelations(session),
    versionEditing: createVersions(session),
    versionUpload: true,
    metadata: createMetadata(session),
    people: createPeople(session),
    approvals: createApprovals({ session, selves, names, reviews }),
    shares: createShares(session, names),
    inbox: createInbox(session, names),
    captions: createCaptions(session),
    proxies: media.ofService,
    playlists: createPlaylists(session, selves, lists, () => parts.clock.now()),
  }
  const isThere = (name: string): boolean => {
    if (session.share !== null && !guestPowers.has(name)) return false
    const role = neededRoles[name as keyof Powers]
    return selves.may(role)
  }

  return {
    provider: 'iconik',
    async account(signal) {
      const { name } = await selves.refresh(signal)
      return { name, isShare: session.share !== null }
    },
    places,
    place,
    assets: lists.assets,
    asset: lists.asset,
    media: media.link,
    renewed: (listener: (secrets: Json) => void) => session.onRenewed(listener),
    get can(): Powers {
      return Object.fromEntries(Object.entries(powers).filter(([name]) => isThere(name)))
    },
    get lacks(): RightName[] {
      return rightNameSchema.options.filter((name) => !selves.may(rolesOfRights[name]))
    },
  }
}
