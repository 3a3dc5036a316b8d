import type { ActionId } from '../../shared/actions.ts'
import type { Asset } from '../../shared/place.ts'
import { canVote } from '../approvals/approvalStore.ts'
import {
  canHere,
  canOrderHere,
  connectionHere,
  placeHere,
  sharingConnection,
} from '../library/assetCommands.ts'
import { mayVoteHere, takesManyVotesHere } from '../library/chosenVotes.ts'
import { useLibrary } from '../library/libraryStore.ts'
import { playlistNeeds } from '../playlists/playlistActions.ts'
import { canEdit, canReply, canResolve } from '../review/comments/currentComment.ts'
import { isComparing } from '../review/compare/compareStore.ts'
import { isPictureShown } from '../review/composerFocus.ts'
import { isDrawingKept } from '../review/drawing/drawingOf.ts'
import { useDraw } from '../review/drawing/drawStore.ts'
import { hasVersions, openClip } from '../review/openClip.ts'
import { player } from '../review/playerControl.ts'
import { canChangeRendition } from '../review/renditions/renditionStore.ts'
import { may } from '../review/rights.ts'
import { searchable } from '../search/searchStore.ts'
import { useApp } from './appStore.ts'
import { topLayer } from './layers.ts'

const isTrash = () => placeHere()?.shelf === 'deleted'
const mayChange = () => placeHere()?.mayEdit !== false

const isPlain = () => (placeHere()?.shelf ?? null) === null
const canHoldFolders = () => isPlain() && placeHere()?.kind !== 'workspace'

const connectionOf = (asset: Asset | null) =>
  useApp.getState().connections.find(({ id }) => id === asset?.connectionId)

const isOneChosen = () => useLibrary.getState().selection.ids.size === 1

/** What ends up in a comment as a drawing. */
const drawing = [
  ...(['draw.pen', 'draw.arrow', 'draw.rectangle', 'draw.ellipse'] as const),
  ...(['draw.text', 'draw.eraser', 'draw.select'] as const),
]

const mayWrite = () => player()?.mayComment() ?? true
/** Sound, and what cannot be opened, have no picture. */
const mayDraw = () => mayWrite() && isPictureShown()

/** What an action needs beyond its place: a power of the service, a kind of place. */
export const actionNeeds: Readonly<Partial<Record<ActionId, () => boolean>>> = {
  'media.newVersion': () => canHere('versionUpload') && !isTrash() && isOneChosen(),
  'media.favourite': () => canHere('favourites') && !isTrash(),
  'media.rename': () => canHere('editing') && !isTrash() && isOneChosen(),
  'media.share': () => canHere('shares') && !isTrash(),
  'media.approve': () => mayVoteHere() && !isTrash(),
  'media.needsChanges': () => mayVoteHere() && !isTrash(),
  'media.requestApproval': () =>
    canHere('approvals') && takesManyVotesHere() && may(connectionHere(), 'askForApproval') && !isTrash(),
  'media.clearVotes': () => takesManyVotesHere() && may(connectionHere(), 'clearVotes') && !isTrash(),
  'media.remove': () => canHere('trash') && !isTrash(),
  'media.moveUp': () => canOrderHere() && isOneChosen(),
  'media.moveDown': () => canOrderHere() && isOneChosen(),
  'media.restore': () => canHere('trash') && isTrash(),
  'media.purge': () => canHere('trash') && isTrash(),
  'place.newFolder': () => canHere('editing') && canHoldFolders() && mayChange(),
  'place.rename': () => canHere('editing') && canHoldFolders() && mayChange(),
  'place.share': () => canHere('shares') && isPlain() && placeHere()?.kind !== 'workspace',
  'place.remove': () => canHere('trash') && placeHere()?.kind === 'folder' && isPlain() && mayChange(),
  'player.rendition': canChangeRendition,
  'review.nextVersion': hasVersions,
  'review.previousVersion': hasVersions,
  'review.swap': isComparing,
  'review.otherSound': isComparing,
  'review.share': () => connectionOf(openClip())?.powers.includes('shares') ?? false,
  'player.frameNumbers': () => openClip() !== null && player() !== null,
  'go.search': () => searchable() !== undefined,
  'go.shares': () => sharingConnection() !== undefined,
  'go.inbox': () => useApp.getState().connections.some((each) => each.powers.includes('inbox')),
  ...playlistNeeds,
  'go.out': () => topLayer() !== undefined,
  'review.comment': mayWrite,
  'review.reply': canReply,
  'review.edit': canEdit,
  'review.resolve': canResolve,
  ...Object.fromEntries(drawing.map((id) => [id, mayDraw])),
  'draw.save': () => mayWrite() && isDrawingKept(useDraw.getState()),
  'review.approve': () => canVote(),
  'review.needsChanges': () => canVote(),
}
