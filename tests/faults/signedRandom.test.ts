import { afterEach, expect, test } from 'vitest'
import { seeded } from '../fakes/seeded.ts'
import { expectSoundDatabase } from './invariants.ts'
import { expectAllThere, SignedBench } from './signedBench.ts'

const isSoak = process.env['RUSHES_SOAK'] !== undefined
const random = seeded(110)
let bench: SignedBench
afterEach(() => bench.dispose())

test('answers lost at random, a third of all: every record once', { timeout: 120_000 }, async () => {
  const files = { 'clip.mov': random.bytes(50 * 1024 + 3), 'note.txt': random.bytes(700) }
  let requests = 0
  for (let round = 0; round < (isSoak ? 400 : 5); round += 1) {
    bench = new SignedBench({ salt: 120 + round }, { lagMs: 2_500 })
    await bench.start()
    const { script } = bench.iconik
    for (let count = 0; count < 130; count += 1)
      script.plan({ operation: '*', kind: 'lost', skip: random.below(5) })
    for (const [name, content] of Object.entries(files)) bench.write(`day/${name}`, content)
    await bench.drop(`${bench.folder}/card/day`)
    await bench.until(async () => {
      if (script.log.length > 300) script.heal()
      return (await bench.transfers()).every(({ state }) => state === 'done')
    })
    requests += script.log.length
    await expectAllThere(bench, files)
    expect(bench.iconik.collections).toHaveLength(2)
    expectSoundDatabase(bench)
    bench.dispose()
  }
  process.stdout.write(`requests while answers were lost: ${requests}\n`)
})

test('paused, resumed, canceled and killed at random while answers are lost: every file whole, once, or gone', {
  timeout: 120_000,
}, async () => {
  let parts = 0
  let gone = 0
  for (let round = 0; round < (isSoak ? 100 : 2); round += 1) {
    bench = new SignedBench({ salt: 140 + round }, { lagMs: 1_500 })
    await bench.start()
    const { script, storage } = bench.iconik
    const files = Object.fromEntries(
      Array.from({ length: 8 }, (_, index) => [`take-${index}.mov`, random.bytes(random.below(90_000) + 1)]),
    )
    for (const [name, content] of Object.entries(files))
      bench.write(`day/${random.pick(['A', 'B'])}/${name}`, content)
    await bench.drop(`${bench.folder}/card/day`)
    const canceled = new Set<string>()
    for (let step = 0; step < 80; step += 1) {
      for (let turn = random.below(30); turn > 0; turn -= 1)
        await new Promise((resolve) => setImmediate(resolve))
      if (random.below(3) === 0) script.plan({ operation: '*', kind: random.pick(['lost', 'cut', 'dead']) })
      const { id, name } = random.pick(await bench.transfers())
      const refused = (error: unknown) => expect(error).toMatchObject({ code: 'transfer.notStoppable' })
      const dice = random.next()
      if (dice < 0.3) await bench.engine.calls.pause({ which: [id] }).catch(refused)
      else if (dice < 0.8) await bench.engine.calls.resume({ which: [id] })
      else if (dice < 0.88 && canceled.size < 4) {
        await bench.engine.calls.cancel({ which: [id] }).catch(refused)
        if ((await bench.only(name)).state.startsWith('cancel')) canceled.add(name)
      } else if (dice > 0.92) {
        bench.kill()
        await bench.start()
      }
    }
    script.heal()
    await bench.until(async () => {
      await bench.engine.calls.resume({ which: 'all' })
      await bench.engine.calls.retry({ which: 'all' })
      return (await bench.transfers()).every(({ state }) => state === 'done' || state === 'canceled')
    })
    await expectAllThere(
      bench,
      Object.fromEntries(Object.entries(files).filter(([name]) => !canceled.has(name))),
    )
    expect(bench.iconik.collections.length).toBeLessThanOrEqual(4)
    parts += storage.stores.length
    gone += canceled.size
    expectSoundDatabase(bench)
    bench.dispose()
  }
  process.stdout.write(`parts sent ${parts}, canceled ${gone}\n`)
})
