import type { TransferRow } from '../store/transferRow.ts'
import { removeRemains } from './cancel.ts'
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
  let writePlan = () => undefined as unknown
  if (row.partSize === null || isElsewhere) {
    const make = await plan(run, row)
    // Steps before the upload are told the plan; without any, it is written together with the step forward.
    if (run.lane.target.before.length > 0) await write(run, make)
    else writePlan = make
  } else {
    await checkSource(run, row)
  }
  if (run.lane.target.before.length > 0)
    await takeSteps(run, store.transfer(run.id) ?? row, run.lane.target.before)
  return await write(run, () => {
    writePlan()
    const ready = store.transfer(run.id)
    if (ready === undefined) throw new Error('a running transfer has no row')
    planned(ready)
    if (!goesWhole(run, ready)) {
      const to = ready.uploadId === null ? 'creating' : 'uploading'
      return store.apply(run.id, { kind: 'advance', to })
    }
    run.begun.isPutting = ready.objectState !== 'putting'
    return store.apply(run.id, { kind: 'advance', to: 'uploading' }, { objectState: 'putting' })
  })
}

/** Looks at the file and decides how it goes; what comes back writes the decision. */
async function plan(run: Run, row: TransferRow): Promise<() => void> {
  const { tools, lane } = run
  const source = sourceOf(run, row)
  const facts = await tools.files.stat(source.path)
  // As it was when it was dropped it is taken as complete; once it changed, only when it has been quiet for a while.
  if (compareFacts(source, facts) === 'changed' && quietFor(facts, tools.clock.now()) < quietMs)
    throw new SourceFailure('changed')
  if (facts.size > s3Limits.maxObject)
    throw new Halt({
      outcome: 'fail',
      code: 'storage.tooLarge',
      facts: { name: row.name, bytes: facts.size },
    })
  await removeRemains(run, row)
  const abilities = await lane.abilities(run.signal)
  const isSmall = facts.size <= tools.sizes.smallFile
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
  return () => {
    tools.store.setSource(row.sourceId, { ...facts, edge })
    tools.store.dropParts(run.id, 'all')
    tools.store.change(
      run.id,
      {
        size: facts.size,
        bucket: lane.store.bucket,
        objectKey: row.objectKey ?? objectKeyFor(lane.prefix, tools.installationId, run.id, row.name),
        writeToken: row.objectKey === null ? row.writeToken : tools.newToken(),
        partSize,
        partCount,
        checkKind: checkKindFor(abilities),
        uploadId: null,
        objectState: 'none',
      },
      { kind: 'planned', facts: { parts: partCount, partSize } },
    )
    tools.trusted.add(run.id)
  }
}
