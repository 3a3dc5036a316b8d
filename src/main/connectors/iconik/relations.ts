import { z } from 'zod'
import type { RelationType } from '../../../shared/assetLife.ts'
import type { RelationPower, RemoteRelation } from '../powers.ts'
import type { RemoteRef } from '../remote.ts'
import { calls } from './calls/index.ts'
import { allRows, isGone, orElse } from './paging.ts'
import { placeNoteSchema } from './placeNote.ts'
import type { Session } from './session.ts'
import { few, id } from './wire.ts'
import { relatedAssetSchema, relatedAssetsSchema, relationSchema, relationTypesSchema } from './wireAssets.ts'

const perPage = 200
const mostRelated = 1000

/** What an index row says of how an asset is related. */
const rowsSchema = z.object({ objects: few(z.object({ id, relations: relatedAssetSchema.shape.relations })) })
type Told = z.infer<typeof relatedAssetSchema>['relations'][number]

/** Relations read from either end. */
export function createRelations({ call }: Session): RelationPower {
  const types = async (signal: AbortSignal): Promise<readonly RelationType[]> => {
    const { objects } = await call(calls['assets.listRelationTypes'], { answer: relationTypesSchema }, signal)
    return objects.map((type) => ({
      name: type.name,
      words: type.source_label,
      wordsBack: type.destination_label,
      isDirectional: type.is_directional === true,
    }))
  }

  const related = (assetId: string, signal: AbortSignal) =>
    allRows(
      (page) =>
        call(
          calls['assets.listRelations'],
          { path: { asset_id: assetId }, query: { page, per_page: perPage }, answer: relatedAssetsSchema },
          signal,
        ),
      mostRelated,
    )

  /** The relations that begin at an asset stand in its own row, not in those of the assets it is related to. */
  const ownRelations = async (
    { remoteId, place }: RemoteRef,
    signal: AbortSignal,
  ): Promise<readonly Told[]> => {
    const { collectionId } = placeNoteSchema.parse(place)
    const answer = await orElse(
      () =>
        collectionId === null
          ? call(
              calls['search.search'],
              {
                query: { per_page: 1, generate_signed_url: false, save_search_history: false },
                body: {
                  doc_types: ['assets'],
                  query: '',
                  filter: { operator: 'AND', terms: [{ name: 'id', value_in: [remoteId] }] },
                },
                answer: rowsSchema,
              },
              signal,
            )
          : call(
              calls['assets.listCollectionContents'],
              {
                path: { collection_id: collectionId },
                query: { object_types: 'assets', object_ids: remoteId, per_page: 1 },
                answer: rowsSchema,
              },
              signal,
            ),
      undefined,
    )
    return answer?.objects.find((row) => row.id === remoteId)?.relations ?? []
  }

  return {
    types,
    async list(ref, signal) {
      const [known, others, own] = await Promise.all([
        types(signal),
        related(ref.remoteId, signal),
        ownRelations(ref, signal),
      ])
      const found = new Map<string, RemoteRelation>()
      for (const other of others) {
        for (const { related_from_asset_id, related_to_asset_id, relation_type, description } of [
          ...own,
          ...other.relations,
        ]) {
          const from = related_from_asset_id ?? other.id
          const isFromHere = from === ref.remoteId && related_to_asset_id === other.id
          if (!isFromHere && !(from === other.id && related_to_asset_id === ref.remoteId)) continue
          const type = known.find(({ name }) => name === relation_type)
          found.set(`${relation_type} ${isFromHere} ${other.id}`, {
            type: relation_type,
            words: (isFromHere ? type?.words : type?.wordsBack) || relation_type,
            otherRemoteId: other.id,
            otherName: other.title,
            description: description ?? '',
          })
        }
      }
      return [...found.values()]
    },
    async add({ remoteId }, otherRemoteId, type, description, signal) {
      const body = {
        related_to_asset_id: otherRemoteId,
        relation_type: type,
        ...(description === '' ? {} : { description }),
      }
      // Asked for a second time it answers the relation that is there.
      await call(
        calls['assets.createRelation'],
        { path: { asset_id: remoteId }, body, answer: relationSchema },
        signal,
      )
    },
    async remove({ remoteId }, otherRemoteId, type, signal) {
      const ways = [
        [remoteId, otherRemoteId],
        [otherRemoteId, remoteId],
      ] as const
      // From which end it was made is not told here; where it is at neither, there is nothing to remove.
      for (const [asset_id, related_to_asset_id] of ways) {
        const path = { asset_id, related_to_asset_id, relation_type: type }
        try {
          await call(calls['assets.deleteRelation'], { path }, signal)
          return
        } catch (error) {
          if (!isGone(error)) throw error
        }
      }
    },
  }
}
