/** A service that lies, against the whole connector: a value as promised or a clear refusal, never a crash. */
import { expect, test } from 'vitest'
import { createIconikConnector } from '../../src/main/connectors/iconik/connector.ts'
import { type Seeded, seeded } from '../fakes/seeded.ts'
import { actsOf } from '../spec/connectorActs.ts'
import { createLiar } from '../spec/liar.ts'
import { readVendor, specsFolder } from '../spec/operations.ts'
import { hurriedClock, isFine, malformedMs, outcomeOf, sayOutcomes } from '../spec/outcome.ts'
import { uuidOf } from '../spec/sample.ts'
import { createSchemas } from '../spec/schemas.ts'

const folder = specsFolder('iconik')
const malformed = process.env['RUSHES_SOAK'] ? 100_000 : 10_000

test.skipIf(folder === undefined)(
  `${malformed} malformed answers`,
  async () => {
    const vendor = readVendor(folder ?? '')
    const schemas = createSchemas(vendor)
    const random = seeded(37)
    const outcomes = new Map<string, number>()
    const bad: string[] = []
    let lies = 0
    for (let round = 0; lies < malformed; round += 1) {
      // Now and then most answers are wrong; mostly one of them is, somewhere in the middle of what was begun.
      const liar = createLiar(vendor, schemas, random, round % 4 === 0 ? 60 : 12, 5000)
      const connector = createIconikConnector({
        address: 'http://127.0.0.1:1',
        secrets: {
          appId: 'app',
          token: 'token',
          life: null,
          share: round % 5 === 0 ? guestOf(random) : null,
        },
        fetch: liar.fetch,
        clock: hurriedClock(),
      })
      for (let left = 6; left > 0; left -= 1) {
        const [name, asked, promised] = random.pick(actsOf(connector, random))
        const outcome = await outcomeOf(asked, promised)
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        if (!isFine(outcome)) bad.push(`${name}: ${outcome}`)
      }
      lies += liar.lies
    }
    sayOutcomes(`connector, ${lies} of them`, outcomes)
    expect([...new Set(bad)].slice(0, 5)).toEqual([])
    expect(Object.prototype).not.toHaveProperty('polluted')
    expect(outcomes.get('value')).toBeGreaterThan(malformed / 10)
  },
  malformedMs,
)

function guestOf(random: Seeded) {
  return {
    ...{ hash: 'h4sh', id: uuidOf(random), objectType: random.pick(['assets', 'collections']) },
    ...{ objectId: uuidOf(random), roles: ['can_read_assets', 'can_read_segments', 'can_create_segments'] },
    ...{ email: 'guest@example.org', guestEmail: null },
  }
}
