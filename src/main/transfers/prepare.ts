import type { TransferEvent } from '../../shared/transfer.ts'
import type { TransferChange } from '../store/transferChange.ts'
import type { TransferRow } from '../store/transferRow.ts'
import type { Note } from '../store/transferStore.ts'
import { removeRemains } from './cancel.ts'
import { tellResumed } from './news.ts'
import { objectKeyFor } from './objectKey.ts'
import { choosePartSize, partCountOf, preferredPartSize, s3Limits } from './partPlan.ts'
import { checkKindFor } from './probe.ts'
import { Halt } from './retry.ts'
import { goesWhole, planned, type Run, sourceOf, write } from './run.ts'
import { checkSource, quietMs } from './source.ts'
import { compareFacts, quietFor, SourceFailure } from './sourceFile.ts'
import { takeSteps } from './steps.ts'

/** Leads a transfer to where the stored facts say its work stands; makes the plan if there is none yet. May run any number of times. */
export async function prepare(run: Run, row: TransferRow): Promise<TransferRow> {
  const { store } = run.tools
  if (row.objectState === 'verified')
    return await write(run, () => store.apply(run.id, { kind: 'advance', to: 'registering' }))
  if (row.objectState === 'stored')
    return await write(run, () => store.apply(run.id, { kind: 'advance', to: 'verifying' }))
  if (row.objectState === 'completing' && row.uploadId !== null)
    return await write(run, () => store.apply(run.id, { kind: 'advance', to: 'completing' }))
  const isElsewhere = row.bucket !== null && row.bucket !== run.lane.store.bucket
  const made = row.partSize === null || isElsewhere ? await plan(run, row) : undefined
  if (made === undefined) await checkSource(run, row)
  const ready = { ...row, ...made?.change }
  planned(ready)
  const { before } = run.lane.target
  // Steps before the upload are told the plan; without any, it is written together with the step forward.
  if (before.length === 0) return await write(run, () => goOn(run, ready, made))
  if (made !== undefined)
    await write(run, () => {
      made.writeAside()
      store.change(run.id, made.change, made.note)
      // Made for an earlier plan: it may be gone by now.
      store.doubtSteps(run.id)
    })
  await takeSteps(run, ready, before)
  await tellResumed(run, ready)
  return await write(run, () => goOn(run, ready, undefined))
}

/** The step to where the bytes go, and the plan with it where it is not written yet. Part of the caller's write. */
function goOn(run: Run, ready: TransferRow, made: Plan | undefined): TransferRow {
  const { store } = run.tools
  made?.writeAside()
  const notes = made === undefined ? [] : [made.note]
  const start: readonly TransferEvent[] = ready.state === 'queued' ? [{ kind: 'start' }] : []
  if (!goesWhole(run, ready)) {
    const to = ready.uploadId === null ? 'creating' : 'uploading'
    return store.applyAll(run.id, [...start, { kind: 'advance', to }], made?.change ?? {}, notes)
  }
  run.begun.isPutting = ready.objectState !== 'putting'
  const change = { ...made?.change, objectState: 'putting' } as const
  return store.applyAll(run.id, [...start, { kind: 'advance', to: 'uploading' }], change, notes)
}

/** How a file goes, not written yet. */
interface Plan {
  readonly change: Required<
    Pick<
      TransferChange,
      | 'size'
      | 'transport'
      | 'bucket'
      | 'objectKey'
      | 'writeToken'
      | 'partSize'
      | 'partCount'
      | 'checkKind'
      | 'uploadId'
      | 'objectState'
    >
  >
  readonly note: Note
  /** What belongs to it beside the transfer's own row. Part of the caller's write. */
  writeAside(): void
}

/** Looks at the file and decides how it goes. */
async function plan(run: Run, row: TransferRow): Promise<Plan> {
  const { tools, lane } = run
  const source = sourceOf(run, row)
  const facts = await tools.files.stat(source.path)
  // As it was when it was dropped it is taken as complete; once it changed, only when it has been quiet for a while.
  if (compareFacts(source, facts) === 'changed' && quietFor(facts, tools.clock.now()) < quietMs)
    throw new SourceFailure('changed')
  const { transport } = lane.target
  if (facts.size > (transport === 's3' ? s3Limits.maxObject : transport.maxBytes))
    throw new Halt({
      outcome: 'fail',
      code: 'storage.tooLarge',
      facts: { name: row.name, bytes: facts.size },
    })
  await removeRemains(run, row)
  const abilities = await lane.abilities(run.signal)
  const isSmall = facts.size <= tools.sizes.smallFile && lane.store.onlyParts !== true
  const partSize = isSmall
    ? Math.max(1, tools.sizes.smallFile)
    : (tools.sizes.partSize ?? choosePartSize(facts.size, preferredPartSize(lane.flow.goodput)))
  let edge: Uint8Array | null = null
  if (!isSmall) {
    const file = await tools.files.open(source.path)
    try {
      edge = await file.edge(facts.size)
    } finally {
      await file.close()
    }
  }
  const partCount = partCountOf(facts.size, partSize)
  return {
    change: {
      size: facts.size,
      transport: transport === 's3' ? transport : transport.kind,
      bucket: lane.store.bucket,
      objectKey: row.objectKey ?? objectKeyFor(lane.prefix, tools.installationId, run.id, row.name),
      writeToken: row.objectKey === null ? row.writeToken : tools.newToken(),
      partSize,
      partCount,
      checkKind: checkKindFor(abilities),
      uploadId: null,
      objectState: 'none',
    },
    note: { kind: 'planned', facts: { parts: partCount, partSize } },
    writeAside() {
      tools.store.setSource(row.sourceId, { ...facts, edge })
      if (row.partsDone > 0) tools.store.dropParts(run.id, 'all')
      tools.trusted.add(run.id)
    },
  }
}
