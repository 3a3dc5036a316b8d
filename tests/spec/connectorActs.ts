import { z } from 'zod'
import type { Connector } from '../../src/main/connectors/connector.ts'
import type { VersionRef } from '../../src/main/connectors/powers.ts'
import type { RemotePlace, RemoteRef } from '../../src/main/connectors/remote.ts'
import { approvalStateSchema, approverSchema } from '../../src/shared/approval.ts'
import { historyEntrySchema, relationTypeSchema } from '../../src/shared/assetLife.ts'
import { inboxItemSchema } from '../../src/shared/inbox.ts'
import { metadataValuesSchema, metadataViewSchema } from '../../src/shared/metadata.ts'
import { personGroupSchema, personSchema } from '../../src/shared/people.ts'
import { assetKindSchema, placeKindSchema, reviewStatusSchema } from '../../src/shared/place.ts'
import { commentSchema } from '../../src/shared/review.ts'
import { facetSchema } from '../../src/shared/search.ts'
import { shareSchema } from '../../src/shared/share.ts'
import type { Seeded } from '../fakes/seeded.ts'
import type { Act } from './outcome.ts'
import { playlistActs } from './playlistActs.ts'
import { uuidOf } from './sample.ts'

const { signal } = new AbortController()

const time = z.number().int().nullable()
const versionResult = z.object({
  ...{ remoteId: z.string().min(1), number: z.number().int().nonnegative(), createdAt: time },
  ...{ author: z.string().nullable(), review: reviewStatusSchema },
})
const assetResult = z.object({
  ...{
    remoteId: z.string().min(1),
    name: z.string(),
    kind: assetKindSchema,
    mediaType: z.string().nullable(),
  },
  ...{ bytes: z.number().int().nonnegative().nullable(), createdAt: time, isReady: z.boolean() },
  thumbnailKey: z.string().nullable(),
  versions: z.array(versionResult).min(1),
  extra: z.record(z.string(), z.json()),
})
const placeResult = z.object({
  ...{ remoteId: z.string().min(1), kind: placeKindSchema, name: z.string(), status: z.string().nullable() },
  ...{ hasChildren: z.boolean(), takesUploads: z.boolean(), remote: z.json() },
})
const pageOf = (row: z.ZodType) =>
  z.object({ items: z.array(row), cursor: z.string().optional(), total: z.number().int().optional() })
const linkResult = z.object({ url: z.url(), mediaType: z.string().nullable() }).optional()
const shareResult = shareSchema.extend({
  target: z.object({ kind: z.enum(['asset', 'place']), remoteId: z.string().min(1) }),
})
const approvalResult = z.object({
  ...{ state: approvalStateSchema, minimum: z.number().int().nonnegative() },
  ...{ requestedBy: z.string().nullable(), requestedAt: time, approvers: z.array(approverSchema) },
})
const inboxResult = inboxItemSchema
  .omit({ connectionId: true, assetId: true, versionId: true })
  .extend({ assetRemoteId: z.string().nullable(), versionRemoteId: z.string().nullable() })
const nothing = z.undefined()

/** Everything a connector can be asked, with arguments as the app would give them. */
export function actsOf(connector: Connector, random: Seeded): Act[] {
  const id = () => uuidOf(random)
  const note = {
    ...{ domainId: id(), collectionId: id(), storageId: null },
    ...(random.below(4) === 0 ? { isOrdered: true } : {}),
  }
  const place: RemotePlace = {
    ...{ remoteId: id(), kind: 'folder', name: 'Day 1', status: null, hasChildren: true, takesUploads: true },
    remote: note,
  }
  const shelf: RemotePlace = {
    ...place,
    remote: {
      ...{ domainId: id(), collectionId: null, storageId: null },
      shelf: random.pick(['favourites', 'recent', 'deleted', 'shared']),
    },
  }
  const asset: RemoteRef = { remoteId: id(), place: note }
  const version: VersionRef = { remoteId: id(), assetRemoteId: asset.remoteId, place: note }
  const comment = sampleComment(random)
  const target = { kind: random.pick(['asset', 'place'] as const), remoteId: id() }
  const cursor = random.below(3) === 0 ? '2' : undefined
  const { can } = connector
  const acts: (Act | undefined)[] = [
    ['account', () => connector.account(signal), z.object({ name: z.string() })],
    [
      'places',
      () => connector.places(random.pick([null, place, shelf]), cursor, signal),
      pageOf(placeResult),
    ],
    ['assets', () => connector.assets(random.pick([place, shelf]), cursor, signal), pageOf(assetResult)],
    ['asset', () => connector.asset(asset, signal), assetResult],
    ['media', () => connector.media(asset, random.pick(['play', 'thumbnail']), true, signal), linkResult],
    connector.place && ['place', async () => connector.place?.(id(), signal), z.array(placeResult).min(1)],
  ]
  const { comments, search, favourites, trash, editing, ordering, history, relations } = can
  if (comments !== undefined)
    acts.push(
      ['comments.list', () => comments.list(version, signal), z.array(commentSchema)],
      [
        'comments.create',
        () => comments.create(version, comment, random.pick([null, id()]), signal),
        z.object({ remoteId: z.string() }),
      ],
      ['comments.change', () => comments.change(version, comment, signal), nothing],
      ['comments.remove', () => comments.remove(version, id(), signal), nothing],
    )
  if (comments?.export !== undefined) {
    const { export: write } = comments
    acts.push([
      'comments.export',
      () => write(version, random.pick(['csv', 'srt', 'vtt']), ['comment'], signal),
      z.string(),
    ])
  }
  if (comments?.many !== undefined) {
    const { many } = comments
    acts.push(['comments.many', () => many.change(version, [comment], signal), nothing])
  }
  if (search !== undefined)
    acts.push([
      'search',
      () => search.find('day', {}, cursor, signal),
      pageOf(assetResult).extend({ facets: z.array(facetSchema) }),
    ])
  if (favourites !== undefined) acts.push(['favourites', () => favourites.set([id()], true, signal), nothing])
  if (trash !== undefined)
    acts.push(
      ['trash.remove', () => trash.remove([asset], signal), nothing],
      ['trash.restore', () => trash.restore([id()], signal), nothing],
      ['trash.purge', () => trash.purge([id()], signal), nothing],
    )
  if (editing !== undefined)
    acts.push(
      ['editing.renameAsset', () => editing.renameAsset(asset, 'B', signal), assetResult],
      ['editing.renamePlace', () => editing.renamePlace(place, 'B', signal), placeResult],
      ['editing.createPlace', () => editing.createPlace(place, 'B', signal), placeResult],
    )
  if (ordering !== undefined)
    acts.push(
      ['ordering.setOrdered', () => ordering.setOrdered(place, true, signal), placeResult],
      ['ordering.move', () => ordering.move(place, id(), random.pick([null, id()]), signal), nothing],
    )
  if (history !== undefined)
    acts.push(['history', () => history.entries(asset, signal), z.array(historyEntrySchema)])
  if (relations !== undefined)
    acts.push(
      ['relations.types', () => relations.types(signal), z.array(relationTypeSchema)],
      [
        'relations.list',
        () => relations.list(asset, signal),
        z.array(z.object({ otherRemoteId: z.string().min(1), otherName: z.string() })),
      ],
      ['relations.add', () => relations.add(asset, id(), 'derived', '', signal), nothing],
    )
  const { captions } = can
  if (captions !== undefined)
    acts.push(
      [
        'captions.list',
        () => captions.list(version, signal),
        z.array(z.object({ key: z.string().min(1), label: z.string().min(1) })),
      ],
      ['captions.read', () => captions.read(version, 'en', signal), z.string()],
    )
  acts.push(
    ...playlistActs(connector, random, asset),
    ...reviewActs(connector, random, { asset, place, version, target }),
  )
  return acts.filter((act) => act !== undefined)
}

interface Given {
  readonly asset: RemoteRef
  readonly place: RemotePlace
  readonly version: VersionRef
  readonly target: { readonly kind: 'asset' | 'place'; readonly remoteId: string }
}

function reviewActs({ can }: Connector, random: Seeded, { asset, place, version, target }: Given): Act[] {
  const id = () => uuidOf(random)
  const acts: Act[] = []
  const { versionEditing, metadata, people, approvals, shares, inbox } = can
  if (versionEditing !== undefined)
    acts.push(
      ['versions.promote', () => versionEditing.promote(asset, id(), signal), nothing],
      [
        'versions.deleted',
        () => versionEditing.deleted(asset, signal),
        z.array(z.object({ remoteId: z.string(), number: z.number().int().positive() })),
      ],
      ['versions.restore', () => versionEditing.restore(asset, id(), signal), nothing],
    )
  if (metadata !== undefined)
    acts.push(
      [
        'metadata.read',
        () => metadata.read(asset, signal),
        z.object({ views: z.array(metadataViewSchema), values: metadataValuesSchema }),
      ],
      ['metadata.write', () => metadata.write(asset, id(), { scene: ['12'] }, signal), metadataValuesSchema],
      ['metadata.wanted', () => metadata.wanted(place, signal), z.array(metadataViewSchema)],
    )
  if (people !== undefined)
    acts.push([
      'people',
      () => people.find('mi', signal),
      z.object({ people: z.array(personSchema), groups: z.array(personGroupSchema) }),
    ])
  if (approvals !== undefined)
    acts.push(
      ['approvals.read', () => approvals.read(version, signal), approvalResult],
      [
        'approvals.vote',
        () => approvals.vote(version, random.pick(['approved', 'needsChanges', null]), signal),
        nothing,
      ],
      ['approvals.withdraw', () => approvals.withdraw(version, signal), nothing],
    )
  if (shares !== undefined)
    acts.push(
      ['shares.list', () => shares.list(random.pick([null, target]), signal), z.array(shareResult)],
      ['shares.link', () => shares.link(`assets/${id()}/${id()}`, signal), z.string()],
    )
  if (inbox !== undefined) acts.push(['inbox', () => inbox.list(signal), z.array(inboxResult)])
  return acts
}

function sampleComment(random: Seeded) {
  return commentSchema.parse({
    ...{
      id: '01J8Z0000000000000000000AB',
      remoteId: uuidOf(random),
      versionId: '01J8Z0000000000000000000AC',
    },
    ...{ parentId: null, span: null, text: 'Too dark', isResolved: false, isInternal: random.below(2) === 0 },
    ...{ colour: null, drawing: [], attachments: [], createdAt: 1, updatedAt: 1, isLocalOnly: false },
    ...{ pending: null, extra: {}, author: { remoteId: null, name: 'Mia', isMe: true } },
  })
}
