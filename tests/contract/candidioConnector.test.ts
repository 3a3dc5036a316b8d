import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll } from 'vitest'
import { createCandidioConnector } from '../../src/main/connectors/candidio/connector.ts'
import type { Connector } from '../../src/main/connectors/connector.ts'
import { systemClock } from '../../src/main/transfers/clock.ts'
import type { StudioProcess } from '../fakes/studioProcess.ts'
import { startStudio } from '../fakes/studioProcess.ts'
import { connectorContract } from './connectorContract.ts'

const samplesFolder = fileURLToPath(new URL('../../resources/samples', import.meta.url))
let studio: StudioProcess
let connector: Connector
let strangers: Connector

beforeAll(async () => {
  studio = await startStudio({ samplesFolder })
  const parts = { fetch: globalThis.fetch, clock: systemClock }
  connector = createCandidioConnector({ access: { address: studio.address, token: studio.token }, ...parts })
  strangers = createCandidioConnector({
    access: { address: studio.address, token: 'x'.repeat(40) },
    ...parts,
  })
  await studio.seed('Many assets', 1201)
})
afterAll(() => studio.dispose())

connectorContract('Candidio', () => ({
  connector,
  strangers,
  filled: { path: ['Northlight Films', 'Autumn Campaign'], assets: 3 },
  empty: { path: ['Northlight Films', 'Winter catalogue'] },
  powers: ['proxies'],
  unplug: () => studio.stop(),
}))
