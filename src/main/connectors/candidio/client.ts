import type { Clock } from '../../transfers/clock.ts'
import { createHttp, type Fetch } from '../http.ts'
import {
  type Asset,
  assetSchema,
  type CandidioAccess,
  type CandidioPlace,
  type Many,
  manySchema,
  type NewAsset,
  oneSchema,
  type Production,
  productionSchema,
  type Workspace,
  workspaceSchema,
} from './wire.ts'

export interface PageRequest {
  /** From 1. */
  readonly page: number
  readonly limit?: number
  readonly sort?: string
  readonly direction?: 'asc' | 'desc'
}

/** Candidio's calls, one method each. Fails with the codes of `Http`; only `createAsset` must not be repeated blindly. */
export interface CandidioClient {
  workspaces(page: PageRequest, signal: AbortSignal): Promise<Many<Workspace>>
  productions(workspaceId: string, page: PageRequest, signal: AbortSignal): Promise<Many<Production>>
  assets(place: CandidioPlace, page: PageRequest, signal: AbortSignal): Promise<Many<Asset>>
  asset(place: CandidioPlace, id: string, signal: AbortSignal): Promise<Asset>
  createAsset(place: CandidioPlace, asset: NewAsset, signal: AbortSignal): Promise<Asset>
}

export interface CandidioClientOptions {
  readonly access: CandidioAccess
  readonly fetch: Fetch
  readonly clock: Clock
}

const workspacesPage = manySchema(workspaceSchema)
const productionsPage = manySchema(productionSchema)
const assetsPage = manySchema(assetSchema)
const oneAsset = oneSchema(assetSchema)

export function createCandidioClient({ access, fetch, clock }: CandidioClientOptions): CandidioClient {
  const http = createHttp({
    address: access.address,
    authorise: () => ({ authorization: `Bearer ${access.token}` }),
    fetch,
    clock,
  })
  return {
    workspaces: (page, signal) =>
      http.ask({ method: 'GET', path: '/workspaces', query: { ...page }, answer: workspacesPage }, signal),
    productions: (workspaceId, page, signal) =>
      http.ask(
        {
          method: 'GET',
          path: `/workspaces/${encodeURIComponent(workspaceId)}/productions`,
          query: { ...page },
          answer: productionsPage,
        },
        signal,
      ),
    assets: (place, page, signal) =>
      http.ask({ method: 'GET', path: assetsPath(place), query: { ...page }, answer: assetsPage }, signal),
    async asset(place, id, signal) {
      const path = `${assetsPath(place)}/${encodeURIComponent(id)}`
      return (await http.ask({ method: 'GET', path, answer: oneAsset }, signal)).data
    },
    async createAsset(place, asset, signal) {
      const body = { data: { ...asset } }
      return (await http.ask({ method: 'POST', path: assetsPath(place), body, answer: oneAsset }, signal))
        .data
    },
  }
}

function assetsPath(place: CandidioPlace): string {
  const workspace = `/workspaces/${encodeURIComponent(place.workspaceId)}`
  if (place.productionId === null) return `${workspace}/assets`
  return `${workspace}/productions/${encodeURIComponent(place.productionId)}/assets`
}
