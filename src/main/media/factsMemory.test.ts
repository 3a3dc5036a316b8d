import { expect, test } from 'vitest'
import type { MediaFacts } from '../store/assetStore.ts'
import { createFactsMemory } from './factsMemory.ts'

function facts(runs: number): MediaFacts {
  const isVariableRate = runs > 0
  return {
    info: {
      ...{ kind: 'video', container: 'MPEG-4', videoCodec: 'AVC', audioCodec: null, width: 64, height: 36 },
      ...{ rate: null, isVariableRate, frames: null, startFrame: 0, isDropFrame: false },
    },
    times: runs === 0 ? null : { ticksPerSecond: 1000, startTicks: 0, runs: new Array(runs).fill(1) },
  }
}

test('holds so many numbers: a long table drives out the oldest, small ones stay by the hundred', () => {
  const memory = createFactsMemory(100_000)
  for (let at = 0; at < 400; at += 1) memory.remember(`small ${at}`, facts(0))
  expect(memory.recall('small 0')).toBeDefined()
  memory.remember('long', facts(60_000))
  expect(memory.recall('small 0')).toBeUndefined()
  expect(memory.recall('small 399')).toBeDefined()
  memory.remember('longer', facts(80_000))
  expect(memory.recall('long')).toBeUndefined()
  expect(memory.recall('small 399')).toBeUndefined()
  expect(memory.recall('longer')).toBeDefined()
})

test('the same again counts once, and becomes the newest', () => {
  const memory = createFactsMemory(10_000)
  memory.remember('other', facts(3000))
  for (let time = 0; time < 50; time += 1) memory.remember('same', facts(3000))
  expect(memory.recall('other')).toBeDefined()
  memory.remember('other', facts(3000))
  memory.remember('third', facts(3000))
  memory.remember('fourth', facts(3000))
  expect(memory.recall('same')).toBeUndefined()
  expect(memory.recall('other')).toBeDefined()
})
