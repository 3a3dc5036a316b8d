import type { Output, Parsed } from '../../shared/contract.ts'
import { AppError } from '../../shared/errors.ts'
import type { AssetId, PlaceId } from '../../shared/ids.ts'
import type { MetadataValues, MetadataView } from '../../shared/metadata.ts'
import { missingFields } from '../../shared/metadata.ts'
import type { AskService } from '../connections/askService.ts'
import { misfit, misfitOrMissing } from './metadataFit.ts'
import type { Refs } from './refs.ts'

/** What is sent with the files of a drop. */
export interface DropMetadata {
  readonly viewKey: string
  readonly values: MetadataValues
}

/** Metadata views and values, as the service's administrators defined them; checked here before they go out. */
export interface Metadata {
  get(assetId: AssetId): Promise<Output<'metadata.get'>>
  /** `request.invalid` with the `field` that does not fit or is missing. */
  save(input: Parsed<'metadata.save'>): Promise<MetadataValues>
  wanted(placeId: PlaceId): Promise<MetadataView[]>
  /** Proves what was filled in for files sent to a place; out of reach, against what the service wanted when it was last asked. */
  check(placeId: PlaceId, metadata: DropMetadata): Promise<void>
}

export function createMetadata(refs: Refs, service: AskService): Metadata {
  const lastWanted = new Map<PlaceId, MetadataView[]>()

  const wanted = async (placeId: PlaceId): Promise<MetadataView[]> => {
    const { connectionId, remote } = refs.place(placeId)
    const views = [
      ...(await service.with(connectionId, 'metadata', (metadata, signal) =>
        metadata.wanted(remote, signal),
      )),
    ]
    lastWanted.set(placeId, views)
    return views
  }
  const viewOf = (views: readonly MetadataView[], key: string, call: string): MetadataView => {
    const view = views.find((each) => each.key === key)
    if (view === undefined) throw new AppError('request.invalid', { call, field: 'viewKey' })
    return view
  }

  return {
    async get(assetId) {
      const { connectionId, ref } = refs.asset(assetId)
      const { views, values } = await service.with(connectionId, 'metadata', (metadata, signal) =>
        metadata.read(ref, signal),
      )
      return { views: [...views], values }
    },
    async save({ assetId, viewKey, values }) {
      const call = 'metadata.save'
      const { connectionId, ref } = refs.asset(assetId)
      return service.with(connectionId, 'metadata', async (metadata, signal) => {
        const now = await metadata.read(ref, signal)
        const view = viewOf(now.views, viewKey, call)
        const field = misfit(view, values) ?? missingFields(view, { ...now.values, ...values })[0]
        if (field !== undefined) throw new AppError('request.invalid', { call, field })
        return metadata.write(ref, viewKey, values, signal)
      })
    },
    wanted,
    async check(placeId, { viewKey, values }) {
      let views: readonly MetadataView[]
      try {
        views = await wanted(placeId)
      } catch (error) {
        const known = lastWanted.get(placeId)
        const isOutOfReach =
          error instanceof AppError &&
          (error.code.startsWith('network.') || error.code === 'remote.unavailable')
        if (known === undefined || !isOutOfReach) throw error
        views = known
      }
      const field = misfitOrMissing(viewOf(views, viewKey, 'drops.send'), values)
      if (field !== undefined) throw new AppError('request.invalid', { call: 'drops.send', field })
    },
  }
}
