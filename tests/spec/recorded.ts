import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { calls } from '../../src/main/connectors/iconik/calls/index.ts'
import { corrections } from './corrections.ts'
import { readVendor } from './operations.ts'
import { type Claim, createProofs } from './proofs.ts'
import { createStrictCheck, type Finding } from './strictCheck.ts'

const exchangeSchema = z.object({
  method: z.string(),
  path: z.string(),
  query: z.record(z.string(), z.string()),
  headers: z.record(z.string(), z.string()),
  request: z.unknown().optional(),
  status: z.number(),
  responseType: z.string(),
  response: z.unknown().optional(),
})

export interface CallCounts {
  full: number
  noSchema: number
  newer: number
  failed: number
}

export interface RecordingReport {
  /** By the call's name in the table. */
  readonly calls: ReadonlyMap<string, CallCounts>
  readonly total: CallCounts
  /** How often fields were used that only the list of actions knows. */
  readonly seedOnly: ReadonlyMap<string, number>
  readonly corrections: readonly string[]
  /**
   * Writes whose answer has no schema: how many, and, with the line of the recording, those of which no later read of
   * the same recording shows what they did.
   */
  readonly blind: { readonly all: number; readonly unproven: readonly string[] }
  /** Each different one once, with the first line of the recording that has it. */
  readonly problems: readonly string[]
}

/** Holds every exchange of recordings, one JSON line each, against the vendor's files in a folder. */
export async function checkRecordings(specs: string, files: readonly string[]): Promise<RecordingReport> {
  const strict = createStrictCheck(readVendor(specs), calls)
  const perCall = new Map<string, CallCounts>()
  const total = none()
  const seedOnly = new Map<string, number>()
  const problems = new Map<string, string>()
  const blind = { all: 0, unproven: [] as string[] }
  for (const file of files) {
    let line = 0
    let open: Open[] = []
    const proofs = createProofs()
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      line += 1
      if (text === '') continue
      const exchange = exchangeSchema.safeParse(readJson(text))
      if (!exchange.success) {
        total.failed += 1
        problems.set(`${file} ${line}`, `${file}, line ${line} is no exchange`)
        continue
      }
      const finding = strict.check(exchange.data)
      proofs.learn(exchange.data)
      open = open.filter(({ claim }) => claim?.isShownBy(exchange.data) !== true)
      if (finding.kind === 'noSchema' && isDone(exchange.data)) {
        blind.all += 1
        const where = `${finding.call} (${file}, line ${line})`
        for (const claim of proofs.claims(finding.call, exchange.data) ?? [undefined])
          open.push({ where, claim })
      }
      count(total, finding)
      const counts = perCall.get(finding.call) ?? none()
      perCall.set(finding.call, counts)
      count(counts, finding)
      for (const name of finding.seedOnly) seedOnly.set(name, (seedOnly.get(name) ?? 0) + 1)
      for (const problem of finding.problems) {
        const said = `${finding.call}: ${problem}`
        if (!problems.has(said)) problems.set(said, `${said} (${file}, line ${line})`)
      }
    }
    blind.unproven.push(...new Set(open.map(({ where }) => where)))
  }
  return {
    ...{ calls: perCall, total, seedOnly, blind },
    corrections: Object.keys(corrections),
    problems: [...problems.values()],
  }
}

type Read = z.infer<typeof exchangeSchema>
/** What a write claims to have done, as long as nothing has shown it; no claim: nothing is known that would. */
interface Open {
  readonly where: string
  readonly claim: Claim | undefined
}

const isDone = ({ method, status }: Read) => method !== 'GET' && status < 300
function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A recorder that was killed leaves half a line, which the schema then refuses.
    return undefined
  }
}

const none = (): CallCounts => ({ full: 0, noSchema: 0, newer: 0, failed: 0 })

function count(counts: CallCounts, { kind, problems }: Finding): void {
  counts[problems.length > 0 ? 'failed' : kind] += 1
}
