/** An iconik studio with somebody signed in, for the tests of the connector. */
import { fileURLToPath } from 'node:url'
import type { Connector } from '../../src/main/connectors/connector.ts'
import { iconikProvider } from '../../src/main/connectors/iconik/provider.ts'
import type { VersionRef } from '../../src/main/connectors/powers.ts'
import type { ConnectorParts } from '../../src/main/connectors/provider.ts'
import type { RemotePlace } from '../../src/main/connectors/remote.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import type { IconikInput } from '../../src/shared/connection.ts'
import { IconikClient } from '../fakes/iconikClient.ts'
import type { StudioProcess, StudioProcessOptions } from '../fakes/studioProcess.ts'
import { startStudio } from '../fakes/studioProcess.ts'
import { allPlaces, none, placeDown } from './asking.ts'

const samplesFolder = fileURLToPath(new URL('../../resources/samples', import.meta.url))

export interface IconikStation {
  readonly studio: StudioProcess
  /** Plain requests, for what the connector does not do and for looking at what it did. */
  readonly api: IconikClient
  /** A connector after its first answer, as the app has it. */
  signIn(proof: IconikInput['signIn']): Promise<Connector>
  readonly me: Connector
  /** An account with few roles. */
  readonly limited: Connector
}

export async function openIconik(
  options: StudioProcessOptions & { readonly hasSamples?: boolean } = {},
  parts: ConnectorParts = { fetch: globalThis.fetch, clock: systemClock },
): Promise<IconikStation> {
  const { hasSamples = true, ...rest } = options
  const studio = await startStudio({ ...(hasSamples ? { samplesFolder } : {}), ...rest })
  const { appId, token, limitedToken } = studio.iconik
  const signIn = (proof: IconikInput['signIn']) => signInAt(studio, proof, parts)
  return {
    studio,
    api: new IconikClient(studio),
    signIn,
    me: await signIn({ kind: 'token', appId, token }),
    limited: await signIn({ kind: 'token', appId, token: limitedToken }),
  }
}

async function signInAt(
  { iconik }: Pick<StudioProcess, 'iconik'>,
  signIn: IconikInput['signIn'],
  parts: ConnectorParts,
): Promise<Connector> {
  const input: IconikInput = { provider: 'iconik', name: 'Studio', address: iconik.address, signIn }
  const record = await iconikProvider.record(input, parts, none())
  const connector = iconikProvider.connector(record, parts)
  await connector.account(none())
  return connector
}

/** The place found by names from the root down; of an account, below its one domain. */
export async function placeAt(connector: Connector, ...names: string[]): Promise<RemotePlace> {
  const [root] = await allPlaces(connector, null)
  if (root === undefined) throw new Error('there is no root')
  return placeDown(connector, names, root)
}

/** The power that a test is about. */
export function powerOf<P extends keyof Connector['can']>(
  { can }: Connector,
  name: P,
): NonNullable<Connector['can'][P]> {
  const power = can[name]
  if (power === undefined) throw new Error(`${name} is not among ${Object.keys(can).join(', ')}`)
  return power
}

export interface MadeAsset {
  readonly id: string
  readonly versionId: string
  readonly version: VersionRef
}

/** Makes an asset without media in a collection. */
export async function addAsset(
  { api }: Pick<IconikStation, 'api'>,
  place: RemotePlace,
  title: string,
): Promise<MadeAsset> {
  const body = { title, type: 'ASSET', collection_id: place.remoteId }
  const answer = await api.ask('POST', 'assets/v1/assets/?assign_to_collection=true', body)
  if (answer.status !== 201) throw new Error(`no asset was made: ${JSON.stringify(answer.body)}`)
  const { id, versions } = answer.body as { id: string; versions: { id: string }[] }
  const versionId = versions[0]?.id ?? ''
  return { id, versionId, version: { remoteId: versionId, assetRemoteId: id, place: place.remote } }
}

/** Waits for something that the service does in its own time. Fails after ten seconds. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  const last = Date.now() + 10_000
  while (!(await isSo())) {
    if (Date.now() > last) throw new Error('it did not come to be so within ten seconds')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
